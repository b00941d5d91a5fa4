import { z } from 'zod';
import type { ActiveCampaignClient } from '../../connections/activecampaign/types.ts';
import type { Log } from '../../log/log.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

/** A person may become visible a moment after the stamp. */
const exactOverlapMs = 5 * minuteMs;
/** A bound that counts in whole days, read in any zone of the world, is off by less than this. */
const coarseOverlapMs = 2 * dayMs;
/** Nobody to measure on, or an account whose answers contradict each other. */
const unmeasuredOverlapMs = dayMs;

const key = 'updatedAfter.overlapMs';

/**
 * How far before the watermark `filters[updated_after]` must ask. Its precision, its zone and whether it includes its bound are not
 * documented, so they are measured once for an account, on one person whose stamp is known: a bound a second before it must show the
 * person, a bound a second after it must not.
 * @returns milliseconds. Two requests the first time it can be measured, none afterwards.
 */
export async function updatedAfterOverlapMs(store: SyncStore, client: ActiveCampaignClient, log: Log, run: number): Promise<number> {
  const known = readMeta(store.database, key, z.number());
  if (known !== undefined) return known;
  const [person] = (await client.people({ limit: 1 })).people;
  if (person === undefined || person.updatedAt === null) return unmeasuredOverlapMs;
  const { id, updatedAt } = person;
  const shows = async (boundMs: number): Promise<boolean> => {
    const page = await client.people({ ids: [id], updatedAfter: new Date(boundMs).toISOString(), limit: 1 });
    return page.people.some((found) => found.id === id);
  };
  const exact = (await shows(updatedAt - secondMs)) && !(await shows(updatedAt + secondMs));
  const overlapMs = exact ? exactOverlapMs : coarseOverlapMs;
  writeMeta(store.database, key, overlapMs);
  log.write({
    level: 'info',
    event: 'people.measured',
    run,
    message: exact
      ? 'ActiveCampaign tells changed people apart to the second'
      : 'ActiveCampaign tells changed people apart by the day only: two days are read again in each run',
  });
  return overlapMs;
}
