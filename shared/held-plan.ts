import { z } from 'zod';
import { planEffectCounts, plannedLineSchema } from './planned.ts';

/** The plan that a guard holds, for a person to look at. */
export const heldPlanViewSchema = z.object({
  run: z.int(),
  heldAt: z.number(),
  /** Which limit it exceeds and by how much. */
  message: z.string(),
  /** It was let go: the next run carries it out. */
  released: z.boolean(),
  effects: planEffectCounts,
  /** The first ones; those that the limit is about come before the others. */
  lines: z.array(plannedLineSchema),
  /** How many more lines there are. */
  further: z.int(),
});
export type HeldPlanView = z.infer<typeof heldPlanViewSchema>;
