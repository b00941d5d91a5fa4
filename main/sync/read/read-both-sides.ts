import type { Log } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { readEntries } from '../automations/read-entries.ts';
import { committedCursors } from '../plan/commit.ts';
import type { Connections, Prepared } from '../prepare.ts';
import type { Cursors } from './cursors.ts';
import { updatedAfterOverlapMs } from './measure-updated-after.ts';
import { readLookupNames } from './read-lookup-names.ts';
import { readPeople } from './read-people.ts';
import { readRecords } from './read-records.ts';

export interface ReadContext extends Connections {
  readonly store: SyncStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly run: number;
  /** Called after each page; throws when the reading is to end. */
  readonly report: (activity: string, done: number, total: number | null) => Promise<void>;
}

/** Brings both sides up to date in the database. @returns the cursors that the commit of a plan may keep. */
export async function readBothSides(context: ReadContext, prepared: Prepared): Promise<Cursors> {
  const { store, log, clock, run, report } = context;
  const cursors = committedCursors(store);
  const records = async (entity: 'lead' | 'contact') => {
    const table = prepared.tables[entity];
    if (table === null) return null;
    return readRecords({
      client: context.dynamics,
      store,
      log,
      run,
      entity,
      columns: prepared.columns[entity],
      changeTracking: table.changeTracking,
      meetsCriteria: prepared.meetsCriteria[entity],
      cursor: cursors[entity],
      now: clock.now,
      progress: (done) => report(`Reading ${entity}s from Dynamics`, done, null),
    });
  };
  const people = await readPeople({
    client: context.activeCampaign,
    store,
    log,
    run,
    tagIds: prepared.tagIds,
    fields: prepared.fields,
    cursor: cursors.people,
    overlapMs: await updatedAfterOverlapMs(store, context.activeCampaign, log, run),
    now: clock.now,
    progress: (done, total) => report('Reading people from ActiveCampaign', done, total),
  });
  await readEntries({
    client: context.activeCampaign,
    store,
    log,
    run,
    tagIds: prepared.tagIds,
    fields: prepared.fields,
    chosen: prepared.automations.chosen,
    automations: prepared.automations.known,
    readBefore: cursors.people?.watermark ?? null,
    now: clock.now,
  });
  const read = { people, lead: await records('lead'), contact: await records('contact') };
  await readLookupNames(store, context.dynamics, prepared.maps, clock.now());
  return read;
}
