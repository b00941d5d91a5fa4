import { z } from 'zod';
import { type Agreed, agreedSchema } from '../../shared/canonical-value.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import { type ActiveCampaignId, activeCampaignId, type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import { linkEnds } from '../../shared/link-end.ts';
import type { Origin } from '../../shared/tags.ts';
import type { Database } from './database.ts';
import type { ConflictAnswer, Link } from './observed.ts';
import { columnValueSchema } from './records.ts';

export interface NewLink {
  readonly entity: Entity;
  readonly dynamicsId: DynamicsId;
  readonly personId: ActiveCampaignId | null;
  readonly origin: Origin;
  /** What is agreed already; default nothing. */
  readonly agreed?: Link['agreed'];
}

/** Who belongs to whom. A person and a row have at most one link that is not ended. */
export interface Links {
  start(link: NewLink, now: number): number;
  byId(id: number): Link | null;
  /** The planned or active link. */
  ofPerson(id: ActiveCampaignId): Link | null;
  ofRecord(entity: Entity, id: DynamicsId): Link | null;
  /** The latest ended link. */
  endedOfPerson(id: ActiveCampaignId): Link | null;
  endedOfRecord(entity: Entity, id: DynamicsId): Link | null;
  /** Adds to what is agreed; what was decided about it is done. */
  settle(id: number, agreed: Readonly<Record<string, Agreed>>): void;
  /** Puts something else in the place of all that is agreed. */
  setAgreed(id: number, agreed: Readonly<Record<string, Agreed>>): void;
  /** Keeps what somebody has said to a conflict. @param field mapping key. */
  decide(id: number, field: string, answer: ConflictAnswer): void;
  setPerson(id: number, person: ActiveCampaignId): void;
  activate(id: number): void;
  move(id: number, entity: Entity, dynamicsId: DynamicsId, agreed: Readonly<Record<string, Agreed>>): void;
  end(id: number, because: NonNullable<Link['endedBecause']>, now: number): void;
  remove(id: number): void;
  countActive(): number;
  countActiveOf(entity: Entity): number;
  /** Active links of an entity, the latest first. */
  latest(entity: Entity, limit: number): readonly Link[];
  /** Planned links that no operation is left for: what they were planned for was refused or dropped. */
  removeAbandoned(): void;
  page(after: number, limit: number): readonly Link[];
}

const row = z.object({
  id: z.number(),
  state: z.enum(['planned', 'active', 'ended']),
  entity: z.enum(entities),
  dynamics_id: z.string(),
  person_id: z.number().nullable(),
  origin: z.enum(['pulled', 'pushed']),
  agreed: z.string(),
  decided: z.string(),
  ended_because: z.enum(linkEnds).nullable(),
});

export const agreedByKey = z.record(z.string(), agreedSchema);

const decidedByKey = z.record(
  z.string(),
  z.object({ winner: z.enum(['activeCampaign', 'dynamics']), losing: columnValueSchema }),
) satisfies z.ZodType<Readonly<Record<string, ConflictAnswer>>>;

const toLink = (found: unknown): Link => {
  const link = row.parse(found);
  return {
    id: link.id,
    state: link.state,
    entity: link.entity,
    dynamicsId: dynamicsId(link.dynamics_id),
    personId: link.person_id === null ? null : activeCampaignId(link.person_id),
    origin: link.origin,
    agreed: agreedByKey.parse(JSON.parse(link.agreed)),
    decided: decidedByKey.parse(JSON.parse(link.decided)),
    endedBecause: link.ended_because,
  };
};

const columns = 'id, state, entity, dynamics_id, person_id, origin, agreed, decided, ended_because';

export function openLinks(db: Database): Links {
  const insert = db.prepare(
    "INSERT INTO link (state, entity, dynamics_id, person_id, origin, agreed, since) VALUES ('planned', ?, ?, ?, ?, ?, ?)",
  );
  const selectById = db.prepare(`SELECT ${columns} FROM link WHERE id = ?`);
  const selectByPerson = db.prepare(`SELECT ${columns} FROM link WHERE person_id = ? AND state <> 'ended' AND person_id IS NOT NULL`);
  const selectByRecord = db.prepare(`SELECT ${columns} FROM link WHERE entity = ? AND dynamics_id = ? AND state <> 'ended'`);
  const selectEndedByPerson = db.prepare(`SELECT ${columns} FROM link WHERE person_id = ? AND state = 'ended' ORDER BY id DESC LIMIT 1`);
  const selectEndedByRecord = db.prepare(
    `SELECT ${columns} FROM link WHERE entity = ? AND dynamics_id = ? AND state = 'ended' ORDER BY id DESC LIMIT 1`,
  );
  const updateAgreed = db.prepare('UPDATE link SET agreed = ? WHERE id = ?');
  const updateDecided = db.prepare('UPDATE link SET decided = ? WHERE id = ?');
  const updatePerson = db.prepare('UPDATE link SET person_id = ? WHERE id = ?');
  const updateState = db.prepare("UPDATE link SET state = 'active' WHERE id = ?");
  const updateRecord = db.prepare('UPDATE link SET entity = ?, dynamics_id = ?, agreed = ? WHERE id = ?');
  const updateEnd = db.prepare("UPDATE link SET state = 'ended', ended_because = ?, since = ? WHERE id = ?");
  const deleteById = db.prepare('DELETE FROM link WHERE id = ?');
  const count = db.prepare("SELECT count(*) AS count FROM link WHERE state = 'active'");
  const countOf = db.prepare("SELECT count(*) AS count FROM link WHERE state = 'active' AND entity = ?");
  const selectLatest = db.prepare(`SELECT ${columns} FROM link WHERE state = 'active' AND entity = ? ORDER BY id DESC LIMIT ?`);
  const deleteAbandoned = db.prepare(
    "DELETE FROM link WHERE state = 'planned' AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.link = link.id)",
  );
  const selectPage = db.prepare(`SELECT ${columns} FROM link WHERE id > ? AND state <> 'ended' ORDER BY id LIMIT ?`);
  const one = (found: unknown): Link | null => (found === undefined ? null : toLink(found));

  return {
    start: ({ entity, dynamicsId: record, personId, origin, agreed = {} }, now) =>
      Number(insert.run(entity, record, personId === null ? null : Number(personId), origin, JSON.stringify(agreed), now).lastInsertRowid),
    byId: (id) => one(selectById.get(id)),
    ofPerson: (id) => one(selectByPerson.get(Number(id))),
    ofRecord: (entity, id) => one(selectByRecord.get(entity, id)),
    endedOfPerson: (id) => one(selectEndedByPerson.get(Number(id))),
    endedOfRecord: (entity, id) => one(selectEndedByRecord.get(entity, id)),
    settle: (id, agreed) => {
      const link = one(selectById.get(id));
      if (link === null) return;
      updateAgreed.run(JSON.stringify({ ...link.agreed, ...agreed }), id);
      const open = Object.entries(link.decided).filter(([field]) => !(field in agreed));
      if (open.length < Object.keys(link.decided).length) updateDecided.run(JSON.stringify(Object.fromEntries(open)), id);
    },
    setAgreed: (id, agreed) => void updateAgreed.run(JSON.stringify(agreed), id),
    decide: (id, field, answer) => {
      const link = one(selectById.get(id));
      if (link !== null) updateDecided.run(JSON.stringify({ ...link.decided, [field]: answer }), id);
    },
    setPerson: (id, person) => void updatePerson.run(Number(person), id),
    activate: (id) => void updateState.run(id),
    move: (id, entity, record, agreed) => void updateRecord.run(entity, record, JSON.stringify(agreed), id),
    end: (id, because, now) => void updateEnd.run(because, now, id),
    remove: (id) => void deleteById.run(id),
    countActiveOf: (entity) => z.object({ count: z.number() }).parse(countOf.get(entity)).count,
    latest: (entity, limit) => selectLatest.all(entity, limit).map(toLink),
    countActive: () => z.object({ count: z.number() }).parse(count.get()).count,
    removeAbandoned: () => void deleteAbandoned.run(),
    page: (after, limit) => selectPage.all(after, limit).map(toLink),
  };
}
