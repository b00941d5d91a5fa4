import type { AppState, Attention, InitialSync, Problem, RunProgress, RunSummary } from '../../shared/app-state.ts';
import type { LogEntry } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notification, Notifier } from '../ports/notifier.ts';
import type { Services } from '../services/services.ts';
import type { Run } from '../store/runs.ts';
import type { Progress } from '../sync/engine.ts';
import { heldPlan } from '../sync/held-plan.ts';
import { initialSyncFinishedAt } from '../sync/initial-sync.ts';
import { countWrongTags } from './matches.ts';
import type { Previews } from './preview.ts';
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
  readonly mode: AppState['mode'];
  readonly notifier: Notifier;
  readonly clock: Clock;
}

const upcomingShown = 5;

export function createStateView({ services, secrets, previews, mode, notifier, clock }: StateViewOptions): StateView {
  const { settings, store, scheduler } = services;
  const listeners = new Set<(state: AppState) => void>();
  const rate = createRate(clock);
  let progress: Progress | null = null;
  let failure: { readonly problem: Problem; readonly offline: boolean } | null = null;

  const notify = (notification: Notification) => {
    if (settings.current().general.notifications) notifier.notify(notification);
  };

  const compute = (): AppState => {
    const secretStates = secrets.states();
    const { activeCampaign, dynamics } = settings.current();
    const status = scheduler.status();
    return {
      mode,
      settings: settings.current(),
      settingsProblems: [...(settings.problem() ?? [])],
      secrets: secretStates,
      connected:
        activeCampaign.apiUrl !== '' &&
        dynamics.environmentUrl !== '' &&
        secretStates.activeCampaignKey !== 'absent' &&
        (dynamics.signIn === 'user' || secretStates.dynamicsClientSecret !== 'absent'),
      started: services.started(),
      offline: failure?.offline ?? false,
      attention: attention(services, failure?.problem ?? null),
      run: progress === null ? null : runProgress(progress, rate.of(progress), store.runs.unfinished()?.phase === 'applying'),
      preview: previews.progress(),
      lastRun: summaryOf(store.runs.latest(2).find((run) => run.phase === 'finished') ?? null),
      initialSync: initialSync(services, progress),
      schedule: {
        nextRunsAt: [...scheduler.upcoming(upcomingShown)],
        waitingBecause: status.kind === 'blocked' ? status.reason.message : null,
      },
    };
  };

  let state = compute();
  const changed = () => {
    state = compute();
    for (const listener of listeners) listener(state);
  };

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
      if (run.outcome === 'ok' || run.outcome === 'attention') {
        if (failure !== null) notify({ kind: 'backToNormal', title: 'Leadferry is back to normal', body: 'The last run went through.' });
        failure = null;
      }
      if (run.outcome === 'held') {
        notify({
          kind: 'runHeld',
          title: 'A run is held',
          body: heldPlan(store)?.message ?? 'A guard holds the plan of the run.',
        });
      }
      changed();
    }),
    services.logListeners.subscribe((entry) => {
      const problem = failureOf(entry);
      if (problem === null) return;
      const before = failure;
      failure = { problem, offline: entry.details?.code === 'service-down' };
      if (before?.problem.message === problem.message) return;
      const kind = entry.details?.code === 'bad-credentials' ? 'signInExpired' : 'attention';
      notify({ kind, title: 'Leadferry needs attention', body: problem.message });
    }),
  ];

  return {
    current: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh: changed,
    close: () => {
      for (const end of ends) end();
    },
  };
}

/** Log entries that end a run, as a problem to show. */
function failureOf({ event, level, message, details }: LogEntry): Problem | null {
  if (level !== 'error' || event === 'settings.refused' || event === 'run.held') return null;
  const words = details?.serviceMessage;
  return {
    message,
    advice: typeof details?.advice === 'string' ? details.advice : 'See the Live Log for what happened; it is tried again at the next run.',
    ...(typeof words === 'string' && { serviceMessage: words }),
  };
}

function attention({ store }: Services, failure: Problem | null): Attention[] {
  const problems: Attention[] = [];
  if (failure !== null) problems.push({ ...failure, about: 'run' });
  const held = heldPlan(store);
  if (held !== null) {
    problems.push({
      about: 'heldPlan',
      message: `Run ${held.run} is held before anything was written: ${held.message}.`,
      advice: held.released ? 'It was let go: the next run carries it out.' : 'Look at what it would do, then let it go or drop it.',
    });
  }
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
  const { 'wrong-tags': _, ...reasons } = store.problems.countByReason();
  const counts = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  if (counts > 0) {
    problems.push({
      about: 'people',
      message: counts === 1 ? 'One person or field does not sync.' : `${counts} people or fields do not sync.`,
      advice: 'The list of people says for each one why, and what to do.',
    });
  }
  return problems;
}

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
