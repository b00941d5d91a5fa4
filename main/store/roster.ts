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
  /** Part of an e-mail address, as compared; empty for everybody. */
  readonly email: string;
  /** Everybody who is linked or held; only those with a problem that was not dismissed; only those with one that was. */
  readonly who: 'all' | 'held' | 'dismissed';
}

/** Everybody who is linked or held, by e-mail. */
export interface Roster {
  page(filter: RosterFilter, after: RosterPosition | null, limit: number): readonly RosterPosition[];
}

const row = z.object({ email: z.string(), subject: z.string() });

export function openRoster(db: Database): Roster {
  const after = (email: string, subject: string) => `(${email} > :email OR (${email} = :email AND ${subject} > :subject))`;
  // Each part comes in order of the address from its own index, so that a page costs no sorting of everybody.
  const linked = `
    SELECT person.email_key AS email, link.entity || ':' || link.dynamics_id AS subject
    FROM person CROSS JOIN link ON link.person_id = person.id AND link.person_id IS NOT NULL AND link.state <> 'ended'
    WHERE person.email_key >= :email AND instr(person.email_key, :text) > 0
      AND ${after('person.email_key', "link.entity || ':' || link.dynamics_id")}`;
  const address = "lower(trim(coalesce(problem.email, '')))";
  const withProblem = (which: string) => `
    SELECT ${address} AS email, problem.subject AS subject
    FROM problem
    WHERE ${which} AND instr(${address}, :text) > 0 AND ${after(address, 'problem.subject')}
    GROUP BY problem.subject`;
  const unlisted = `NOT EXISTS (
      SELECT 1 FROM link JOIN person ON person.id = link.person_id
      WHERE link.entity = substr(problem.subject, 1, instr(problem.subject, ':') - 1)
        AND link.dynamics_id = substr(problem.subject, instr(problem.subject, ':') + 1)
        AND link.state <> 'ended' AND person.email_key IS NOT NULL)`;
  const inOrder = 'ORDER BY email, subject LIMIT :limit';
  const select = {
    all: db.prepare(`${linked} UNION ALL ${withProblem(unlisted)} ${inOrder}`),
    held: db.prepare(`${withProblem('problem.dismissed = 0')} ${inOrder}`),
    dismissed: db.prepare(`${withProblem('problem.dismissed = 1')} ${inOrder}`),
  };
  return {
    page: ({ email, who }, from, limit) =>
      select[who].all({ text: email, email: from?.email ?? '', subject: from?.subject ?? '', limit }).map((found) => row.parse(found)),
  };
}
