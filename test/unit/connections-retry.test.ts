import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRetry, type RetryPolicy, retryAfterMs, standardRetry, type Trouble } from '../../main/connections/http/retry.ts';

const idempotent: RetryPolicy = { ...standardRetry, idempotent: true };
const notIdempotent: RetryPolicy = { ...standardRetry, idempotent: false };

const pauses = fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: null });
const troubles: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ kind: fc.constant('throttled' as const), retryAfterMs: pauses }),
  fc.record({ kind: fc.constant('unavailable' as const), retryAfterMs: pauses }),
  fc.record({
    kind: fc.constant('transport' as const),
    failure: fc.constantFrom('unreachable', 'timeout', 'connection-lost', 'too-large', 'certificate'),
  }),
  fc.constant({ kind: 'sporadic-refusal' as const }),
);
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: 20 });

describe('the decision to try again', () => {
  test('ends after a bounded number of tries, whatever the trouble', () => {
    fc.assert(fc.property(troubles, fractions, (trouble, fraction) => !decideRetry(8, trouble, idempotent, fraction).retry));
  });

  test('waits at least as long as the service asks, and not much longer', () => {
    fc.assert(
      fc.property(attempts, fc.integer({ min: 0, max: 600_000 }), fractions, (attempt, askedMs, fraction) => {
        const decision = decideRetry(attempt, { kind: 'throttled', retryAfterMs: askedMs }, idempotent, fraction);
        if (decision.retry) expect(decision.afterMs).toSatisfy((afterMs: number) => afterMs >= askedMs && afterMs <= askedMs + 1_000);
      }),
    );
  });

  test('never waits longer than a minute of its own accord, and always for a while', () => {
    fc.assert(
      fc.property(attempts, troubles, fractions, (attempt, trouble, fraction) => {
        const decision = decideRetry(attempt, trouble, idempotent, fraction);
        const asked = 'retryAfterMs' in trouble && trouble.retryAfterMs !== null;
        if (decision.retry && !asked) expect(decision.afterMs).toSatisfy((afterMs: number) => afterMs >= 500 && afterMs <= 60_000);
      }),
    );
  });

  test('repeats what may have been carried out only where that does no harm', () => {
    fc.assert(
      fc.property(attempts, troubles, fractions, (attempt, trouble, fraction) => {
        const nothingWasDone = trouble.kind === 'throttled' || trouble.kind === 'sporadic-refusal';
        expect(!nothingWasDone && decideRetry(attempt, trouble, notIdempotent, fraction).retry).toBe(false);
      }),
    );
  });

  test('doubles the wait each time', () => {
    const waits = [1, 2, 3, 4].map((attempt) => decideRetry(attempt, { kind: 'unavailable', retryAfterMs: null }, idempotent, 0));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000].map((afterMs) => ({ retry: true, afterMs })));
  });

  test('gives up at once on an untrusted certificate, an answer that is too large, and a pause of hours', () => {
    const decisions = [
      decideRetry(1, { kind: 'transport', failure: 'certificate' }, idempotent, 0),
      decideRetry(1, { kind: 'transport', failure: 'too-large' }, idempotent, 0),
      decideRetry(1, { kind: 'throttled', retryAfterMs: 3_600_000 }, idempotent, 0),
    ];
    expect(decisions).toEqual([{ retry: false }, { retry: false }, { retry: false }]);
  });

  test('a refusal that ActiveCampaign sends now and then is tried three times in all', () => {
    const decisions = [1, 2, 3].map((attempt) => decideRetry(attempt, { kind: 'sporadic-refusal' }, idempotent, 0).retry);
    expect(decisions).toEqual([true, true, false]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-07-01T12:00:00Z');

  test.each([
    ['seconds', { 'retry-after': '30' }, 30_000],
    ['fractions of a second', { 'retry-after': '1.5' }, 1_500],
    ['a date, against this machine when the service sends no time', { 'retry-after': 'Wed, 01 Jul 2026 12:00:20 GMT' }, 20_000],
    [
      'a date, against the time of the service',
      { 'retry-after': 'Wed, 01 Jul 2026 13:00:20 GMT', date: 'Wed, 01 Jul 2026 13:00:00 GMT' },
      20_000,
    ],
    ['a date that is over', { 'retry-after': 'Wed, 01 Jul 2026 11:00:00 GMT' }, 0],
    ['nothing', {}, null],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
  ])('%s', (_, headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });
});
