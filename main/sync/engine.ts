import type { JobFrequency, Settings } from '../../shared/settings.ts';
import type { Service } from '../connections/errors.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { type PlanState, plannedOnceRead, planState } from '../store/plan-state.ts';
import type { Run } from '../store/runs.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { ApplyContext } from './apply/context.ts';
import { drainOutbox } from './apply/drain.ts';
import { takeBack } from './apply/take-back.ts';
import { settleNewcomers } from './entrance.ts';
import { type Guard, judge } from './guard/guards.ts';
import { dropHeldPlan, endHold, heldPlan, holdPlan } from './held-plan.ts';
import { finishInitialSync, initialSyncFinishedAt } from './initial-sync.ts';
import { commitPlan, committedCursors, consequencesOf, dropPlan } from './plan/commit.ts';
import { countSubjects, planSubjects } from './plan/plan-run.ts';
import { type Connections, type Prepared, prepare } from './prepare.ts';
import type { Cursors } from './read/cursors.ts';
import { forgetOtherSelections } from './read/other-selection.ts';
import { checkPeople, type ReadContext, readBothSides } from './read/read-both-sides.ts';
import { isCheckDue } from './read/read-people.ts';
import { countsOf, explainFailure, finishRun, kindNames, stopRun } from './run-end.ts';
import { RunRefused } from './run-refused.ts';
import { createTally, type RunTally } from './run-tally.ts';
import { forgetTags } from './tags.ts';
import { areSettingsOthers, wakeUp } from './wake-up.ts';

/** What the engine is doing, for a progress bar. */
export interface Progress {
  readonly run: number;
  readonly kind: Run['kind'];
  readonly startedAt: number;
  /** "Reading leads from Dynamics". */
  readonly activity: string;
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
}

export interface EngineOptions {
  readonly store: SyncStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  /** IANA name of this machine's zone. */
  readonly timeZone: string;
  /** The settings in force; asked once a run. */
  readonly settings: () => Settings;
  /** Clients for one run. @throws ServiceError, or another error with an `advice`, when they cannot be made. */
  readonly connect: (settings: Settings, onRequest: (service: Service) => void) => Promise<Connections>;
  readonly onProgress: (progress: Progress) => void;
  /**
   * Somebody is there to say whether rows that a change of the settings lets in are to come in: they wait. Where it is false, the change is
   * the answer.
   */
  readonly asksAboutNewcomers: boolean;
  /** Lets other work of the process go on. */
  readonly yieldToOthers: () => Promise<void>;
  /** Aborted when the program is to end: the run stops after the write that is under way. */
  readonly stop: AbortSignal;
}

/** The run was broken off on request; what is not written is taken up by the next one. */
class StopRequested extends Error {}

/** How often what was changed meanwhile by others is planned again within one run. */
const maxRounds = 3;
const hourMs = 60 * 60_000;

/**
 * Carries out one run: read, plan, guard, apply, confirm. It never throws for a reason that lies in the services or in the data: the run that
 * it answers says how it ended, and the log says why.
 *
 * A run that was broken off (a crash, a stop) is taken up under its number: a committed plan is written to its end, an uncommitted one is
 * made anew, and so is what is left of a committed one where the settings were changed since.
 */
export async function runOnce(options: EngineOptions): Promise<Run> {
  const { store, clock, log } = options;
  const settings = options.settings();
  const broken = store.runs.unfinished();
  const kind = settings.syncSettings.globalSync && initialSyncFinishedAt(store) === null ? 'initial' : 'scheduled';
  const run = broken ?? store.runs.start(kind, clock.now());
  const tally = createTally(run.counts);
  log.write({
    level: 'info',
    event: 'run.started',
    run: run.number,
    message: broken === null ? `${kindNames[run.kind]} started` : `${kindNames[run.kind]} goes on where it was broken off`,
  });
  try {
    await report(options, run, 'Connecting', 0, null);
    const guard = await carryOut(options, settings, run, tally).catch((error: unknown) => {
      if (!(error instanceof RunRefused && error.code === 'tag-deleted')) throw error;
      log.write({ level: 'warn', event: 'tag.deleted', run: run.number, message: `${error.message} ${error.advice}` });
      forgetTags(store);
      return carryOut(options, settings, run, tally);
    });
    if (guard !== null) return finishRun(options, run, 'held', tally, guard);
    if (run.kind === 'initial' && settings.syncSettings.globalSync) finishInitialSync(store, clock.now());
    const counts = countsOf(store, tally);
    return finishRun(options, run, counts.held + counts.failed > 0 ? 'attention' : 'ok', tally, null);
  } catch (error) {
    if (error instanceof StopRequested) return stopRun(options, run, tally);
    explainFailure(options, run, error);
    return finishRun(options, run, 'failed', tally, null);
  }
}

/** @returns the guard that holds the plan; null where the run went through. */
async function carryOut(options: EngineOptions, settings: Settings, run: Run, tally: RunTally): Promise<Guard | null> {
  const { store, log, clock } = options;
  const held = heldPlan(store);
  if (held !== null && !held.released) {
    log.write({
      level: 'warn',
      event: 'run.held',
      run: run.number,
      message: `Nothing is written: the plan of run ${held.run} is held. ${held.message}`,
      details: { guard: held.guard },
    });
    return held.guard;
  }
  const connections = await options.connect(settings, tally.request);
  const waiting = store.newcomers.countWaiting();
  const prepared = await prepare({
    ...connections,
    store,
    settings,
    log,
    random: options.random,
    run: run.number,
    timeZone: options.timeZone,
    now: clock.now(),
  });
  const context = applyContext(options, connections, prepared, run, tally);
  // Somebody may have dropped it while the services were asked: its cursors alone would pass over what it was made of.
  const released = heldPlan(store);
  const areOthers = areSettingsOthers(store, settings, prepared);
  if (released === null) dropPlan(store);
  else if (areOthers) {
    dropHeldPlan(store);
    log.write({
      level: 'info',
      event: 'plan.dropped',
      run: run.number,
      message: `The plan of run ${released.run} was made under other settings: it is made anew`,
    });
  } else {
    commitPlan(store, run.number, released.cursors, clock, log);
    endHold(store);
  }
  forgetOtherSelections(store, prepared);

  // What an earlier run has committed is written before anything new is looked at, as far as it still follows from the settings. Hours may have
  // passed since: nobody is planned before both sides are read again.
  if (store.outbox.countPending() > 0) {
    if (areOthers) await takeBack(context, prepared.rules, 'everything');
    else if (!settings.syncSettings.globalSync) await takeBack(context, prepared.rules, 'forActiveCampaign');
    await drainOutbox({ ...context, takesUp: true });
  }
  wakeUp(store, settings, prepared);
  const reading: ReadContext = {
    ...connections,
    store,
    log,
    clock,
    run: run.number,
    report: (activity, done, total) => report(options, run, activity, done, total),
  };
  const cursors = await readBothSides(reading, prepared);
  settleNewcomers(store, log, run.number, { asks: options.asksAboutNewcomers, before: waiting });
  const guard = await planAndApply(options, settings, prepared, context, run, { cursors, states: plannedOnceRead });
  if (guard !== null) return guard;

  const { people } = committedCursors(store);
  if (people === null || !isCheckDue(people)) return null;
  const checkUntil = clock.monotonic() + longestCheckMs(settings.syncSettings.jobFrequency);
  const checked = await checkPeople(reading, prepared, people, () => clock.monotonic() > checkUntil);
  return planAndApply(options, settings, prepared, context, run, {
    cursors: { ...committedCursors(store), people: checked ?? people },
    states: plannedAgain,
  });
}

/** The daily check takes at most a quarter of the time between two runs; what is left of it is done by the next ones. */
const longestCheckMs = (frequency: JobFrequency): number => ((frequency === 'daily' ? 24 : Number.parseInt(frequency, 10)) * hourMs) / 4;

/** Whom a run plans after that: what it was refused is for the next one. */
const plannedAgain: readonly PlanState[] = [planState.changed];

interface FirstRound {
  /** Up to where was read. */
  readonly cursors: Cursors;
  readonly states: readonly PlanState[];
}

async function planAndApply(
  options: EngineOptions,
  settings: Settings,
  prepared: Prepared,
  context: ApplyContext,
  run: Run,
  { cursors, states }: FirstRound,
): Promise<Guard | null> {
  const { store, log, clock } = options;
  for (let round = 1; round <= maxRounds; round += 1) {
    const planned = round === 1 ? states : plannedAgain;
    const toPlan = countSubjects(store, planned);
    if (round > 1 && toPlan === 0) break;
    const breathe = (done: number) => report(options, run, 'Comparing', done, toPlan);
    await planSubjects({ store, rules: prepared.rules, run: run.number, clock, log, breathe }, planned);
    const verdict = judge(consequencesOf(store), settings.safety);
    if (verdict !== null) {
      const { guard, message } = verdict;
      // Later rounds have nothing read of their own: their cursors are committed already.
      holdPlan(store, { run: run.number, guard, message, heldAt: clock.now(), cursors });
      log.write({
        level: 'error',
        event: 'run.held',
        run: run.number,
        message: `Held before anything was written: ${message}. Look at the plan, then release or drop it.`,
        details: { guard },
      });
      return guard;
    }
    commitPlan(store, run.number, round === 1 ? cursors : null, clock, log);
    if (store.outbox.countPending() > 0) await drainOutbox(context);
  }
  return null;
}

function applyContext(options: EngineOptions, connections: Connections, prepared: Prepared, run: Run, tally: RunTally): ApplyContext {
  const { store, log, clock, stop } = options;
  let done = 0;
  let total = 0;
  return {
    ...connections,
    store,
    log,
    clock,
    run: run.number,
    tally,
    tagIds: prepared.tagIds,
    fields: prepared.fields,
    columns: prepared.columns,
    maps: prepared.maps,
    tables: prepared.tables,
    takesUp: false,
    requiredColumns: {
      lead: prepared.rules.entities.lead.creation.requiredColumns,
      contact: prepared.rules.entities.contact.creation.requiredColumns,
    },
    meetsCriteria: prepared.meetsCriteria,
    excludeAutomations: !options.settings().syncSettings.importsStartAutomations,
    breathe: async (more) => {
      done += more;
      store.runs.saveCounts(run.number, tally.counts());
      // Counted only when what was known of is done: counting at every step would take longer the more there is.
      if (done >= total) total = done + store.outbox.countPending();
      await report(options, run, 'Writing', done, total);
    },
    sleep: async (delayMs) => {
      try {
        await clock.sleep(delayMs, stop);
      } catch (error) {
        throw stop.aborted ? new StopRequested() : error;
      }
    },
  };
}

/** Tells how far it is, lets others work, and ends the run here where that was asked for. */
async function report(options: EngineOptions, run: Run, activity: string, done: number, total: number | null): Promise<void> {
  options.onProgress({ run: run.number, kind: run.kind, startedAt: run.startedAt, activity, done, total });
  await options.yieldToOthers();
  if (options.stop.aborted) throw new StopRequested();
}
