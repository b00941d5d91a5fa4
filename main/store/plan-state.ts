import { z } from 'zod';

/** Where an observed person or record stands between two plans; see migration 2. */
export const planState = {
  settled: 0,
  changed: 1,
  waitsForGlobalSync: 2,
  inPlan: 3,
  nextRun: 4,
} as const;
export type PlanState = (typeof planState)[keyof typeof planState];

export const planStateSchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
]) satisfies z.ZodType<PlanState>;
export const planStateRow = z.object({ plan_state: planStateSchema });
