import { type Entity, entities } from '../../../shared/entity.ts';
import type { Log } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { readEntries } from '../automations/read-entries.ts';
import { finishEntrance } from '../entrance.ts';
import { committedCursors } from '../plan/commit.ts';
import type { Connections, Prepared } from '../prepare.ts';
import type { Cursors, PeopleCursor, RecordsCursor } from './cursors.ts';
import { updatedAfterOverlapMs } from './measure-updated-after.ts';
import { readLookupNames } from './read-lookup-names.ts';
import { checkEverybody, type ReadPeopleContext, readPeople } from './read-people.ts';
import { readRecords } from './read-records.ts';
import { sideBySide } from './side-by-side.ts';

export interface ReadContext extends Connections {
  readonly store: SyncStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly run: number;
  /** Called after each page; throws when the reading is to end. */
  readonly report: (activity: string, done: number, total: number | null) => Promise<void>;
}

/**
 * Brings both sides up to date in the database, each at its own pace beside the other. What is told of it is ActiveCampaign's part as long as
 * that lasts: it is nearly always the slower one, and the one that knows how many people there are.
 * @returns the cursors that the commit of a plan may keep.
 */
export async function readBothSides(context: ReadContext, prepared: Prepared): Promise<Cursors> {
  const { store, log, clock, run } = context;
  const cursors = committedCursors(store);
  let ofPeople: { readonly done: number; readonly total: number | null } | null = { done: 0, total: null };
  const reportPeople = (done: number, total: number | null) => context.report('Reading people from ActiveCampaign', done, total);

  const people = async (goOn: () => void) => {
    const reading = peopleContext(context, prepared, (done, total) => {
      goOn();
      ofPeople = { done, total };
      return reportPeople(done, total);
    });
    const overlapMs = await updatedAfterOverlapMs(store, context.activeCampaign, log, run);
    const read = await readPeople(reading, cursors.people, overlapMs);
    const { chosen, known } = prepared.automations;
    await readEntries({ ...reading, chosen, automations: known, readBefore: cursors.people?.watermark ?? null });
    ofPeople = null;
    return read;
  };
  const records = async (goOn: () => void) => {
    const read: Record<Entity, RecordsCursor | null> = { lead: null, contact: null };
    for (const entity of entities) {
      read[entity] = await readTable(context, prepared, entity, cursors[entity], (done) => {
        goOn();
        return ofPeople === null
          ? context.report(`Reading ${entity}s from Dynamics`, done, null)
          : reportPeople(ofPeople.done, ofPeople.total);
      });
    }
    return read;
  };
  const [peopleCursor, recordsCursors] = await sideBySide(people, records);
  await readLookupNames(store, context.dynamics, prepared.maps, clock.now());
  return { people: peopleCursor, ...recordsCursors };
}

/** The daily check. @returns the people's new cursor; null where some are left for another time. */
export const checkPeople = (
  context: ReadContext,
  prepared: Prepared,
  cursor: PeopleCursor,
  isTimeUp: () => boolean,
): Promise<PeopleCursor | null> => {
  const activity = 'Checking everybody in ActiveCampaign, once a day';
  return checkEverybody(
    peopleContext(context, prepared, (done, total) => context.report(activity, done, total)),
    cursor,
    isTimeUp,
  );
};

const peopleContext = (
  { activeCampaign, store, log, clock, run }: ReadContext,
  { tagIds, fields }: Prepared,
  progress: ReadPeopleContext['progress'],
): ReadPeopleContext => ({ client: activeCampaign, store, log, run, tagIds, fields, now: clock.now, progress });

async function readTable(
  { dynamics, store, log, clock, run }: ReadContext,
  { tables, columns, meetsCriteria, entrances }: Prepared,
  entity: Entity,
  cursor: RecordsCursor | null,
  progress: (read: number) => Promise<void>,
): Promise<RecordsCursor | null> {
  const table = tables[entity];
  if (table === null) return null;
  const entrance = entrances[entity];
  const read = await readRecords({
    client: dynamics,
    store,
    log,
    run,
    entity,
    columns: columns[entity],
    changeTracking: table.changeTracking,
    meetsCriteria: meetsCriteria[entity],
    entrance,
    cursor,
    now: clock.now,
    progress,
  });
  finishEntrance(store, entity, entrance, clock.now());
  return read;
}
