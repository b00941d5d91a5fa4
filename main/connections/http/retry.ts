import type { TransportFailure } from './transport.ts';

/** Why a try did not lead to an answer that counts. */
export type Trouble =
  /** "Too many requests": nothing was carried out. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  /** The service says that it cannot answer now, or its answer is broken: the request may have been carried out or not. */
  | { readonly kind: 'unavailable'; readonly retryAfterMs: number | null }
  /** No complete answer came: the request may have been carried out or not. */
  | { readonly kind: 'transport'; readonly failure: TransportFailure }
  /** A refusal of the credentials that ActiveCampaign also sends now and then to good ones. */
  | { readonly kind: 'sporadic-refusal' };

export interface RetryPolicy {
  /** Carrying the request out twice leaves the same as once. */
  readonly idempotent: boolean;
  /** Tries in all, the first included, for each kind of trouble. */
  readonly tries: { readonly throttled: number; readonly unavailable: number; readonly sporadicRefusal: number };
  /** Wait before the second try where the service names none; doubled each time. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A service that asks for a longer pause than this is not waited for. */
  readonly longestRetryAfterMs: number;
}

export const standardRetry: Omit<RetryPolicy, 'idempotent'> = {
  tries: { throttled: 8, unavailable: 5, sporadicRefusal: 3 },
  firstDelayMs: 1_000,
  longestDelayMs: 60_000,
  longestRetryAfterMs: 600_000,
};

/** For what somebody waits for in front of the screen: a service that is away is told of at once. */
export const briefRetry: Omit<RetryPolicy, 'idempotent'> = {
  ...standardRetry,
  tries: { ...standardRetry.tries, throttled: 3, unavailable: 2 },
  firstDelayMs: 500,
  longestRetryAfterMs: 10_000,
};

export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly afterMs: number };

const stop: RetryDecision = { retry: false };

/**
 * Whether to try again after try number `attempt` (from 1), and how long to wait before.
 * @param fraction From 0 up to 1: spreads the waits of clients that were refused together.
 */
export function decideRetry(attempt: number, trouble: Trouble, policy: RetryPolicy, fraction: number): RetryDecision {
  switch (trouble.kind) {
    case 'throttled':
      return attempt < policy.tries.throttled ? wait(attempt, trouble.retryAfterMs, policy, fraction) : stop;
    case 'unavailable':
      return policy.idempotent && attempt < policy.tries.unavailable ? wait(attempt, trouble.retryAfterMs, policy, fraction) : stop;
    case 'transport':
      return policy.idempotent && mayPass(trouble.failure) && attempt < policy.tries.unavailable
        ? wait(attempt, null, policy, fraction)
        : stop;
    case 'sporadic-refusal':
      return attempt < policy.tries.sporadicRefusal ? wait(attempt, null, policy, fraction) : stop;
  }
}

function mayPass(failure: TransportFailure): boolean {
  switch (failure) {
    case 'unreachable':
    case 'timeout':
    case 'connection-lost':
      return true;
    case 'too-large':
    case 'certificate':
      return false;
  }
}

function wait(attempt: number, retryAfterMs: number | null, policy: RetryPolicy, fraction: number): RetryDecision {
  const backOffMs = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  if (retryAfterMs === null) return { retry: true, afterMs: backOffMs * (0.5 + 0.5 * fraction) };
  if (retryAfterMs > policy.longestRetryAfterMs) return stop;
  return { retry: true, afterMs: retryAfterMs + policy.firstDelayMs * fraction };
}

/**
 * Milliseconds that a `Retry-After` header asks for: whole seconds, or a date (RFC 9110, section 10.2.3), which is compared with the
 * answer's own `Date` where there is one, since this machine's clock may be wrong.
 * @returns null where there is no header or it cannot be understood.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // An HTTP date begins with the day of the week; the parser of dates takes much else.
  const until = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const serverNow = Date.parse(headers.date ?? '');
  return Math.max(0, until - (Number.isNaN(serverNow) ? nowMs : serverNow));
}
