import { z } from 'zod';
import type { Database } from './database.ts';
import { planState } from './plan-state.ts';

/** One planned write as it lies on disk. */
export interface OutboxEntry {
  readonly id: number;
  readonly run: number;
  readonly link: number;
  readonly kind: string;
  /** Imports that ended without it. */
  readonly attempts: number;
  /** The bulk import that carries it, where one was submitted. */
  readonly batch: string | null;
  /** JSON; the engine parses it. */
  readonly payload: string;
}

export interface NewOutboxEntry {
  readonly run: number;
  readonly link: number;
  readonly priority: number;
  readonly kind: string;
  readonly payload: string;
}

/** Writes that are planned or under way. What is confirmed or refused leaves it. */
export interface Outbox {
  /** Adds to the plan that is being made; nothing runs before `commit`. */
  plan(entry: NewOutboxEntry): void;
  /** Makes the plan binding. */
  commit(): void;
  /** Forgets a plan that was never committed; who is in it is to be planned again, whatever else they wait for. */
  dropPlan(): void;
  /** Committed entries of these kinds, most urgent first, of at most `limit`; ids above `after`. */
  pending(kinds: readonly string[], priority: number, after: number, limit: number): readonly OutboxEntry[];
  /** Committed entries, of these kinds where they are given. */
  countPending(kinds?: readonly string[]): number;
  countPlanned(): number;
  /** Uncommitted entries above `after`, in order of id. */
  planned(after: number, limit: number): readonly OutboxEntry[];
  /** Uncommitted entries that would change what is linked already, in order of id. */
  plannedForActive(after: number, limit: number): readonly OutboxEntry[];
  remove(id: number): void;
  setBatch(id: number, batch: string | null): void;
  setAttempts(id: number, attempts: number): void;
  ofLink(link: number): readonly OutboxEntry[];
}

const entry = z.object({
  id: z.number(),
  run: z.number(),
  link: z.number(),
  kind: z.string(),
  attempts: z.number(),
  batch: z.string().nullable(),
  payload: z.string(),
});
const counted = z.object({ count: z.number() });
const columns = 'id, run, link, kind, attempts, batch, payload';

export function openOutbox(db: Database): Outbox {
  const insert = db.prepare('INSERT INTO operation (run, link, committed, priority, kind, payload) VALUES (?, ?, 0, ?, ?, ?)');
  const commitAll = db.prepare('UPDATE operation SET committed = 1 WHERE committed = 0');
  const inUncommitted = 'SELECT link FROM operation WHERE committed = 0';
  const replanPeople = db.prepare(
    `UPDATE person SET plan_state = ${planState.changed} WHERE id IN (SELECT person_id FROM link WHERE id IN (${inUncommitted}))`,
  );
  const replanRecords = db.prepare(
    `UPDATE record SET plan_state = ${planState.changed}
     WHERE (entity, id) IN (SELECT entity, dynamics_id FROM link WHERE id IN (${inUncommitted}))`,
  );
  const dropAll = db.prepare('DELETE FROM operation WHERE committed = 0');
  const select = db.prepare(`
    SELECT ${columns} FROM operation
    WHERE committed = 1 AND priority = ? AND id > ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?`);
  const countKinds = db.prepare('SELECT count(*) AS count FROM operation WHERE committed = 1 AND kind IN (SELECT value FROM json_each(?))');
  const countCommitted = db.prepare('SELECT count(*) AS count FROM operation WHERE committed = 1');
  const countUncommitted = db.prepare('SELECT count(*) AS count FROM operation WHERE committed = 0');
  // Both by the order of the table: through the index on `committed` each page would sort everything that is planned.
  const selectPlanned = db.prepare(`SELECT ${columns} FROM operation WHERE +committed = 0 AND id > ? ORDER BY id LIMIT ?`);
  const selectPlannedForActive = db.prepare(`
    SELECT ${columns} FROM operation
    WHERE +committed = 0 AND id > ? AND EXISTS (SELECT 1 FROM link WHERE link.id = operation.link AND link.state = 'active')
    ORDER BY id LIMIT ?`);
  const deleteById = db.prepare('DELETE FROM operation WHERE id = ?');
  const updateBatch = db.prepare('UPDATE operation SET batch = ? WHERE id = ?');
  const updateAttempts = db.prepare('UPDATE operation SET attempts = ? WHERE id = ?');
  const selectOfLink = db.prepare(`SELECT ${columns} FROM operation WHERE link = ?`);
  const toEntry = (found: unknown): OutboxEntry => entry.parse(found);

  return {
    plan: ({ run, link, priority, kind, payload }) => void insert.run(run, link, priority, kind, payload),
    commit: () => void commitAll.run(),
    dropPlan: () => {
      replanPeople.run();
      replanRecords.run();
      dropAll.run();
    },
    pending: (kinds, priority, after, limit) => select.all(priority, after, JSON.stringify(kinds), limit).map(toEntry),
    countPending: (kinds) => counted.parse(kinds === undefined ? countCommitted.get() : countKinds.get(JSON.stringify(kinds))).count,
    countPlanned: () => counted.parse(countUncommitted.get()).count,
    planned: (after, limit) => selectPlanned.all(after, limit).map(toEntry),
    plannedForActive: (after, limit) => selectPlannedForActive.all(after, limit).map(toEntry),
    remove: (id) => void deleteById.run(id),
    setBatch: (id, batch) => void updateBatch.run(batch, id),
    setAttempts: (id, attempts) => void updateAttempts.run(attempts, id),
    ofLink: (link) => selectOfLink.all(link).map(toEntry),
  };
}
