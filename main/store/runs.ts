import { z } from 'zod';
import type { Database } from './database.ts';

/** What a run did, as its closing line tells it (contracts, section 4). */
const runCountsSchema = z.object({
  toDynamics: z.object({ created: z.number(), updated: z.number(), linked: z.number() }),
  toActiveCampaign: z.object({ created: z.number(), updated: z.number(), linked: z.number() }),
  optOuts: z.number(),
  /** Fields. */
  conflicts: z.number(),
  /** People and fields. */
  held: z.number(),
  failed: z.number(),
  /** Every HTTP try except sign-in. */
  requests: z.object({ activeCampaign: z.number(), dynamics: z.number() }),
});
export type RunCounts = z.infer<typeof runCountsSchema>;

export const noCounts: RunCounts = {
  toDynamics: { created: 0, updated: 0, linked: 0 },
  toActiveCampaign: { created: 0, updated: 0, linked: 0 },
  optOuts: 0,
  conflicts: 0,
  held: 0,
  failed: 0,
  requests: { activeCampaign: 0, dynamics: 0 },
};

const kinds = ['initial', 'scheduled'] as const;
const phases = ['reading', 'applying', 'finished'] as const;
const outcomes = ['ok', 'attention', 'held', 'failed', 'stopped'] as const;
export type RunKind = (typeof kinds)[number];
export type RunPhase = (typeof phases)[number];
export type RunOutcome = (typeof outcomes)[number];

export interface Run {
  readonly number: number;
  readonly kind: RunKind;
  /**
   * - `reading`: reading and planning; nothing is binding, and a crash here starts the run anew.
   * - `applying`: the plan is committed and is being written; a crash here is resumed.
   */
  readonly phase: RunPhase;
  readonly outcome: RunOutcome | null;
  readonly guard: string | null;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly counts: RunCounts;
}

export interface Runs {
  start(kind: RunKind, now: number): Run;
  /** The run that has not finished, where there is one. */
  unfinished(): Run | null;
  last(): Run | null;
  latest(limit: number): readonly Run[];
  setPhase(number: number, phase: RunPhase): void;
  saveCounts(number: number, counts: RunCounts): void;
  /** @param guard the limit that held it, where one did. */
  finish(number: number, outcome: RunOutcome, counts: RunCounts, now: number, guard: string | null): Run;
  prune(before: number): void;
}

const row = z.object({
  number: z.number(),
  kind: z.enum(kinds),
  phase: z.enum(phases),
  outcome: z.enum(outcomes).nullable(),
  guard: z.string().nullable(),
  started_at: z.number(),
  finished_at: z.number().nullable(),
  report: z.string(),
});

function toRun(found: unknown): Run {
  const { started_at: startedAt, finished_at: finishedAt, report, ...run } = row.parse(found);
  return { ...run, startedAt, finishedAt, counts: runCountsSchema.parse(JSON.parse(report)) };
}

export function openRuns(db: Database): Runs {
  const insert = db.prepare("INSERT INTO run (kind, phase, started_at, report) VALUES (?, 'reading', ?, ?)");
  const select = db.prepare('SELECT * FROM run WHERE number = ?');
  const selectUnfinished = db.prepare("SELECT * FROM run WHERE phase <> 'finished' ORDER BY number DESC LIMIT 1");
  const selectLatest = db.prepare('SELECT * FROM run ORDER BY number DESC LIMIT ?');
  const updatePhase = db.prepare('UPDATE run SET phase = ? WHERE number = ?');
  const updateReport = db.prepare('UPDATE run SET report = ? WHERE number = ?');
  const updateEnd = db.prepare("UPDATE run SET phase = 'finished', outcome = ?, report = ?, finished_at = ?, guard = ? WHERE number = ?");
  const deleteOld = db.prepare("DELETE FROM run WHERE phase = 'finished' AND finished_at < ?");
  const one = (found: unknown): Run | null => (found === undefined ? null : toRun(found));

  return {
    start: (kind, now) => {
      const { lastInsertRowid } = insert.run(kind, now, JSON.stringify(noCounts));
      return toRun(select.get(lastInsertRowid));
    },
    unfinished: () => one(selectUnfinished.get()),
    last: () => one(selectLatest.get(1)),
    latest: (limit) => selectLatest.all(limit).map(toRun),
    setPhase: (number, phase) => void updatePhase.run(phase, number),
    saveCounts: (number, counts) => void updateReport.run(JSON.stringify(counts), number),
    finish: (number, outcome, counts, now, guard) => {
      updateEnd.run(outcome, JSON.stringify(counts), now, guard, number);
      return toRun(select.get(number));
    },
    prune: (before) => void deleteOld.run(before),
  };
}
