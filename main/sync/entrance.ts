import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import type { EntityConfiguration } from '../../shared/settings.ts';
import type { Row } from '../connections/dynamics/types.ts';
import type { Log } from '../log/log.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { ObservedRecord } from '../store/observed.ts';
import { planState } from '../store/plan-state.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { transaction } from '../store/transaction.ts';
import { initialSyncFinishedAt } from './initial-sync.ts';
import { judgedColumns } from './read/observe.ts';

/**
 * Who may enter ActiveCampaign, and what becomes of the rows that are known already when the settings change.
 *
 * After the Initial Sync, a row that begins to meet the criteria because it was edited, or because its view shows it now, enters. One that does
 * so because the settings were changed (wider criteria, an entity that was switched on, a direction that allows it now) waits for an answer.
 */

export type MeetsCriteria = (columns: Row['columns'], id: Row['id']) => boolean;

/** By which settings the rows were judged. */
const gateSchema = z.object({ criteria: z.string(), open: z.boolean() });
type Gate = z.infer<typeof gateSchema>;

/** Where the judging of the rows that are known stands. */
export type Entrance =
  /** All of them were judged by these settings. */
  | { readonly kind: 'judged' }
  /** They are judged while everything is read again. */
  | {
      readonly kind: 'judging';
      readonly gate: Gate;
      /** Null where nothing was judged before. */
      readonly before: Gate | null;
      /** Whoever begins to meet the criteria does so by a change of the settings. */
      readonly bySettings: boolean;
    };

export const judged: Entrance = { kind: 'judged' };

const keyOf = (entity: Entity) => `entrance.${entity}`;

function gateOf({ criteria, enabled, direction }: EntityConfiguration): Gate {
  return {
    criteria: createHash('sha256').update(JSON.stringify(criteria)).digest('hex'),
    open: enabled && direction !== 'toDynamics',
  };
}

export interface OpenEntrance {
  readonly store: SyncStore;
  readonly entity: Entity;
  readonly configuration: EntityConfiguration;
  readonly meets: MeetsCriteria;
  /** The rows that are known hold every column that the criteria ask for. */
  readonly columnsAreKnown: boolean;
  readonly now: number;
}

/**
 * Judges the rows that are known where the criteria changed, and where only Dynamics knows what a view shows. Where they ask for a column
 * that was not read so far, everything is read again, and judged then.
 */
export function openEntrance({ store, entity, configuration, meets, columnsAreKnown, now }: OpenEntrance): Entrance {
  const gate = gateOf(configuration);
  const before = readMeta(store.database, keyOf(entity), gateSchema) ?? null;
  const same = before !== null && before.criteria === gate.criteria && before.open === gate.open;
  const bySettings = before !== null && initialSyncFinishedAt(store) !== null;
  const entrance: Entrance = same ? judged : { kind: 'judging', gate, before, bySettings };
  const { match } = configuration.criteria;
  if (!same && match === 'conditions' && !columnsAreKnown) return entrance;
  if (!same || match === 'view') judgeKnownRows(store, entity, meets, entrance, now);
  finishEntrance(store, entity, entrance, now);
  return judged;
}

const judgedPage = 1000;

function judgeKnownRows(store: SyncStore, entity: Entity, meets: MeetsCriteria, entrance: Entrance, now: number): void {
  for (let after = ''; ; ) {
    const page = store.records.page(entity, after, judgedPage);
    const last = page.at(-1);
    if (last === undefined) return;
    transaction(store.database, () => {
      for (const record of page) {
        const meetsCriteria = meets(judgedColumns(record), record.id);
        store.records.setCriteria(entity, record.id, meetsCriteria);
        keepVerdict(store, entrance, { ...record, meetsCriteria }, record.meetsCriteria, now);
      }
    });
    after = last.id;
  }
}

/** What a verdict on a row that is known means. Runs inside the caller's transaction. @param met whether it did before. */
export function keepVerdict(
  { newcomers }: SyncStore,
  entrance: Entrance,
  { entity, id, meetsCriteria }: Pick<ObservedRecord, 'entity' | 'id' | 'meetsCriteria'>,
  met: boolean,
  now: number,
): void {
  // Whatever is known of it: it may have been seen not to meet them while it was written, where nobody asks.
  if (!meetsCriteria) newcomers.remove(entity, id);
  else if (!met && entrance.kind === 'judging' && entrance.bySettings && entrance.gate.open && entrance.before?.open === true) {
    newcomers.add(entity, id, now);
  }
}

/** Every row has been judged. A gate that opens lets all of them wait that meet the criteria. */
export function finishEntrance(store: SyncStore, entity: Entity, entrance: Entrance, now: number): void {
  if (entrance.kind === 'judged') return;
  const { gate, before, bySettings } = entrance;
  transaction(store.database, () => {
    if (!gate.open) store.newcomers.removeAll(entity);
    else if (bySettings && before?.open === false) store.newcomers.addAllMeeting(entity, now);
    writeMeta(store.database, keyOf(entity), gate);
  });
}

/**
 * Tells how many a change of the settings lets in. Where nobody is there to be asked, the change itself is the answer: they come in with this
 * run.
 */
export function settleNewcomers(store: SyncStore, log: Log, run: number, { asks, before }: NewcomerOptions): void {
  const waiting = store.newcomers.countWaiting();
  for (const entity of entities) {
    const count = waiting[entity];
    if (!asks) transaction(store.database, () => store.newcomers.bringIn(entity, planState.changed));
    if (count === 0 || (asks && count === before[entity])) continue;
    log.write({
      level: 'info',
      event: asks ? 'newcomers.waiting' : 'newcomers.entered',
      run,
      message: `${howMany(count, entity)} the criteria since the settings were changed: ${asks ? 'they wait for an answer' : 'they come in with this run'}`,
      details: { entity, count },
    });
  }
}

interface NewcomerOptions {
  /** Somebody is there to be asked. */
  readonly asks: boolean;
  /** How many have waited before. */
  readonly before: Readonly<Record<Entity, number>>;
}

const howMany = (count: number, entity: Entity): string => (count === 1 ? `One more ${entity} meets` : `${count} more ${entity}s meet`);
