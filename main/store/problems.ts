import { z } from 'zod';
import type { Entity } from '../../shared/entity.ts';
import type { Database } from './database.ts';

/** Why a person, or one field of a person, does not sync. */
export interface Problem {
  /** `person:16`, `lead:<guid>` or `contact:<guid>`. */
  readonly subject: string;
  /** Mapping key; empty where the whole person is held. */
  readonly field: string;
  readonly reason: string;
  readonly message: string;
  readonly advice: string;
  readonly email: string | null;
  readonly run: number;
  readonly since: number;
  readonly attempts: number;
  /** Somebody does not want to be told of it any more. */
  readonly dismissed: boolean;
}

export type NewProblem = Omit<Problem, 'since' | 'attempts' | 'dismissed'>;

export interface Problems {
  /**
   * Makes these the problems of the subject, in the place of all that it had.
   * @returns those that are new or say something else than before.
   */
  replace(subject: string, problems: readonly NewProblem[], now: number): readonly NewProblem[];
  add(problem: NewProblem, now: number): void;
  ofSubject(subject: string): readonly Problem[];
  /** Dismisses all that the subject has, or takes that back. */
  setDismissed(subject: string, dismissed: boolean): void;
  remove(subject: string, field: string): void;
  /** How many there are that nobody has dismissed, by reason. */
  countByReason(): Readonly<Record<string, number>>;
  /** How many there are for this reason among the rows of an entity, dismissed or not. */
  countOf(reason: string, entity: Entity): number;
  all(limit: number): readonly Problem[];
}

const row = z.object({
  subject: z.string(),
  field: z.string(),
  reason: z.string(),
  message: z.string(),
  advice: z.string(),
  email: z.string().nullable(),
  run: z.number(),
  since: z.number(),
  attempts: z.number(),
  dismissed: z.number(),
});

function toProblem(found: unknown): Problem {
  const { dismissed, ...problem } = row.parse(found);
  return { ...problem, dismissed: dismissed === 1 };
}

export function openProblems(db: Database): Problems {
  const select = db.prepare('SELECT * FROM problem WHERE subject = ?');
  const insert = db.prepare(`
    INSERT INTO problem (subject, field, reason, message, advice, email, run, since, attempts)
    VALUES (:subject, :field, :reason, :message, :advice, :email, :run, :now, 1)
    ON CONFLICT (subject, field) DO UPDATE SET
      since = CASE WHEN reason = excluded.reason THEN since ELSE excluded.since END,
      attempts = CASE WHEN reason = excluded.reason THEN attempts + 1 ELSE 1 END,
      dismissed = CASE WHEN reason = excluded.reason AND message = excluded.message THEN dismissed ELSE 0 END,
      reason = excluded.reason, message = excluded.message, advice = excluded.advice, email = excluded.email, run = excluded.run`);
  const deleteOne = db.prepare('DELETE FROM problem WHERE subject = ? AND field = ?');
  const updateDismissed = db.prepare('UPDATE problem SET dismissed = ? WHERE subject = ?');
  const countReasons = db.prepare('SELECT reason, count(*) AS count FROM problem WHERE dismissed = 0 GROUP BY reason');
  const countEntity = db.prepare("SELECT count(*) AS count FROM problem WHERE reason = ? AND subject LIKE ? || ':%'");
  const counted = z.object({ reason: z.string(), count: z.number() });
  const selectAll = db.prepare('SELECT * FROM problem ORDER BY since DESC, subject, field LIMIT ?');

  return {
    replace: (subject, problems, now) => {
      const before = select.all(subject).map(toProblem);
      const fields = new Set(problems.map((problem) => problem.field));
      for (const old of before) if (!fields.has(old.field)) deleteOne.run(subject, old.field);
      for (const problem of problems) insert.run({ ...problem, now });
      return problems.filter(
        (problem) => !before.some((old) => old.field === problem.field && old.reason === problem.reason && old.message === problem.message),
      );
    },
    add: (problem, now) => void insert.run({ ...problem, now }),
    ofSubject: (subject) => select.all(subject).map(toProblem),
    setDismissed: (subject, dismissed) => void updateDismissed.run(dismissed ? 1 : 0, subject),
    remove: (subject, field) => void deleteOne.run(subject, field),
    countByReason: () =>
      Object.fromEntries(
        countReasons.all().map((found) => {
          const { reason, count } = counted.parse(found);
          return [reason, count];
        }),
      ),
    countOf: (reason, entity) => z.object({ count: z.number() }).parse(countEntity.get(reason, entity)).count,
    all: (limit) => selectAll.all(limit).map(toProblem),
  };
}
