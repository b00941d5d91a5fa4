import type { Clock } from '../../main/ports/clock.ts';

/** The time of a simulated world: nobody waits for it. When everything that runs waits for a timer, time jumps to the earliest one. */
export interface VirtualClock extends Clock {
  /** Lets time pass while nothing runs. Timers that fall due meanwhile are called late, when something waits again. */
  pass(durationMs: number): void;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** @param startedAt milliseconds since the epoch. */
export function virtualClock(startedAt: number): VirtualClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  let ticking = false;

  // Everything simulated is made of promises alone: once the event loop turns, all that could go on has gone on.
  const tickLater = () => {
    if (ticking || timers.size === 0) return;
    ticking = true;
    setImmediate(() => {
      ticking = false;
      const next = earliest(timers);
      if (next === undefined) return;
      timers.delete(next);
      elapsedMs = Math.max(elapsedMs, next.dueAt);
      next.callback();
      tickLater();
    });
  };
  const setTimer = (delayMs: number, callback: () => void) => {
    const timer = { dueAt: elapsedMs + Math.max(0, delayMs), callback };
    timers.add(timer);
    tickLater();
    return () => void timers.delete(timer);
  };

  return {
    now: () => startedAt + Math.floor(elapsedMs),
    monotonic: () => elapsedMs,
    setTimer,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = setTimer(delayMs, () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    pass: (durationMs) => {
      elapsedMs += durationMs;
    },
  };
}

/** Of timers of the same time, the one that was set first. */
function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.dueAt < first.dueAt) first = timer;
  return first;
}
