import { z } from 'zod';
import { runKindSchema } from './app-state.ts';
import { planEffectCounts, plannedLineSchema } from './planned.ts';

/** What the next run would do if it began now. */
export const previewSchema = z.object({
  kind: runKindSchema,
  madeAt: z.number(),
  /** The limit that would hold it before anything was written; null where none would. */
  wouldBeHeld: z.string().nullable(),
  effects: planEffectCounts,
  /** People and fields that would not sync. */
  held: z.int(),
  /** People who would join each list, by its name. */
  lists: z.array(z.object({ name: z.string(), people: z.int() })),
  /** People who would be given tags in ActiveCampaign, which may start automations there. */
  tagged: z.int(),
  /** By the pace that both services allow. */
  durationMs: z.number(),
  /** Some of each effect. */
  lines: z.array(plannedLineSchema),
  /** How many more lines there are. */
  further: z.int(),
});
export type Preview = z.infer<typeof previewSchema>;
