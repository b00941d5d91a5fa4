import type { ServiceError } from '../errors.ts';
import type { Attempt, ConnectionPorts } from '../http/exchange.ts';
import { decideRetry, type RetryPolicy, standardRetry, type Trouble } from '../http/retry.ts';
import { type BatchAnswer, boundaryOf, parseBatch } from './batch-parser.ts';
import { firstBatchSize, nextBatchSize } from './batch-size.ts';
import { type BatchPart, writeBatch } from './batch-writer.ts';
import { errorOf, judge, requestIdOf, unexpectedAnswer } from './errors.ts';
import { rootPath, type WebApi } from './requests.ts';

/** What came of one part. `unanswered`: it may or may not have been carried out. */
export type PartResult =
  /** `requestId`: the service's own name of the request, for its support; a part has none, so it is that of the whole batch. */
  { readonly kind: 'answered'; readonly answer: BatchAnswer; readonly requestId: string | null } | { readonly kind: 'unanswered' };

export interface BatchRunner {
  /**
   * Carries out any number of parts, in order, through as many `$batch` requests as that takes. Parts must be safe to repeat: a part that was
   * throttled, or got no answer, is sent again.
   * @returns One result a part, in the same order. When the service stops answering on the way, the parts that are left are `unanswered`.
   * @throws ServiceError when not a single part was answered.
   */
  run(parts: readonly BatchPart[], what: string): Promise<readonly PartResult[]>;
}

type BatchRunnerPorts = Pick<ConnectionPorts, 'clock' | 'random' | 'retry'>;

type Sent =
  | { readonly kind: 'answers'; readonly answers: readonly BatchAnswer[]; readonly requestId: string | null; readonly tookMs: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly error: ServiceError }
  | { readonly kind: 'refused'; readonly error: ServiceError };

export function createBatchRunner(api: WebApi, { clock, random, retry = standardRetry }: BatchRunnerPorts): BatchRunner {
  const policy: RetryPolicy = { ...retry, idempotent: true };
  let size = firstBatchSize;

  async function send(parts: readonly BatchPart[], what: string): Promise<Sent> {
    const boundary = `batch_${random.uuid()}`;
    const attempt: Attempt = await api.once({
      method: 'POST',
      url: `${api.root}$batch`,
      headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, prefer: 'odata.continue-on-error', accept: 'multipart/mixed' },
      body: writeBatch(parts, rootPath, boundary),
    });
    if (attempt.kind === 'trouble') return attempt;
    const { response } = attempt;
    if (response.status < 200 || response.status > 299) return { kind: 'refused', error: errorOf(response, api.host, what) };
    const answerBoundary = boundaryOf(response.headers['content-type'] ?? '');
    const answers = answerBoundary === null ? null : parseBatch(response.body, answerBoundary);
    if (answers === null || answers.length > parts.length) return { kind: 'refused', error: unexpectedAnswer(response, api.host) };
    return { kind: 'answers', answers, requestId: requestIdOf(response) ?? null, tookMs: attempt.tookMs };
  }

  return {
    async run(parts, what) {
      const results: PartResult[] = parts.map(() => ({ kind: 'unanswered' }));
      const tries = parts.map(() => 0);
      let open = parts.map((part, index) => ({ part, index }));
      let failures = 0;
      let answered = false;

      while (open.length > 0) {
        const sending = open.slice(0, size);
        const sent = await send(
          sending.map(({ part }) => part),
          what,
        );
        if (sent.kind !== 'answers') {
          failures += 1;
          const decision =
            sent.kind === 'trouble' ? decideRetry(failures, sent.trouble, policy, random.fraction()) : { retry: false as const };
          if (sent.kind === 'refused' || !decision.retry) {
            if (answered) return results;
            throw sent.error;
          }
          if (isOverload(sent.trouble)) size = nextBatchSize(size, { kind: 'throttled-or-timed-out' });
          await api.exchange.waitAfter(sent.trouble, decision.afterMs);
          continue;
        }

        failures = 0;
        let pause: { readonly trouble: Trouble; readonly afterMs: number } | null = null;
        const settled = new Set<number>();
        for (const [position, { index }] of sending.entries()) {
          const answer = sent.answers[position];
          // A part without an answer was not reached, or its answer was cut off.
          const trouble: Trouble | null = answer === undefined ? { kind: 'unavailable', retryAfterMs: null } : judge(answer, clock.now());
          if (answer !== undefined) {
            results[index] = { kind: 'answered', answer, requestId: requestIdOf(answer) ?? sent.requestId };
            answered = true;
          }
          if (trouble === null) {
            settled.add(index);
            continue;
          }
          const attempt = (tries[index] ?? 0) + 1;
          tries[index] = attempt;
          const decision = decideRetry(attempt, trouble, policy, random.fraction());
          if (!decision.retry) settled.add(index);
          else if (pause === null || decision.afterMs > pause.afterMs) pause = { trouble, afterMs: decision.afterMs };
        }
        open = open.filter(({ index }) => !settled.has(index));
        size = nextBatchSize(
          size,
          pause !== null && isOverload(pause.trouble) ? { kind: 'throttled-or-timed-out' } : { kind: 'answered', tookMs: sent.tookMs },
        );
        if (pause !== null) await api.exchange.waitAfter(pause.trouble, pause.afterMs);
      }
      return results;
    },
  };
}

function isOverload(trouble: Trouble): boolean {
  return trouble.kind === 'throttled' || (trouble.kind === 'transport' && trouble.failure === 'timeout');
}
