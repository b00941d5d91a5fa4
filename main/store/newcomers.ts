import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import type { DynamicsId } from '../../shared/ids.ts';
import type { NewcomerState } from '../../shared/newcomer.ts';
import { newcomerStates } from '../../shared/newcomer.ts';
import type { Database } from './database.ts';
import { type PlanState, planState } from './plan-state.ts';

export interface Newcomer {
  readonly state: NewcomerState;
  /** Since when, in ms since the epoch. */
  readonly since: number;
}

/** Rows without a link that a change of the settings lets in: those that wait for an answer, and those that were left out. */
export interface Newcomers {
  of(entity: Entity, id: DynamicsId): Newcomer | null;
  /** Lets the row wait for an answer, where it could enter and has none. */
  add(entity: Entity, id: DynamicsId, now: number): void;
  /** Lets every row wait that meets the criteria and could enter. */
  addAllMeeting(entity: Entity, now: number): void;
  /** The row no longer meets the criteria. */
  remove(entity: Entity, id: DynamicsId): void;
  removeAll(entity: Entity): void;
  /** How many wait that would come in: rows with an e-mail address that stand for themselves. */
  countWaiting(): Readonly<Record<Entity, number>>;
  /** Leaves those out that are counted as waiting; a row without an address is asked about once it has one. */
  leaveOut(entity: Entity, now: number): void;
  /** Lets those in that wait. @param plannedAs the state in which they are to be planned. */
  bringIn(entity: Entity, plannedAs: PlanState): void;
  /** Lets one row in at the next run, whether it waits or was left out. */
  bringInOne(entity: Entity, id: DynamicsId): void;
}

const row = z.object({ state: z.enum(newcomerStates), since: z.number() });
const counted = z.object({ entity: z.enum(entities), count: z.number() });

/** Whose sync has ended does not come back by meeting criteria; a row that was deleted may have been brought back. */
const mayEnter = `NOT EXISTS (
  SELECT 1 FROM link WHERE link.entity = record.entity AND link.dynamics_id = record.id
    AND (link.state <> 'ended' OR link.ended_because <> 'record-gone'))`;

/** Of those that wait, the ones that would come in. */
const wouldComeIn = `record.gone = 0 AND record.succeeded_by IS NULL AND record.email_key IS NOT NULL AND ${mayEnter}`;

export function openNewcomers(db: Database): Newcomers {
  const select = db.prepare('SELECT state, since FROM newcomer WHERE entity = ? AND id = ?');
  const insert = (which: string) =>
    db.prepare(`
      INSERT INTO newcomer (entity, id, state, since) SELECT entity, id, 'waiting', :now FROM record
      WHERE entity = :entity AND ${which} AND ${mayEnter} ON CONFLICT DO NOTHING`);
  const insertOne = insert('id = :id');
  const insertMeeting = insert('meets_criteria = 1');
  const deleteOne = db.prepare('DELETE FROM newcomer WHERE entity = ? AND id = ?');
  const deleteAll = db.prepare('DELETE FROM newcomer WHERE entity = ?');
  const deleteWaiting = db.prepare("DELETE FROM newcomer WHERE entity = ? AND state = 'waiting'");
  const count = db.prepare(`
    SELECT entity, count(*) AS count FROM newcomer JOIN record USING (entity, id)
    WHERE newcomer.state = 'waiting' AND ${wouldComeIn}
    GROUP BY entity`);
  const updateWaiting = db.prepare(`
    UPDATE newcomer SET state = 'leftOut', since = ?
    WHERE entity = ? AND state = 'waiting' AND id IN (SELECT id FROM record WHERE record.entity = newcomer.entity AND ${wouldComeIn})`);
  // What is part of the plan that is being made was planned as one who stays out.
  const plan = (which: string) =>
    db.prepare(`
      UPDATE record SET plan_state = :plannedAs
      WHERE entity = :entity AND plan_state IN (${planState.settled}, ${planState.inPlan}) AND ${which}`);
  const planWaiting = plan("id IN (SELECT id FROM newcomer WHERE entity = :entity AND state = 'waiting')");
  const planOne = plan('id = :id');

  return {
    of: (entity, id) => {
      const found = select.get(entity, id);
      return found === undefined ? null : row.parse(found);
    },
    add: (entity, id, now) => void insertOne.run({ entity, id, now }),
    addAllMeeting: (entity, now) => void insertMeeting.run({ entity, now }),
    remove: (entity, id) => void deleteOne.run(entity, id),
    removeAll: (entity) => void deleteAll.run(entity),
    countWaiting: () => {
      const counts = count.all().map((found) => counted.parse(found));
      const of = (entity: Entity) => counts.find((one) => one.entity === entity)?.count ?? 0;
      return { lead: of('lead'), contact: of('contact') };
    },
    leaveOut: (entity, now) => void updateWaiting.run(now, entity),
    bringIn: (entity, plannedAs) => {
      planWaiting.run({ entity, plannedAs });
      deleteWaiting.run(entity);
    },
    bringInOne: (entity, id) => {
      planOne.run({ entity, id, plannedAs: planState.nextRun });
      deleteOne.run(entity, id);
    },
  };
}
