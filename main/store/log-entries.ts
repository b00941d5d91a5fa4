import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { entities } from '../../shared/entity.ts';
import { type LogLevel, logLevels } from '../../shared/log-line.ts';
import type { LogEntry } from '../log/log.ts';
import type { Database } from './database.ts';
import { transaction } from './transaction.ts';

export type StoredLogEntry = LogEntry & {
  /** Grows with every entry and is never used again. */
  readonly id: number;
};

/** What is given must all hold. */
export interface LogFilter {
  /** This level and those above it. */
  readonly minimumLevel?: LogLevel | undefined;
  readonly run?: number | undefined;
  /** An e-mail, an ActiveCampaign id or a Dynamics id, without regard to case. */
  readonly person?: string | undefined;
  /** Beginnings of words in event, message, e-mail or details, without regard to case and accents; all must occur. */
  readonly text?: string | undefined;
}

/** `before` (exclusive; without it, the end): newest first, for scrolling back. `after` (exclusive): oldest first, for following. */
export type LogPage = { readonly before?: number | undefined; readonly limit: number } | { readonly after: number; readonly limit: number };

/** Writes all of them, or none where it throws. Not inside a transaction. */
export function addLogEntries(db: Database, entries: readonly LogEntry[]): void {
  const insert = db.prepare(`
    INSERT INTO log_entry (time, level, event, run, message, email, active_campaign_id, dynamics_entity, dynamics_id, details)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `);
  transaction(db, () => {
    for (const { time, level, event, run, message, person, details } of entries) {
      insert.run(
        Date.parse(time),
        logLevels.indexOf(level),
        event,
        run ?? null,
        message,
        person?.email ?? null,
        person?.activeCampaignId ?? null,
        person?.dynamics?.entity ?? null,
        person?.dynamics?.id ?? null,
        details === undefined ? null : JSON.stringify(details),
      );
    }
  });
}

export function readLogEntries(db: Database, filter: LogFilter, page: LogPage): StoredLogEntry[] {
  const conditions = ['true'];
  const values: SQLInputValue[] = [];
  const where = (condition: string, ...bound: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };

  if (filter.minimumLevel !== undefined) where('level >= ?', logLevels.indexOf(filter.minimumLevel));
  if (filter.run !== undefined) where('run = ?', filter.run);
  if (filter.person !== undefined)
    where('(email = ? OR active_campaign_id = ? OR dynamics_id = ?)', filter.person, filter.person, filter.person);
  const words = fullTextQuery(filter.text ?? '');
  if (words !== '') where('id IN (SELECT rowid FROM log_text WHERE log_text MATCH ?)', words);
  const following = 'after' in page;
  if (following) where('id > ?', page.after);
  else if (page.before !== undefined) where('id < ?', page.before);

  return db
    .prepare(`SELECT * FROM log_entry WHERE ${conditions.join(' AND ')} ORDER BY id ${following ? 'ASC' : 'DESC'} LIMIT ?`)
    .all(...values, page.limit)
    .map((row) => entryOf(entryRow.parse(row)));
}

/** Forgets what is older than `keepDays`, a part at a time, so that no other process waits long. Answers how many entries went. */
export function pruneLogEntries(db: Database, now: number, keepDays: number): number {
  const remove = db.prepare('DELETE FROM log_entry WHERE id IN (SELECT id FROM log_entry WHERE time < ? LIMIT 5000)');
  let removed = 0;
  for (;;) {
    const changes = Number(remove.run(Math.round(now) - keepDays * 86_400_000).changes);
    if (changes === 0) return removed;
    removed += changes;
  }
}

/** Every word as the beginning of one in the text. Quoted, so that nothing in it is read as FTS5's own syntax. */
function fullTextQuery(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word.replaceAll('"', '""')}"*`)
    .join(' ');
}

const entryRow = z.object({
  id: z.number(),
  time: z.number(),
  level: z.number(),
  event: z.string(),
  run: z.number().nullable(),
  message: z.string(),
  email: z.string().nullable(),
  active_campaign_id: z.string().nullable(),
  dynamics_entity: z.enum(entities).nullable(),
  dynamics_id: z.string().nullable(),
  details: z.string().nullable(),
});

function entryOf(row: z.infer<typeof entryRow>): StoredLogEntry {
  const person = {
    ...(row.email !== null && { email: row.email }),
    ...(row.active_campaign_id !== null && { activeCampaignId: row.active_campaign_id }),
    ...(row.dynamics_entity !== null && row.dynamics_id !== null && { dynamics: { entity: row.dynamics_entity, id: row.dynamics_id } }),
  };
  return {
    id: row.id,
    time: new Date(row.time).toISOString(),
    level: logLevels[row.level] ?? 'error',
    event: row.event,
    ...(row.run !== null && { run: row.run }),
    message: row.message,
    ...(Object.keys(person).length > 0 && { person }),
    ...(row.details !== null && { details: z.record(z.string(), z.unknown()).parse(JSON.parse(row.details)) }),
  };
}
