import { z } from 'zod';
import { runKindSchema, runOutcomeSchema } from './app-state.ts';

const finishedRunSchema = z.object({
  number: z.int(),
  kind: runKindSchema,
  outcome: runOutcomeSchema,
  startedAt: z.number(),
  finishedAt: z.number(),
  /** People and rows, on both sides together. */
  created: z.int(),
  updated: z.int(),
  /** People and fields that did not sync when the run ended. */
  held: z.int(),
});
export type FinishedRun = z.infer<typeof finishedRunSchema>;

/** What the start screen tells beside the state. */
export const overviewSchema = z.object({
  /** People who are kept in step. */
  linked: z.int(),
  /** The last ones, oldest first. */
  runs: z.array(finishedRunSchema),
});
export type Overview = z.infer<typeof overviewSchema>;
