import { z } from 'zod';
import { measureUpdatedAfter } from '../../connections/activecampaign/measure-updated-after.ts';
import type { ActiveCampaignClient } from '../../connections/activecampaign/types.ts';
import type { Log } from '../../log/log.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A person may become visible a moment after the stamp. */
const exactOverlapMs = 5 * minuteMs;
/** A bound that counts in whole days, read in any zone of the world, is off by less than this. */
const coarseOverlapMs = 2 * dayMs;
/** Nobody to measure on, or an account whose answers contradict each other. */
const unmeasuredOverlapMs = dayMs;

const key = 'updatedAfter.overlapMs';

/**
 * How far before the watermark `filters[updated_after]` must ask; measured once for an account.
 * @returns milliseconds. Two requests the first time it can be measured, none afterwards.
 */
export async function updatedAfterOverlapMs(store: SyncStore, client: ActiveCampaignClient, log: Log, run: number): Promise<number> {
  const known = readMeta(store.database, key, z.number());
  if (known !== undefined) return known;
  const precision = await measureUpdatedAfter(client);
  if (precision === 'unmeasured') return unmeasuredOverlapMs;
  const overlapMs = precision === 'exact' ? exactOverlapMs : coarseOverlapMs;
  writeMeta(store.database, key, overlapMs);
  log.write({
    level: 'info',
    event: 'people.measured',
    run,
    message:
      precision === 'exact'
        ? 'ActiveCampaign tells changed people apart to the second'
        : 'ActiveCampaign tells changed people apart by the day only: two days are read again in each run',
  });
  return overlapMs;
}
