import type { LinkEnd } from '../../../shared/link-end.ts';
import type { Settings } from '../../../shared/settings.ts';

/** What a plan would do, counted before its first write. */
export interface PlanConsequences {
  /** Links that are active before the plan. */
  readonly linked: number;
  /** Linked people or rows whose values would change. */
  readonly updates: number;
  /** Values that would be emptied. */
  readonly blanked: number;
  readonly optOuts: number;
  /** Links that would end by what `isVanished` names. */
  readonly vanished: number;
}

export type Guard = 'updates' | 'blanked' | 'optOuts' | 'vanished';

export interface GuardVerdict {
  readonly guard: Guard;
  readonly message: string;
}

/** Ends that befall many at once only by an accident: a bulk deletion, a right that was taken away, a tag that somebody deleted. */
export const isVanished = (because: LinkEnd): boolean =>
  because === 'record-gone' || because === 'person-gone' || because === 'tags-removed';

/**
 * Limits on consequences (contracts, `safety`). Creations are expected and do not count.
 * @returns null where the plan may be carried out, else the first limit that it exceeds.
 */
export function judge(plan: PlanConsequences, limits: Settings['safety']): GuardVerdict | null {
  if (plan.linked < limits.minimumRecords) return null;
  const checks: readonly [Guard, number, number, string][] = [
    ['vanished', plan.vanished, limits.maxVanishedPercent, 'linked records are gone or lost their tags'],
    ['optOuts', plan.optOuts, limits.maxOptOutsPercent, 'people would be opted out'],
    ['blanked', plan.blanked, limits.maxBlankedPercent, 'values would be emptied'],
    ['updates', plan.updates, limits.maxUpdatesPercent, 'linked records would be changed'],
  ];
  for (const [guard, count, percent, what] of checks) {
    if (count * 100 > plan.linked * percent) {
      return { guard, message: `${count} ${what}, which is more than ${percent} % of the ${plan.linked} linked ones` };
    }
  }
  return null;
}
