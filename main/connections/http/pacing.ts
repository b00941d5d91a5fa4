import type { Clock } from '../../ports/clock.ts';

/** How fast one connection may be used. */
export interface Pace {
  /** Starts are spaced evenly, so that no second sees a burst; null for no limit. */
  readonly startsPerSecond: number | null;
  /** Requests at the same time. */
  readonly inFlight: number;
}

/** One for each connection, shared by everything that talks through it. Turns are given in the order of asking. */
export interface Limiter {
  /** Waits for a turn and carries out `task`. Rejects with the signal's reason when it is aborted while waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** The service said "too many requests": nobody starts before `pauseMs` have passed, and the pace stays lower for a while. */
  throttled(pauseMs: number): void;
}

/** After a throttling the spacing grows by this factor, up to `slowest` times the ordinary one. */
const slowDownBy = 1.5;
const slowest = 4;
/** So many starts without a throttling take one step of slowing down back. */
const startsToRecover = 50;

interface Waiting {
  readonly start: () => void;
}

export function createLimiter(pace: Pace, clock: Clock): Limiter {
  const ordinarySpacingMs = pace.startsPerSecond === null ? 0 : 1000 / pace.startsPerSecond;
  const queue: Waiting[] = [];
  let inFlight = 0;
  let slowness = 1;
  let startsSinceThrottling = 0;
  let nextStartAt = Number.NEGATIVE_INFINITY;
  let sleeping: AbortController | null = null;

  function startWhoeverMay(): void {
    sleeping?.abort();
    sleeping = null;
    while (queue.length > 0 && inFlight < pace.inFlight) {
      const waitMs = nextStartAt - clock.monotonic();
      if (waitMs > 0) {
        wakeAfter(waitMs);
        return;
      }
      const first = queue.shift();
      inFlight += 1;
      nextStartAt = clock.monotonic() + ordinarySpacingMs * slowness;
      startsSinceThrottling += 1;
      if (startsSinceThrottling % startsToRecover === 0) slowness = Math.max(1, slowness / slowDownBy);
      first?.start();
    }
  }

  function wakeAfter(waitMs: number): void {
    const waking = new AbortController();
    sleeping = waking;
    clock.sleep(waitMs, waking.signal).then(startWhoeverMay, () => undefined);
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1);
        startWhoeverMay();
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      startWhoeverMay();
    });
  }

  return {
    async run(task, signal) {
      await turn(signal);
      try {
        return await task();
      } finally {
        inFlight -= 1;
        startWhoeverMay();
      }
    },
    throttled(pauseMs) {
      slowness = Math.min(slowest, slowness * slowDownBy);
      startsSinceThrottling = 0;
      nextStartAt = Math.max(nextStartAt, clock.monotonic() + pauseMs);
      startWhoeverMay();
    },
  };
}
