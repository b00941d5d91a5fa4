import { z } from 'zod';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';

const timeZoneKey = 'timeZone';

/**
 * The zone in which moments of user-local columns are days. It is that of the first run for good: in another one the same moment may be
 * another day, which would pass for an edit of everybody, though nobody has entered it.
 * @param here IANA name of this machine's zone.
 */
export const timeZoneOf = ({ database }: SyncStore, here: string): string => readMeta(database, timeZoneKey, z.string()) ?? here;

/** As `timeZoneOf`, from a run on. */
export function keepTimeZone(store: SyncStore, here: string): string {
  const timeZone = timeZoneOf(store, here);
  writeMeta(store.database, timeZoneKey, timeZone);
  return timeZone;
}
