import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Database } from './database.ts';

/** One written value. */
export interface JournalEntry {
  readonly run: number;
  readonly time: number;
  /** The service that was written to. */
  readonly service: 'activeCampaign' | 'dynamics';
  readonly entity: Entity;
  readonly dynamicsId: string;
  readonly personId: string | null;
  readonly email: string | null;
  readonly field: string;
  /** Canonical values as JSON. */
  readonly oldValue: string;
  readonly newValue: string;
  readonly rule: string;
  /** What the service said of it, in words for a person; empty for what was written before this was kept. */
  readonly answer: string;
}

/** A row, a person, or both where they belong together. */
export interface JournalSubject {
  readonly record: { readonly entity: Entity; readonly id: string } | null;
  readonly personId: string | null;
}

export interface Journal {
  add(entry: JournalEntry): void;
  ofRun(run: number): readonly JournalEntry[];
  /** What was written for this row or for this person, the latest first. */
  ofSubject(subject: JournalSubject, limit: number): readonly JournalEntry[];
  /** Removes what is older. @returns how many entries. */
  prune(before: number): number;
}

const row = z.object({
  run: z.number(),
  time: z.number(),
  service: z.enum(['activeCampaign', 'dynamics']),
  entity: z.enum(entities),
  dynamics_id: z.string(),
  person_id: z.number().nullable(),
  email: z.string().nullable(),
  field: z.string(),
  old_value: z.string(),
  new_value: z.string(),
  rule: z.string(),
  answer: z.string(),
});

function toEntry(found: unknown): JournalEntry {
  const entry = row.parse(found);
  return {
    run: entry.run,
    time: entry.time,
    service: entry.service,
    entity: entry.entity,
    dynamicsId: entry.dynamics_id,
    personId: entry.person_id === null ? null : String(entry.person_id),
    email: entry.email,
    field: entry.field,
    oldValue: entry.old_value,
    newValue: entry.new_value,
    rule: entry.rule,
    answer: entry.answer,
  };
}

export function openJournal(db: Database): Journal {
  const insert = db.prepare(`
    INSERT INTO journal (run, time, service, entity, dynamics_id, person_id, email, field, old_value, new_value, rule, answer)
    VALUES (:run, :time, :service, :entity, :dynamicsId, :personId, :email, :field, :oldValue, :newValue, :rule, :answer)`);
  const select = db.prepare('SELECT * FROM journal WHERE run = ? ORDER BY id');
  const selectOfSubject = db.prepare(
    'SELECT * FROM journal WHERE (entity = ? AND dynamics_id = ?) OR person_id = ? ORDER BY id DESC LIMIT ?',
  );
  const deleteOld = db.prepare('DELETE FROM journal WHERE time < ?');
  return {
    add: (entry) => void insert.run({ ...entry, personId: entry.personId === null ? null : Number(entry.personId) }),
    ofRun: (run) => select.all(run).map(toEntry),
    ofSubject: ({ record, personId }, limit) =>
      selectOfSubject.all(record?.entity ?? null, record?.id ?? null, personId === null ? null : Number(personId), limit).map(toEntry),
    prune: (before) => Number(deleteOld.run(before).changes),
  };
}
