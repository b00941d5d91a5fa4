import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { BlockedReason } from '../scheduler/scheduler.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';

const startedKey = 'started';
const startedSchema = z.object({ at: z.number() });

/**
 * Whether runs may begin by themselves in this data directory: somebody has pressed Start in the window, or a run was made already (by the
 * headless mode, which asks nobody). A `config.json` that was written by hand alone is no consent to write to two accounts.
 */
export const hasStarted = ({ database, runs }: SyncStore): boolean =>
  readMeta(database, startedKey, startedSchema) !== undefined || runs.last() !== null;

/** From now on runs begin when they are due; in a data directory without an earlier one that is at once. */
export const start = ({ database }: SyncStore, clock: Clock): void => writeMeta(database, startedKey, { at: clock.now() });

export const notStarted: BlockedReason = { code: 'not-started', message: 'Nothing is synced before you press Start.' };
