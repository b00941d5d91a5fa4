import { z } from 'zod';
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
}

export type NewProblem = Omit<Problem, 'since' | 'attempts'>;

export interface Problems {
  /**
   * Makes these the problems of the subject, in the place of all that it had.
   * @returns those that are new or say something else than before.
   */
  replace(subject: string, problems: readonly NewProblem[], now: number): readonly NewProblem[];
  add(problem: NewProblem, now: number): void;
  /** How many there are, by reason. */
  countByReason(): Readonly<Record<string, number>>;
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
});

export function openProblems(db: Database): Problems {
  const select = db.prepare('SELECT * FROM problem WHERE subject = ?');
  const insert = db.prepare(`
    INSERT INTO problem (subject, field, reason, message, advice, email, run, since, attempts)
    VALUES (:subject, :field, :reason, :message, :advice, :email, :run, :now, 1)
    ON CONFLICT (subject, field) DO UPDATE SET
      since = CASE WHEN reason = excluded.reason THEN since ELSE excluded.since END,
      attempts = CASE WHEN reason = excluded.reason THEN attempts + 1 ELSE 1 END,
      reason = excluded.reason, message = excluded.message, advice = excluded.advice, email = excluded.email, run = excluded.run`);
  const deleteOne = db.prepare('DELETE FROM problem WHERE subject = ? AND field = ?');
  const countReasons = db.prepare('SELECT reason, count(*) AS count FROM problem GROUP BY reason');
  const counted = z.object({ reason: z.string(), count: z.number() });
  const selectAll = db.prepare('SELECT * FROM problem ORDER BY since DESC, subject, field LIMIT ?');

  return {
    replace: (subject, problems, now) => {
      const before = select.all(subject).map((found) => row.parse(found));
      const fields = new Set(problems.map((problem) => problem.field));
      for (const old of before) if (!fields.has(old.field)) deleteOne.run(subject, old.field);
      for (const problem of problems) insert.run({ ...problem, now });
      return problems.filter(
        (problem) => !before.some((old) => old.field === problem.field && old.reason === problem.reason && old.message === problem.message),
      );
    },
    add: (problem, now) => void insert.run({ ...problem, now }),
    countByReason: () =>
      Object.fromEntries(
        countReasons.all().map((found) => {
          const { reason, count } = counted.parse(found);
          return [reason, count];
        }),
      ),
    all: (limit) => selectAll.all(limit).map((found) => row.parse(found)),
  };
}
