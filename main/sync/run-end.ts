import { ServiceError } from '../connections/errors.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Run, RunCounts, RunOutcome } from '../store/runs.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { Guard } from './guard/guards.ts';
import { RunRefused } from './run-refused.ts';
import type { RunTally } from './run-tally.ts';

/** How runs end, and how that is told. */
interface RunPorts {
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly log: Log;
}

export const kindNames = { initial: 'Initial Sync', scheduled: 'Scheduled run' } as const;

const refusals = new Set(['refused-by-service', 'excluded', 'bounced']);

/** The tally, with what is held and refused now. */
export function countsOf(store: SyncStore, tally: RunTally): RunCounts {
  const counts = tally.counts();
  let held = 0;
  let failed = 0;
  for (const [reason, count] of Object.entries(store.problems.countByReason())) {
    if (refusals.has(reason)) failed += count;
    else held += count;
    if (reason === 'conflict') counts.conflicts += count;
  }
  return { ...counts, held, failed };
}

export function finishRun({ store, clock, log }: RunPorts, run: Run, outcome: RunOutcome, tally: RunTally, guard: Guard | null): Run {
  const counts = countsOf(store, tally);
  const finished = store.runs.finish(run.number, outcome, counts, clock.now(), guard);
  const { toDynamics, toActiveCampaign, held, failed, optOuts } = counts;
  log.write({
    level: outcome === 'ok' || outcome === 'attention' ? 'info' : 'warn',
    event: 'run.finished',
    run: run.number,
    message:
      `${kindNames[run.kind]} ${outcomeNames[outcome]}: ${toActiveCampaign.created} created, ${toActiveCampaign.updated} updated in ActiveCampaign; ` +
      `${toDynamics.created} created, ${toDynamics.updated} updated in Dynamics; ` +
      `${toActiveCampaign.linked + toDynamics.linked} linked, ${optOuts} opted out, ${held} held, ${failed} refused`,
    details: { outcome, counts },
  });
  return finished;
}

const outcomeNames: Readonly<Record<RunOutcome, string>> = {
  ok: 'finished',
  attention: 'finished; some people need attention',
  held: 'held',
  failed: 'failed',
  stopped: 'stopped',
};

/** The run stays unfinished, so that the next start takes it up. */
export function stopRun({ store, clock, log }: RunPorts, run: Run, tally: RunTally): Run {
  const counts = tally.counts();
  store.runs.saveCounts(run.number, counts);
  log.write({ level: 'info', event: 'run.stopped', run: run.number, message: 'Stopped; the next start goes on where it was' });
  return { ...run, outcome: 'stopped', finishedAt: clock.now(), counts };
}

export function explainFailure({ log }: RunPorts, run: Run, error: unknown): void {
  if (error instanceof ServiceError) {
    const { service, code, message, advice, serviceMessage, serviceCode, requestId, status } = error.details;
    log.write({
      level: 'error',
      event: 'service.unavailable',
      run: run.number,
      message: `${message} ${advice}`,
      details: { service, code, advice, serviceMessage, serviceCode, requestId, status },
    });
    return;
  }
  if (error instanceof RunRefused) {
    log.write({ level: 'error', event: `run.${error.code}`, run: run.number, message: `${error.message} ${error.advice}` });
    return;
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.write({ level: 'error', event: 'run.defect', run: run.number, message: `The run ended by an unexpected error: ${words}` });
}
