import type { AppState, Attention, InitialSync, Problem, RunProgress, RunSummary } from '../../shared/app-state.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Services } from '../services/services.ts';
import type { Run } from '../store/runs.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { Progress } from '../sync/engine.ts';
import { heldPlan } from '../sync/held-plan.ts';
import { initialSyncFinishedAt } from '../sync/initial-sync.ts';
import { stillLeftOut } from '../sync/left-out.ts';
import { createAnnouncer } from './announcer.ts';
import type { BrowserSignIns } from './browser-sign-in.ts';
import { countWrongTags } from './matches.ts';
import type { Previews } from './preview.ts';
import { failureOf, failureOfLastRun, type RunFailure } from './run-failure.ts';
import { createSecretEndWatch, secretProblem } from './secret-end.ts';
import type { SecretKeeper } from './secret-keeper.ts';

/** The one value that window, tray and notifications show. */
export interface StateView {
  current(): AppState;
  onChange(listener: (state: AppState) => void): () => void;
  /** To be called after a change that nothing else tells of. */
  refresh(): void;
  close(): void;
}

export interface StateViewOptions {
  readonly services: Services;
  readonly secrets: SecretKeeper;
  readonly previews: Pick<Previews, 'progress'>;
  readonly signIns: Pick<BrowserSignIns, 'state' | 'problem' | 'onChange'>;
  readonly mode: AppState['mode'];
  readonly notifier: Notifier;
  readonly clock: Clock;
}

const upcomingShown = 5;

export function createStateView({ services, secrets, signIns, previews, mode, notifier, clock }: StateViewOptions): StateView {
  const { settings, store, scheduler } = services;
  const listeners = new Set<(state: AppState) => void>();
  const rate = createRate(clock);
  let progress: Progress | null = null;
  // Counted after what may change it, not with every step of a run.
  let newcomers = store.newcomers.countWaiting();
  let failure: RunFailure | null = failureOfLastRun(store.database, lastFinished(store));
  const announcer = createAnnouncer(notifier, () => settings.current().general, {
    failure,
    held: heldPlan(store)?.run ?? null,
    problems: problemCount(store),
    newcomers: newcomers.lead + newcomers.contact,
    leftOut: stillLeftOut(store, settings.current()).length,
  });

  const compute = (): AppState => {
    const secretStates = secrets.states();
    const { activeCampaign, dynamics } = settings.current();
    const status = scheduler.status();
    return {
      mode,
      settings: settings.current(),
      settingsProblems: [...(settings.problem() ?? [])],
      secrets: secretStates,
      keychain: secrets.problem() ?? signIns.problem(),
      browserSignIn: signIns.state(),
      connected:
        activeCampaign.apiUrl !== '' &&
        dynamics.environmentUrl !== '' &&
        secretStates.activeCampaignKey !== 'absent' &&
        (dynamics.signIn === 'user' ? signIns.state().state !== 'signedOut' : secretStates.dynamicsClientSecret !== 'absent'),
      started: services.started(),
      offline: failure?.offline === true || (status.kind === 'blocked' && status.reason.code === 'no-network'),
      attention: attention(store, settings.current(), failure, secretProblem(dynamics, clock.now()), newcomers),
      newcomers,
      run: progress === null ? null : runProgress(progress, rate.of(progress), store.runs.unfinished()?.phase === 'applying'),
      preview: previews.progress(),
      lastRun: summaryOf(lastFinished(store)),
      initialSync: initialSync(services, progress),
      schedule: {
        nextRunsAt: [...scheduler.upcoming(upcomingShown)],
        waitingBecause: status.kind === 'blocked' ? status.reason.message : null,
      },
    };
  };

  const tellOfSecretEnd = createSecretEndWatch(services, clock, announcer.secretEnds);
  let state = compute();
  tellOfSecretEnd();
  const changed = () => {
    state = compute();
    for (const listener of listeners) listener(state);
  };

  signIns.onChange(changed);
  const ends = [
    settings.onChange(changed),
    secrets.onChange(changed),
    scheduler.onChange(() => {
      if (scheduler.status().kind !== 'running') progress = null;
      changed();
    }),
    services.onProgress((next) => {
      progress = next;
      changed();
    }),
    services.onRun((run) => {
      progress = null;
      tellOfSecretEnd();
      newcomers = store.newcomers.countWaiting();
      if (run.outcome === 'ok' || run.outcome === 'attention') failure = null;
      if (run.outcome !== null) {
        announcer.ended({
          outcome: run.outcome,
          held: heldPlan(store),
          problems: problemCount(store),
          newcomers: newcomers.lead + newcomers.contact,
          leftOut: stillLeftOut(store, settings.current()).length,
        });
      }
      changed();
    }),
    services.logListeners.subscribe((entry) => {
      const problem = failureOf(entry);
      if (problem === null) return;
      failure = problem;
      announcer.failed(problem);
    }),
  ];

  return {
    current: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh: () => {
      newcomers = store.newcomers.countWaiting();
      changed();
    },
    close: () => {
      for (const end of ends) end();
    },
  };
}

const lastFinished = (store: SyncStore): Run | null => store.runs.latest(2).find((run) => run.phase === 'finished') ?? null;

/** How many people and fields do not sync, besides those whose tags can be repaired, which are told of by themselves. */
function problemCount(store: SyncStore): number {
  const { 'wrong-tags': _, ...reasons } = store.problems.countByReason();
  return Object.values(reasons).reduce((sum, count) => sum + count, 0);
}

function attention(
  store: SyncStore,
  settings: Settings,
  failure: RunFailure | null,
  secret: Problem | null,
  newcomers: AppState['newcomers'],
): Attention[] {
  const problems: Attention[] = [];
  if (failure !== null) problems.push({ ...failure.problem, about: failure.signIn ? 'connection' : 'run' });
  if (secret !== null) problems.push({ ...secret, about: 'connection' });
  const held = heldPlan(store);
  if (held !== null) {
    problems.push({
      about: 'heldPlan',
      message: `Run ${held.run} is held before anything was written: ${held.message}.`,
      advice: held.released ? 'It was let go: the next run carries it out.' : 'Look at what it would do, then let it go or drop it.',
    });
  }
  for (const entity of entities) if (newcomers[entity] > 0) problems.push(newcomersQuestion(entity, newcomers[entity]));
  const missing = store.automations.missing();
  if (missing.length > 0) {
    problems.push({
      about: 'automations',
      message:
        missing.length === 1
          ? `Automation ${missing[0]}, which people are created from, is not in ActiveCampaign any more.`
          : `${missing.length} automations that people are created from are not in ActiveCampaign any more.`,
      advice: 'Take it out under Data Configuration, or choose another one. The API key may also have lost the right to see automations.',
    });
  }
  const [leftOut, ...others] = stillLeftOut(store, settings);
  if (leftOut !== undefined) {
    problems.push({
      about: 'configuration',
      message: `${others.length === 0 ? 'A part' : `${others.length + 1} parts`} of the Data Configuration cannot be carried out: ${leftOut.message}${others.length === 0 ? '.' : ', among others.'}`,
      advice: 'It is marked under Data Configuration: choose something else there. The rest syncs.',
    });
  }
  const { waiting } = countWrongTags(store);
  if (waiting > 0) {
    problems.push({
      about: 'wrongTags',
      message:
        waiting === 1
          ? 'One person carries the Lead tag, and is a contact in Dynamics.'
          : `${waiting} people carry the Lead tag, and are contacts in Dynamics.`,
      advice: 'Repair it: the next run changes the tag to Contact and links them. Until then they do not sync.',
    });
  }
  const counts = problemCount(store);
  if (counts > 0) {
    problems.push({
      about: 'people',
      message: counts === 1 ? 'One person or field does not sync.' : `${counts} people or fields do not sync.`,
      advice: 'The list of people says for each one why, and what to do.',
    });
  }
  return problems;
}

const newcomersQuestion = (entity: Entity, count: number): Attention => ({
  about: 'newcomers',
  entity,
  message: `${count === 1 ? `One more ${entity} meets` : `${count.toLocaleString('en')} more ${entity}s meet`} the criteria now. Bring ${count === 1 ? 'it' : 'them'} in at the next run?`,
  advice: 'A change of the settings lets them in. If you leave them out, only those come in that begin to meet the criteria from now on.',
});

function initialSync({ store }: Services, progress: Progress | null): InitialSync {
  const finishedAt = initialSyncFinishedAt(store);
  if (finishedAt !== null) return { state: 'finished', finishedAt };
  if (progress?.kind === 'initial') return { state: 'begun', done: progress.done, total: progress.total };
  return store.runs.unfinished()?.kind === 'initial' ? { state: 'begun', done: 0, total: null } : { state: 'waiting' };
}

const runProgress = ({ run, kind, startedAt, activity, done, total }: Progress, rate: Rate, writing: boolean): RunProgress => ({
  number: run,
  kind,
  startedAt,
  writing,
  activity,
  done,
  total,
  ...rate,
});

type Rate = Pick<RunProgress, 'perSecond' | 'remainingMs'>;

/** A rate over less than this says nothing: the first progress comes with a whole page. */
const rateFromMs = 1000;

/** How fast the activity that is under way goes on, and how long it will take at that rate. */
function createRate(clock: Clock) {
  let activity = '';
  let startedAt = 0;
  let doneBefore = 0;
  return {
    of: (progress: Progress): Rate => {
      if (progress.activity !== activity) {
        activity = progress.activity;
        startedAt = clock.monotonic();
        doneBefore = progress.done;
      }
      const elapsed = clock.monotonic() - startedAt;
      const done = progress.done - doneBefore;
      if (done <= 0 || elapsed < rateFromMs) return { perSecond: null, remainingMs: null };
      const remainingMs = progress.total === null ? null : Math.max(0, Math.round((elapsed / done) * (progress.total - progress.done)));
      return { perSecond: (done / elapsed) * 1000, remainingMs };
    },
  };
}

function summaryOf(run: Run | null): RunSummary | null {
  if (run === null || run.outcome === null || run.finishedAt === null) return null;
  const { toActiveCampaign, toDynamics, held, failed } = run.counts;
  const parts = [
    [toActiveCampaign.created + toDynamics.created, 'created'],
    [toActiveCampaign.updated + toDynamics.updated, 'updated'],
    [toActiveCampaign.linked + toDynamics.linked, 'linked'],
    [held + failed, 'held'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return {
    number: run.number,
    kind: run.kind,
    outcome: run.outcome,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    summary: told.length === 0 ? 'Nothing had changed' : told.join(', '),
  };
}
