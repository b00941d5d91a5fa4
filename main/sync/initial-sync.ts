import { z } from 'zod';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';

const initialSyncKey = 'initialSync';
const initialSyncSchema = z.object({ finishedAt: z.number() });

/** When the Initial Sync was finished; null where it is still to come. */
export const initialSyncFinishedAt = (store: SyncStore): number | null =>
  readMeta(store.database, initialSyncKey, initialSyncSchema)?.finishedAt ?? null;

/** The Initial Sync is done once and for all. */
export const finishInitialSync = (store: SyncStore, now: number): void => writeMeta(store.database, initialSyncKey, { finishedAt: now });
