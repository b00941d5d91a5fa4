import { DataverseError } from './dataverse-error.ts';
import type { ServiceProtection } from './variant.ts';

/**
 * Service protection of one environment: each user has its own window.
 * https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export interface Throttle {
  /**
   * Counts a request that begins. Answers what has to be called when it ends.
   * @throws DataverseError 429 with `Retry-After`, which grows while refused requests keep coming.
   */
  begin(userId: string): () => void;
  /** What is left of the window, for the `x-ms-ratelimit-…` headers. */
  remaining(userId: string): { readonly requests: number; readonly executionMs: number };
}

interface Window {
  served: { readonly startedAt: number; durationMs: number }[];
  inFlight: number;
  /** Requests refused since the last one that was served. */
  refused: number;
}

export function createThrottle(limits: ServiceProtection, clock: { now(): number }): Throttle {
  const windows = new Map<string, Window>();

  const windowOf = (userId: string): Window => {
    const window = windows.get(userId) ?? { served: [], inFlight: 0, refused: 0 };
    windows.set(userId, window);
    const since = clock.now() - limits.windowMs;
    const [oldest] = window.served;
    if (oldest !== undefined && oldest.startedAt <= since) window.served = window.served.filter(({ startedAt }) => startedAt > since);
    return window;
  };
  const executionMs = (window: Window) => window.served.reduce((sum, { durationMs }) => sum + durationMs, 0);

  const refuse = (window: Window, code: string, message: string): DataverseError => {
    window.refused += 1;
    const oldest = window.served[0]?.startedAt ?? clock.now();
    const untilRoomMs = Math.max(0, oldest + limits.windowMs - clock.now());
    const seconds = Math.min(limits.windowMs / 1_000, Math.ceil(untilRoomMs / 1_000) + window.refused);
    return new DataverseError(429, code, message, { 'retry-after': String(seconds) });
  };

  return {
    begin(userId) {
      const window = windowOf(userId);
      const seconds = limits.windowMs / 1_000;
      if (window.served.length >= limits.requests) {
        throw refuse(
          window,
          '0x80072322',
          `Number of requests exceeded the limit of ${limits.requests} over time window of ${seconds} seconds.`,
        );
      }
      if (executionMs(window) >= limits.executionMs) {
        throw refuse(
          window,
          '0x80072321',
          `Combined execution time of incoming requests exceeded limit of ${limits.executionMs} milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
        );
      }
      if (window.inFlight >= limits.concurrentRequests) {
        throw refuse(window, '0x80072326', `Number of concurrent requests exceeded the limit of ${limits.concurrentRequests}.`);
      }
      const request = { startedAt: clock.now(), durationMs: 0 };
      window.served.push(request);
      window.inFlight += 1;
      window.refused = 0;
      return () => {
        window.inFlight -= 1;
        request.durationMs = clock.now() - request.startedAt;
      };
    },
    remaining(userId) {
      const window = windowOf(userId);
      return {
        requests: limits.requests - window.served.length,
        executionMs: limits.executionMs - executionMs(window),
      };
    },
  };
}
