import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { ColumnValue } from '../connections/dynamics/types.ts';
import type { Database } from './database.ts';
import type { ObservedRecord } from './observed.ts';
import { canonicalJson } from './people.ts';
import { type PlanState, planState, planStateRow, planStateSchema } from './plan-state.ts';
import { replanRowsUnder } from './replan.ts';

/** What a record is beyond what its columns say: how it ranks among rows under one e-mail address. */
export interface RecordKeys {
  readonly emailKey: string | null;
  /** A lead that is not open, a contact that is not active. */
  readonly closed: boolean;
}

export interface RecordPosition {
  readonly entity: Entity;
  readonly id: string;
}

/** Leads and contacts as last seen. */
export interface Records {
  /**
   * Keeps what was read. The row is to be planned again only where it differs from what was known.
   * @returns whether it met the criteria before; null for one that was not known.
   */
  observe(record: ObservedRecord, keys: RecordKeys, sweep: number): boolean | null;
  /** Keeps what was confirmed to have been written. What there was to plan stays to be planned. */
  confirm(record: ObservedRecord, keys: RecordKeys): void;
  markGone(entity: Entity, id: DynamicsId): void;
  byId(entity: Entity, id: DynamicsId): ObservedRecord | null;
  /** Rows that exist and stand for themselves: contact before lead, open before closed, oldest first. At most `limit`. */
  byEmail(key: string, limit: number): readonly ObservedRecord[];
  /** Rows that this one stands for now, also such as were deleted since: the lead that became it, the losers of a merge. */
  predecessors(entity: Entity, id: DynamicsId): readonly ObservedRecord[];
  /** Rows of this state after a position, in order of entity and id. */
  inState(state: PlanState, after: RecordPosition | null, limit: number): readonly ObservedRecord[];
  countInState(state: PlanState): number;
  setState(entity: Entity, id: DynamicsId, state: PlanState): void;
  /** Null where there is no such row. */
  stateOf(entity: Entity, id: DynamicsId): PlanState | null;
  /** To be planned again: rows without a person that answer to this address. */
  replanEmail(key: string): void;
  moveState(from: PlanState, to: PlanState): void;
  /** To be planned again, whatever is known of them. */
  replanSettled(): void;
  /** Marks as gone what a complete sweep did not meet; who shared an address with it is planned again. @returns how many rows. */
  vanishUnseen(entity: Entity, sweep: number): number;
  count(entity: Entity): number;
  /** Every row of an entity, page by page. */
  page(entity: Entity, after: string, limit: number): readonly ObservedRecord[];
  setCriteria(entity: Entity, id: DynamicsId, meets: boolean): void;
}

const row = z.object({
  entity: z.enum(entities),
  id: z.string(),
  etag: z.string().nullable(),
  columns: z.string(),
  modified_at: z.number().nullable(),
  created_at: z.number().nullable(),
  meets_criteria: z.number(),
  succeeded_by: z.string().nullable(),
  gone: z.number(),
});
export const columnValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]) satisfies z.ZodType<ColumnValue>;
const columnValues = z.record(z.string(), columnValueSchema);

function toRecord(found: unknown): ObservedRecord {
  const record = row.parse(found);
  return {
    entity: record.entity,
    id: dynamicsId(record.id),
    etag: record.etag,
    columns: columnValues.parse(JSON.parse(record.columns)),
    modifiedAt: record.modified_at,
    createdAt: record.created_at,
    succeededBy: record.succeeded_by === null ? null : parseSuccessor(record.succeeded_by),
    meetsCriteria: record.meets_criteria === 1,
    gone: record.gone === 1,
  };
}

const formatSuccessor = (successor: ObservedRecord['succeededBy']) => (successor === null ? null : `${successor.entity}:${successor.id}`);
function parseSuccessor(text: string): NonNullable<ObservedRecord['succeededBy']> {
  const [entity, id = ''] = text.split(':');
  return { entity: z.enum(entities).parse(entity), id: dynamicsId(id) };
}

const columns = 'entity, id, etag, columns, modified_at, created_at, meets_criteria, succeeded_by, gone';

export function openRecords(db: Database): Records {
  const insert = db.prepare(`
    INSERT INTO record (entity, id, email_key, etag, columns, modified_at, created_at, closed, meets_criteria, succeeded_by, gone, sweep, plan_state)
    VALUES (:entity, :id, :emailKey, :etag, :columns, :modifiedAt, :createdAt, :closed, :meetsCriteria, :succeededBy, :gone, :sweep, :planState)
    ON CONFLICT (entity, id) DO UPDATE SET email_key = excluded.email_key, etag = excluded.etag, columns = excluded.columns,
      modified_at = excluded.modified_at, created_at = excluded.created_at, closed = excluded.closed, meets_criteria = excluded.meets_criteria,
      succeeded_by = excluded.succeeded_by, gone = excluded.gone, sweep = max(sweep, excluded.sweep), plan_state = excluded.plan_state`);
  const known = db.prepare(
    'SELECT plan_state, email_key, columns, meets_criteria, succeeded_by, gone FROM record WHERE entity = ? AND id = ?',
  );
  const knownRow = row
    .pick({ columns: true, meets_criteria: true, succeeded_by: true, gone: true })
    .extend({ plan_state: planStateSchema, email_key: z.string().nullable() });
  const selectById = db.prepare(`SELECT ${columns} FROM record WHERE entity = ? AND id = ?`);
  const selectByEmail = db.prepare(
    `SELECT ${columns} FROM record WHERE email_key = ? AND gone = 0 AND succeeded_by IS NULL ORDER BY entity, closed, created_at, id LIMIT ?`,
  );
  const selectPredecessors = db.prepare(`SELECT ${columns} FROM record WHERE succeeded_by = ? ORDER BY entity, id`);
  const selectInState = db.prepare(
    `SELECT ${columns} FROM record WHERE plan_state = ? AND plan_state <> 0 AND (entity, id) > (?, ?) ORDER BY entity, id LIMIT ?`,
  );
  const countState = db.prepare('SELECT count(*) AS count FROM record WHERE plan_state = ? AND plan_state <> 0');
  const selectState = db.prepare('SELECT plan_state FROM record WHERE entity = ? AND id = ?');
  const updateState = db.prepare('UPDATE record SET plan_state = ? WHERE entity = ? AND id = ?');
  const updateStates = db.prepare('UPDATE record SET plan_state = ? WHERE plan_state = ? AND plan_state <> 0');
  const updateSettled = db.prepare(`UPDATE record SET plan_state = ${planState.changed} WHERE plan_state = ${planState.settled}`);
  const replan = db.prepare(replanRowsUnder('= ?'));
  const replanOfRow = db.prepare(replanRowsUnder('= (SELECT email_key FROM record WHERE entity = ? AND id = ?)'));
  const replanPerson = db.prepare(`
    UPDATE person SET plan_state = ${planState.changed}
    WHERE email_key = ? AND plan_state IN (${planState.settled}, ${planState.inPlan}, ${planState.waitsForGlobalSync}, ${planState.refused})
      AND NOT EXISTS (SELECT 1 FROM link WHERE link.person_id = person.id AND link.state <> 'ended')`);
  const replanUnseen = db.prepare(replanRowsUnder('IN (SELECT email_key FROM record WHERE entity = ? AND sweep < ? AND gone = 0)'));
  const gone = db.prepare(`UPDATE record SET gone = 1, plan_state = ${planState.changed} WHERE entity = ? AND id = ? AND gone = 0`);
  const vanish = db.prepare(`UPDATE record SET gone = 1, plan_state = ${planState.changed} WHERE entity = ? AND sweep < ? AND gone = 0`);
  const countAll = db.prepare('SELECT count(*) AS count FROM record WHERE entity = ? AND gone = 0');
  const selectPage = db.prepare(`SELECT ${columns} FROM record WHERE entity = ? AND id > ? ORDER BY id LIMIT ?`);
  const updateCriteria = db.prepare(
    `UPDATE record SET meets_criteria = :meets, plan_state = ${planState.changed}
     WHERE entity = :entity AND id = :id AND meets_criteria <> :meets`,
  );

  const write = (record: ObservedRecord, keys: RecordKeys, sweep: number, state: PlanState) => {
    insert.run({
      entity: record.entity,
      id: record.id,
      emailKey: keys.emailKey,
      etag: record.etag,
      columns: canonicalJson(record.columns),
      modifiedAt: record.modifiedAt,
      createdAt: record.createdAt,
      closed: keys.closed ? 1 : 0,
      meetsCriteria: record.meetsCriteria ? 1 : 0,
      succeededBy: formatSuccessor(record.succeededBy),
      gone: record.gone ? 1 : 0,
      sweep,
      planState: state,
    });
  };

  return {
    observe: (record, keys, sweep) => {
      const found = known.get(record.entity, record.id);
      if (found === undefined) {
        write(record, keys, sweep, planState.changed);
        if (keys.emailKey !== null) replan.run(keys.emailKey);
        return null;
      }
      const before = knownRow.parse(found);
      const same =
        before.columns === canonicalJson(record.columns) &&
        before.meets_criteria === (record.meetsCriteria ? 1 : 0) &&
        before.succeeded_by === formatSuccessor(record.succeededBy) &&
        before.gone === (record.gone ? 1 : 0);
      write(record, keys, sweep, same ? before.plan_state : planState.changed);
      const metBefore = before.meets_criteria === 1;
      if (same) return metBefore;
      // Who shared the address before, or does so now, may be the one to sync.
      if (before.email_key !== null) replan.run(before.email_key);
      if (keys.emailKey === before.email_key) return metBefore;
      if (keys.emailKey !== null) replan.run(keys.emailKey);
      // Who has waited for the row to be the only one, or to be joined with, has it no more.
      if (before.email_key !== null) replanPerson.run(before.email_key);
      return metBefore;
    },
    confirm: (record, keys) => {
      const found = known.get(record.entity, record.id);
      if (found === undefined) return write(record, keys, 0, planState.settled);
      const before = knownRow.parse(found);
      write(record, keys, 0, before.plan_state);
      // The address that the row had is free for another one now.
      if (before.email_key !== null && before.email_key !== keys.emailKey) replan.run(before.email_key);
    },
    markGone: (entity, id) => {
      gone.run(entity, id);
      const found = known.get(entity, id);
      const email = found === undefined ? null : knownRow.parse(found).email_key;
      if (email !== null) replan.run(email);
    },
    byId: (entity, id) => {
      const found = selectById.get(entity, id);
      return found === undefined ? null : toRecord(found);
    },
    byEmail: (key, limit) => selectByEmail.all(key, limit).map(toRecord),
    predecessors: (entity, id) => selectPredecessors.all(formatSuccessor({ entity, id })).map(toRecord),
    inState: (state, after, limit) => selectInState.all(state, after?.entity ?? '', after?.id ?? '', limit).map(toRecord),
    countInState: (state) => z.object({ count: z.number() }).parse(countState.get(state)).count,
    stateOf: (entity, id) => {
      const found = selectState.get(entity, id);
      return found === undefined ? null : planStateRow.parse(found).plan_state;
    },
    setState: (entity, id, state) => void updateState.run(state, entity, id),
    replanEmail: (key) => void replan.run(key),
    moveState: (from, to) => void updateStates.run(to, from),
    replanSettled: () => void updateSettled.run(),
    vanishUnseen: (entity, sweep) => {
      replanUnseen.run(entity, sweep);
      return Number(vanish.run(entity, sweep).changes);
    },
    count: (entity) => z.object({ count: z.number() }).parse(countAll.get(entity)).count,
    page: (entity, after, limit) => selectPage.all(entity, after, limit).map(toRecord),
    setCriteria: (entity, id, meets) => {
      if (updateCriteria.run({ entity, id, meets: meets ? 1 : 0 }).changes > 0) replanOfRow.run(entity, id);
    },
  };
}
