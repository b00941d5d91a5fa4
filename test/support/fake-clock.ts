import type { Clock } from '../../main/ports/clock.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /**
   * Lets `durationMs` pass: each timer that falls due is called at its own time, and what it starts (promises, further timers
   * inside the span) is finished before the next one.
   */
  advance(durationMs: number): Promise<void>;
  /** Somebody sets the machine's clock: `now` jumps, `monotonic` and the timers do not notice. */
  setSystemTime(time: number | string): void;
  /** How many timers and sleeps are waiting. */
  waiting(): number;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** @param start the time it shows at first, as milliseconds since the epoch or in ISO 8601. */
export function fakeClock(start: number | string = '2026-01-05T08:00:00Z'): FakeClock {
  let monotonic = 0;
  let offset = epoch(start);
  const timers = new Set<Timer>();

  const setTimer = (delayMs: number, callback: () => void) => {
    const timer = { dueAt: monotonic + Math.max(0, delayMs), callback };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };

  return {
    now: () => offset + monotonic,
    monotonic: () => monotonic,
    setTimer,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          cancel();
          reject(signal?.reason);
        };
        if (signal?.aborted) return reject(signal.reason);
        const cancel = setTimer(delayMs, () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    advance: async (durationMs) => {
      const end = monotonic + durationMs;
      await settled();
      for (let timer = earliest(timers, end); timer; timer = earliest(timers, end)) {
        timers.delete(timer);
        monotonic = Math.max(monotonic, timer.dueAt);
        timer.callback();
        await settled();
      }
      monotonic = end;
    },
    setSystemTime: (time) => {
      offset = epoch(time) - monotonic;
    },
    waiting: () => timers.size,
  };
}

const epoch = (time: number | string) => (typeof time === 'number' ? time : Date.parse(time));

/** A Set keeps its order, so timers of the same time are called in the order they were set. */
function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.dueAt <= end && (first === undefined || timer.dueAt < first.dueAt)) first = timer;
  }
  return first;
}

/** All promise callbacks that are ready have run, however long their chain, once the event loop turns. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
