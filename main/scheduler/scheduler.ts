import type { Log } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { PowerEvents } from '../ports/power.ts';
import { type JobSchedule, latestDueAt, nextRunAt, upcomingRuns } from './next-run-at.ts';
import type { ScheduleState, ScheduleStore } from './schedule-store.ts';

/** Why no run may begin: a sentence for the admin, and a code to act on. */
export interface BlockedReason {
  readonly code: 'not-connected' | 'not-started' | 'settings-refused' | 'locked' | 'no-network';
  readonly message: string;
}

export type SchedulerStatus =
  | { readonly kind: 'waiting'; readonly dueAt: number }
  | { readonly kind: 'running'; readonly since: number }
  /** A run that falls due meanwhile begins as soon as the reason is gone. */
  | { readonly kind: 'blocked'; readonly reason: BlockedReason }
  | { readonly kind: 'stopped' };

export interface SchedulerOptions {
  /** May be scaled (`scaledClock`). */
  readonly clock: Clock;
  readonly power: Pick<PowerEvents, 'onResume'>;
  readonly state: ScheduleStore;
  /** As the settings and the machine say now; asked again at every look. */
  readonly schedule: () => JobSchedule;
  /** Why no run may begin now, or null. */
  readonly blocked: () => BlockedReason | null;
  /**
   * Does one run. `unfinished` where it was stopped before its end: the next start of the program then takes it up at once. A run
   * that failed or was held is `finished`: the next due time tries again.
   */
  readonly run: () => Promise<'finished' | 'unfinished'>;
  readonly log: Log;
}

export interface Scheduler {
  start(): void;
  /** Begins nothing any more. Resolves when a run that is under way has ended; ending it is up to who gave `run`. */
  stop(): Promise<void>;
  status(): SchedulerStatus;
  /** The next due times, soonest first; empty while nothing is scheduled. */
  upcoming(count: number): readonly number[];
  /** Looks again now: the settings, the connection or the lock have changed. Begins nothing that is not due. */
  recheck(): void;
  /** Calls `listener` after the status has changed. Answers a function that ends it. */
  onChange(listener: () => void): () => void;
}

/**
 * How long a run that is due waits for a network: after a sleep that is often not ready yet. What the machine says of its network may be
 * wrong, so after this the run begins all the same, and says itself what it cannot reach.
 */
const networkPatienceMs = 10 * 60_000;

/** How often it looks at least: timers stand still while a machine sleeps, and know nothing of a clock that is set. */
const tickMs = 60_000;

/**
 * Begins a run at each due time. The due time is an absolute instant, computed anew at every look from the last one, which is on
 * disk; a timer is only a hint to look. There is no way to ask for a run: what is not due does not begin.
 */
export function createScheduler({ clock, power, state, schedule, blocked, run, log }: SchedulerOptions): Scheduler {
  const listeners = new Set<() => void>();
  let status: SchedulerStatus = { kind: 'stopped' };
  let saved: ScheduleState | null = null;
  /** A run was cut short before this start, and is due again. */
  let takeUp = false;
  /** The schedule of the last look, to see that it was changed. */
  let known: JobSchedule | null = null;
  /** Since when what is due waits for a network. */
  let awaitedSince: number | null = null;
  let active = false;
  let running: Promise<void> | null = null;
  let cancelTimer = () => {};
  let endResume = () => {};

  const become = (next: SchedulerStatus) => {
    const changed = JSON.stringify(next) !== JSON.stringify(status);
    status = next;
    if (changed) for (const listener of listeners) listener();
  };

  const save = (next: ScheduleState) => {
    state.write(next);
    saved = next;
  };

  /** The due time that the next one is counted from. */
  const countedFrom = (current: JobSchedule, { lastDueAt, letGoUntil }: ScheduleState): number =>
    letGoUntil === null ? lastDueAt : latestDueAt(current, lastDueAt, letGoUntil);

  const dueAt = (current: JobSchedule, now: number): number =>
    saved === null || takeUp ? now : nextRunAt(current, countedFrom(current, saved));

  /** A last due time in the future comes from a clock that was wrong then or is now: waiting for it could take days. */
  const correctForClock = (now: number) => {
    if (saved === null || Math.max(saved.lastDueAt, saved.letGoUntil ?? 0) - now <= tickMs) return;
    save({ ...saved, lastDueAt: Math.min(saved.lastDueAt, now), letGoUntil: null });
    const message = `The clock was set back to ${iso(now)}, before what was done last. Runs are counted from now.`;
    log.write({ level: 'warn', event: 'schedule.reanchored', message });
  };

  /** A shorter frequency is no way to force a run: due times of the new one that have passed already are let go. */
  const correctForChange = (current: JobSchedule, now: number) => {
    const before = known;
    known = current;
    if (saved === null || before === null) return;
    if (before.jobFrequency === current.jobFrequency && before.dailyAt === current.dailyAt) return;
    if (dueAt(before, now) > now) save({ ...saved, letGoUntil: now });
  };

  const begin = (current: JobSchedule, due: number, now: number) => {
    save({ lastDueAt: saved === null ? now : latestDueAt(current, saved.lastDueAt, now), letGoUntil: null, unfinished: true });
    if (now - due > 2 * tickMs) {
      log.write({
        level: 'info',
        event: 'schedule.missed',
        message: `The run that was due at ${iso(due)} was missed. It is caught up now.`,
      });
    }
    takeUp = false;
    awaitedSince = null;
    running = Promise.resolve().then(runToItsEnd);
    become({ kind: 'running', since: now });
  };

  const runToItsEnd = async () => {
    const end = await run().catch((error: unknown) => {
      log.write({ level: 'error', event: 'run.failed', message: `The run ended with an error: ${wordsOf(error)}`, details: { error } });
      return 'finished' as const;
    });
    running = null;
    attempt(() => {
      if (saved !== null && end === 'finished') save({ ...saved, unfinished: false });
    });
    if (active) look();
    else become({ kind: 'stopped' });
  };

  const look = () => {
    if (!active || running !== null) return;
    cancelTimer();
    attempt(() => {
      const now = clock.now();
      const current = schedule();
      correctForClock(now);
      correctForChange(current, now);
      const due = dueAt(current, now);
      const reason = inTheWay(blocked(), due, now);
      if (reason === null && due <= now) return begin(current, due, now);
      cancelTimer = clock.setTimer(reason === null ? Math.min(due - now, tickMs) : tickMs, look);
      become(reason === null ? { kind: 'waiting', dueAt: due } : { kind: 'blocked', reason });
    });
  };

  /** A missing network stands in the way only of what is due, and not for ever. */
  const inTheWay = (reason: BlockedReason | null, due: number, now: number): BlockedReason | null => {
    if (reason?.code !== 'no-network') return reason;
    awaitedSince = due <= now ? (awaitedSince ?? now) : null;
    return awaitedSince !== null && now - awaitedSince < networkPatienceMs ? reason : null;
  };

  /** Where the state cannot be written (a full disk) nothing begins that could not be remembered; the next tick tries again. */
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.write({
        level: 'error',
        event: 'schedule.failed',
        message: `The schedule cannot be kept: ${wordsOf(error)}`,
        details: { error },
      });
      cancelTimer = clock.setTimer(tickMs, look);
    }
  };

  return {
    start: () => {
      saved = state.read();
      takeUp = saved?.unfinished ?? false;
      active = true;
      endResume = power.onResume(look);
      look();
    },
    stop: async () => {
      active = false;
      cancelTimer();
      endResume();
      if (running === null) become({ kind: 'stopped' });
      else await running;
    },
    status: () => status,
    upcoming: (count) => {
      if (status.kind === 'blocked' || status.kind === 'stopped') return [];
      const now = clock.now();
      const current = schedule();
      const due = dueAt(current, now);
      if (due > now || saved === null) return upcomingRuns(current, due, count);
      const afterwards = nextRunAt(current, latestDueAt(current, saved.lastDueAt, now));
      return [now, ...upcomingRuns(current, afterwards, count - 1)];
    },
    recheck: look,
    onChange: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const iso = (time: number): string => new Date(time).toISOString();
