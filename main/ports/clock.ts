/** Time as the program sees it. Everything that waits or reads a clock takes one of these. */
export interface Clock {
  /** Milliseconds since the Unix epoch, by this machine's clock. It may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. For measuring durations. */
  monotonic(): number;
  /** Resolves after `delayMs`. Rejects with the signal's reason when it is aborted first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls `callback` once after `delayMs` (a hint: it may come late). Answers a function that takes the timer back. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

/** Node keeps a delay in 32 bits: anything longer fires at once. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (delayMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
        Math.min(delayMs, longestDelayMs),
      );
      signal?.addEventListener('abort', abort, { once: true });
    }),
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
};

/**
 * A clock that runs `scale` times faster than `base` from the moment it is made (contracts, section 4: `--time-scale`).
 * Only the scheduler is given one; network time-outs and pacing keep the real clock.
 */
export function scaledClock(base: Clock, scale: number): Clock {
  const startedAt = base.now();
  const startedMonotonic = base.monotonic();
  const elapsed = () => (base.monotonic() - startedMonotonic) * scale;
  return {
    now: () => startedAt + elapsed(),
    monotonic: elapsed,
    sleep: (delayMs, signal) => base.sleep(delayMs / scale, signal),
    setTimer: (delayMs, callback) => base.setTimer(delayMs / scale, callback),
  };
}
