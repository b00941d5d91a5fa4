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
  /**
   * Waits for a turn and carries out `task`. Rejects with the signal's reason when it is aborted while waiting.
   * @param turns so many times the spacing pass before the next start; default 1.
   */
  run<T>(task: () => Promise<T>, signal: AbortSignal, turns?: number): Promise<T>;
  /** The service said "too many requests": nobody starts before `pauseMs` have passed, and the pace stays lower for a while. */
  throttled(pauseMs: number): void;
}

/** After a throttling the spacing grows by this factor, up to `slowest` times the ordinary one. */
const slowDownBy = 1.25;
const slowest = 4;
/**
 * So many starts without a throttling take one step of slowing down back; twice as many each time that it is too fast again soon after. A single
 * throttling (an answer that was late on its way makes two requests arrive together) costs little, and an account that others use as well is
 * rarely asked for more than it has.
 */
const startsToRecover = 20;
const mostStartsToRecover = 320;

interface Waiting {
  readonly start: () => void;
  readonly turns: number;
}

export function createLimiter(pace: Pace, clock: Clock): Limiter {
  const ordinarySpacingMs = pace.startsPerSecond === null ? 0 : 1000 / pace.startsPerSecond;
  const queue: Waiting[] = [];
  let inFlight = 0;
  let slowness = 1;
  let startsSinceThrottling = Number.POSITIVE_INFINITY;
  let recoverAfter = startsToRecover;
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
      if (first === undefined) return;
      inFlight += 1;
      nextStartAt = clock.monotonic() + ordinarySpacingMs * slowness * first.turns;
      startsSinceThrottling += 1;
      if (startsSinceThrottling % recoverAfter === 0) slowness = Math.max(1, slowness / slowDownBy);
      first.start();
    }
  }

  function wakeAfter(waitMs: number): void {
    const waking = new AbortController();
    sleeping = waking;
    clock.sleep(waitMs, waking.signal).then(startWhoeverMay, () => undefined);
  }

  function turn(signal: AbortSignal, turns: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1);
        startWhoeverMay();
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        turns,
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
    async run(task, signal, turns = 1) {
      await turn(signal, turns);
      try {
        return await task();
      } finally {
        inFlight -= 1;
        startWhoeverMay();
      }
    },
    throttled(pauseMs) {
      // What was under way already when the service said so says nothing new.
      if (startsSinceThrottling > 0) {
        const soonAgain = startsSinceThrottling < 2 * recoverAfter;
        recoverAfter = soonAgain ? Math.min(mostStartsToRecover, recoverAfter * 2) : startsToRecover;
        slowness = Math.min(slowest, slowness * slowDownBy);
        startsSinceThrottling = 0;
      }
      nextStartAt = Math.max(nextStartAt, clock.monotonic() + pauseMs);
      startWhoeverMay();
    },
  };
}
