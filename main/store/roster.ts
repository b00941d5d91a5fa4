import { z } from 'zod';
import type { Database } from './database.ts';

/** Where a page of the roster ends, and the next one begins. */
export interface RosterPosition {
  /** As compared; empty where there is none. */
  readonly email: string;
  /** `person:16`, `lead:<guid>` or `contact:<guid>`, as problems name them. A pair is named by its row. */
  readonly subject: string;
}

export interface RosterFilter {
  /** Part of an e-mail address or of a name, `withoutCase`; empty for everybody. */
  readonly text: string;
  /**
   * Everybody; only those with a problem that was not dismissed; only those with one that was; only those who are out since a change of the
   * settings.
   */
  readonly who: 'all' | 'held' | 'dismissed' | 'newcomers';
}

/** Everybody who is linked, held, or out since a change of the settings, by e-mail. */
export interface Roster {
  page(filter: RosterFilter, after: RosterPosition | null, limit: number): readonly RosterPosition[];
}

const row = z.object({ email: z.string(), subject: z.string(), name: z.string() });
/** Rows that a search goes through in one query. */
const searchedAtOnce = 5_000;

/** The form in which names are compared. */
export const withoutCase = (text: string): string => text.normalize('NFC').trim().toLowerCase();

export function openRoster(db: Database): Roster {
  const after = (email: string, subject: string) => `(${email} > :email OR (${email} = :email AND ${subject} > :subject))`;
  const nameIn = (values: string, first: string, last: string) =>
    `coalesce(json_extract(${values}, '$.${first}'), '') || ' ' || coalesce(json_extract(${values}, '$.${last}'), '')`;
  const nameOfSubject = `coalesce(
    (SELECT ${nameIn('"values"', 'firstName', 'lastName')} FROM person WHERE person.id = CAST(substr(problem.subject, 8) AS INTEGER) AND problem.subject LIKE 'person:%'),
    (SELECT ${nameIn('columns', 'firstname', 'lastname')} FROM record
     WHERE record.entity = substr(problem.subject, 1, instr(problem.subject, ':') - 1)
       AND record.id = substr(problem.subject, instr(problem.subject, ':') + 1)),
    '')`;
  // Each part comes in order of the address from its own index, so that a page costs no sorting of everybody.
  const linked = `
    SELECT person.email_key AS email, link.entity || ':' || link.dynamics_id AS subject, ${nameIn('person."values"', 'firstName', 'lastName')} AS name
    FROM person CROSS JOIN link ON link.person_id = person.id AND link.person_id IS NOT NULL AND link.state <> 'ended'
    WHERE person.email_key >= :email AND ${after('person.email_key', "link.entity || ':' || link.dynamics_id")}`;
  const address = "lower(trim(coalesce(problem.email, '')))";
  const withProblem = (which: string) => `
    SELECT ${address} AS email, problem.subject AS subject, ${nameOfSubject} AS name
    FROM problem
    WHERE ${which} AND ${after(address, 'problem.subject')}
    GROUP BY problem.subject`;
  const unlisted = `NOT EXISTS (
      SELECT 1 FROM link JOIN person ON person.id = link.person_id
      WHERE link.entity = substr(problem.subject, 1, instr(problem.subject, ':') - 1)
        AND link.dynamics_id = substr(problem.subject, instr(problem.subject, ':') + 1)
        AND link.state <> 'ended' AND person.email_key IS NOT NULL)`;
  const newcomers = (which: string) => `
    SELECT record.email_key AS email, record.entity || ':' || record.id AS subject, ${nameIn('record.columns', 'firstname', 'lastname')} AS name
    FROM record CROSS JOIN newcomer ON newcomer.entity = record.entity AND newcomer.id = record.id
    WHERE EXISTS (SELECT 1 FROM newcomer) AND record.email_key >= :email AND record.gone = 0 AND record.succeeded_by IS NULL AND ${which}
      AND NOT EXISTS (SELECT 1 FROM link WHERE link.entity = record.entity AND link.dynamics_id = record.id AND link.state <> 'ended')
      AND ${after('record.email_key', "record.entity || ':' || record.id")}`;
  const withoutProblem = "NOT EXISTS (SELECT 1 FROM problem WHERE problem.subject = record.entity || ':' || record.id)";
  const inOrder = 'ORDER BY email, subject LIMIT :limit';
  const select = {
    all: db.prepare(`${linked} UNION ALL ${withProblem(unlisted)} UNION ALL ${newcomers(withoutProblem)} ${inOrder}`),
    held: db.prepare(`${withProblem('problem.dismissed = 0')} ${inOrder}`),
    dismissed: db.prepare(`${withProblem('problem.dismissed = 1')} ${inOrder}`),
    newcomers: db.prepare(`${newcomers('TRUE')} ${inOrder}`),
  };
  return {
    page: ({ text, who }, from, limit) => {
      const found: RosterPosition[] = [];
      const atOnce = text === '' ? limit : searchedAtOnce;
      for (let position = from; ; ) {
        const rows = select[who].all({ email: position?.email ?? '', subject: position?.subject ?? '', limit: atOnce });
        const people = rows.map((each) => row.parse(each));
        // Compared here: SQLite's own `lower` knows only the letters of ASCII.
        const fitting = people.filter(({ email, name }) => email.includes(text) || withoutCase(name).includes(text));
        for (const { email, subject } of fitting) if (found.length < limit) found.push({ email, subject });
        const last = people.at(-1);
        if (last === undefined || people.length < atOnce || found.length === limit) return found;
        position = last;
      }
    },
  };
}
