import { z } from 'zod';
import { changeRules } from './change-rule.ts';
import { entities } from './entity.ts';
import { linkEnds } from './link-end.ts';

/** What a plan would do, each counted in people or rows; `emptied` counts values. */
export const planEffects = [
  'createdInActiveCampaign',
  'createdInDynamics',
  'updatedInActiveCampaign',
  'updatedInDynamics',
  'optedOut',
  'emptied',
  'unlinked',
] as const;
export type PlanEffect = (typeof planEffects)[number];

/** One line of a plan: a value that would be written, a list that is joined, or a link that would end. */
export const plannedLineSchema = z.object({
  email: z.string().nullable(),
  entity: z.enum(entities),
  /** Where it is written; null where a link ends, which writes nothing. */
  service: z.enum(['activeCampaign', 'dynamics']).nullable(),
  effect: z.enum(planEffects),
  /** As people know it: "Job Title". */
  field: z.string(),
  /** Null where there is none. */
  old: z.string().nullable(),
  new: z.string().nullable(),
  because: z.enum([...changeRules, ...linkEnds]),
});
export type PlannedLine = z.infer<typeof plannedLineSchema>;

export const planEffectCounts = z.record(z.enum(planEffects), z.int());
