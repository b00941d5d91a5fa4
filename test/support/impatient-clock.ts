import type { Clock } from '../../main/ports/clock.ts';

/**
 * A clock on which a sleep is over at once and has taken its time all the same: pacing, retries and the delay of an import cost a test
 * nothing, and everybody who shares the clock sees the same time.
 */
export interface ImpatientClock extends Clock {
  /** Time passes while nobody waits. */
  pass(durationMs: number): void;
}

export function impatientClock(start = '2026-07-01T12:00:00Z'): ImpatientClock {
  let elapsedMs = 0;
  return {
    now: () => Date.parse(start) + Math.floor(elapsedMs),
    monotonic: () => elapsedMs,
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted();
      elapsedMs += delayMs;
    },
    setTimer: () => () => undefined,
    pass: (durationMs) => {
      elapsedMs += durationMs;
    },
  };
}
