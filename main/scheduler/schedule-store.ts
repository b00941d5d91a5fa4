import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/meta.ts';

const scheduleState = z.object({
  /** Due time of the last run that was begun. */
  lastDueAt: z.number(),
  /** Due times up to here are let go, because the Job Frequency was changed after them; null where it was not since that run. */
  letGoUntil: z.number().nullable(),
  /** That run did not come to its end: the program was stopped or killed. */
  unfinished: z.boolean(),
});
export type ScheduleState = z.infer<typeof scheduleState>;

/** What the scheduler remembers between two starts of the program. */
export interface ScheduleStore {
  /** Null in a data directory without an earlier run. */
  read(): ScheduleState | null;
  write(state: ScheduleState): void;
}

export const createScheduleStore = (db: Database): ScheduleStore => ({
  read: () => readMeta(db, 'schedule', scheduleState) ?? null,
  write: (state) => writeMeta(db, 'schedule', state),
});
