import { z } from 'zod';

/** Where an observed person or record stands between two plans. */
export const planState = {
  /** There is nothing new. */
  settled: 0,
  /** To be planned. */
  changed: 1,
  waitsForGlobalSync: 2,
  /** Part of the plan that is being made, or that a guard holds. */
  inPlan: 3,
  /** To be planned by the next run, for an answer that somebody has given. */
  nextRun: 4,
  /** A service refused what was to be written: to be planned by the next run, and again, until somebody dismisses it. */
  refused: 5,
} as const;
export type PlanState = (typeof planState)[keyof typeof planState];

/** Whom a run plans once it has read both sides. Who is refused stays so until then: somebody may dismiss it meanwhile. */
export const plannedOnceRead: readonly PlanState[] = [planState.changed, planState.refused];

export const planStateSchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]) satisfies z.ZodType<PlanState>;
export const planStateRow = z.object({ plan_state: planStateSchema });
