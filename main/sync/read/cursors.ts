import { z } from 'zod';

/** Where the reading of ActiveCampaign's people stands. Times are the service's own. */
const peopleCursorSchema = z.object({
  /** Everything that changed before this moment (ms since the epoch, by the service's `Date` header) has been read. */
  watermark: z.number(),
  /** Of the fields that are kept. */
  fingerprint: z.string(),
  /** When the last complete sweep over everybody started: what changed before has been read as well. */
  sweptAt: z.number(),
  /**
   * How far the service's own counters are off from what was found, by tag and for the unsubscribed. A counter may count people that no
   * query shows; only a new difference asks for a sweep.
   */
  unexplained: z.record(z.string(), z.number()),
});
export type PeopleCursor = z.infer<typeof peopleCursorSchema>;

/** A sweep over everybody that was interrupted goes on where it was. */
export const sweepProgressSchema = z.object({
  sweep: z.number(),
  startedAt: z.number(),
  afterId: z.string(),
  fingerprint: z.string(),
});
export type SweepProgress = z.infer<typeof sweepProgressSchema>;

/** Where the reading of one Dynamics table stands. */
const recordsCursorSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('delta'), fingerprint: z.string(), deltaLink: z.string() }),
  /** No change tracking, or no right to use it: by `modifiedon`, with a comparison of all ids once a day. */
  z.object({ mode: z.literal('modifiedOn'), fingerprint: z.string(), since: z.number(), comparedAt: z.number() }),
]);
export type RecordsCursor = z.infer<typeof recordsCursorSchema>;

export const cursorsSchema = z.object({
  people: peopleCursorSchema.nullable(),
  lead: recordsCursorSchema.nullable(),
  contact: recordsCursorSchema.nullable(),
});
export type Cursors = z.infer<typeof cursorsSchema>;
export const noCursors: Cursors = { people: null, lead: null, contact: null };
