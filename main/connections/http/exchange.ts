import type { Log } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { type Service, ServiceError } from '../errors.ts';
import type { Limiter } from './pacing.ts';
import { decideRetry, type RetryPolicy, standardRetry, type Trouble } from './retry.ts';
import { type HttpRequest, type HttpResponse, type HttpTransport, TransportError } from './transport.ts';

/** What both clients are given from outside. */
export interface ConnectionPorts {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends every wait and every request of this client. */
  readonly signal: AbortSignal;
  readonly limiter: Limiter;
  /** Called once for each HTTP try. */
  readonly onRequest: (service: Service) => void;
  readonly log?: Log;
  /** Default `standardRetry`. */
  readonly retry?: Omit<RetryPolicy, 'idempotent'>;
}

/** What the two services do differently. */
export interface ExchangeRules {
  readonly service: Service;
  /** As messages name it. */
  readonly name: string;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Whether an answer means "try again" before anything else is read from it; null for an answer that counts. */
  judge(response: HttpResponse): Trouble | null;
  requestId(response: HttpResponse): string | undefined;
}

export type Attempt =
  /** `tookMs`: from the start to the whole answer, without the wait for a turn. */
  | { readonly kind: 'answered'; readonly response: HttpResponse; readonly tookMs: number }
  /** `error` says it in words, should nobody try again. `response` is there when the trouble came as an answer. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly error: ServiceError; readonly response: HttpResponse | null };

/** Pacing, counting, retries and errors in one place, for both services. */
export interface Exchange {
  /** One try in its turn. Throws only the signal's reason. @param turns see `Limiter`; default 1. */
  once(request: HttpRequest, turns?: number): Promise<Attempt>;
  /**
   * Tries until an answer counts or the retries are used up.
   * @throws ServiceError `too-many-requests`, `service-down`.
   */
  complete(request: HttpRequest, options: { readonly idempotent: boolean; readonly turns?: number }): Promise<HttpResponse>;
  /** Waits before the next try after trouble; for throttling, everybody on this connection waits. */
  waitAfter(trouble: Trouble, delayMs: number): Promise<void>;
}

export function createExchange(ports: ConnectionPorts, rules: ExchangeRules): Exchange {
  const { transport, clock, random, signal, limiter, onRequest, log, retry = standardRetry } = ports;

  async function once(request: HttpRequest, turns = 1): Promise<Attempt> {
    try {
      const { response, tookMs } = await limiter.run(
        async () => {
          onRequest(rules.service);
          const startedAt = clock.monotonic();
          const answer = await transport(request, { timeoutMs: rules.timeoutMs, maxResponseBytes: rules.maxResponseBytes, signal });
          return { response: answer, tookMs: clock.monotonic() - startedAt };
        },
        signal,
        turns,
      );
      const trouble = rules.judge(response);
      if (trouble === null) return { kind: 'answered', response, tookMs };
      return { kind: 'trouble', trouble, error: answeredTrouble(rules, request, response, trouble), response };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransportError)) throw error;
      return {
        kind: 'trouble',
        trouble: { kind: 'transport', failure: error.failure },
        error: transportTrouble(rules, request, error),
        response: null,
      };
    }
  }

  async function waitAfter(trouble: Trouble, delayMs: number): Promise<void> {
    log?.write({
      level: delayMs >= 10_000 ? 'info' : 'debug',
      event: 'service.waiting',
      message: `${rules.name}: waiting ${Math.ceil(delayMs / 1000)} s before the next try (${troubleWords(trouble)}).`,
      details: { service: rules.service, waitMs: Math.round(delayMs) },
    });
    if (trouble.kind === 'throttled') limiter.throttled(delayMs);
    else await clock.sleep(delayMs, signal);
  }

  async function complete(request: HttpRequest, options: { readonly idempotent: boolean; readonly turns?: number }): Promise<HttpResponse> {
    const policy = { ...retry, idempotent: options.idempotent };
    for (let attempt = 1; ; attempt += 1) {
      const result = await once(request, options.turns);
      if (result.kind === 'answered') return result.response;
      const decision = decideRetry(attempt, result.trouble, policy, random.fraction());
      if (decision.retry) await waitAfter(result.trouble, decision.afterMs);
      // A refusal that stays is an answer that counts.
      else if (result.trouble.kind === 'sporadic-refusal' && result.response !== null) return result.response;
      else throw result.error;
    }
  }

  return { once, complete, waitAfter };
}

function troubleWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'throttled':
      return 'too many requests';
    case 'unavailable':
      return 'the service cannot answer now';
    case 'transport':
      return trouble.failure;
    case 'sporadic-refusal':
      return 'refused';
  }
}

function answeredTrouble(rules: ExchangeRules, request: HttpRequest, response: HttpResponse, trouble: Trouble): ServiceError {
  const requestId = rules.requestId(response);
  const common = {
    service: rules.service,
    status: response.status,
    serviceMessage: startOf(response.body),
    ...(requestId === undefined ? {} : { requestId }),
  };
  const host = new URL(request.url).host;
  if (trouble.kind === 'throttled') {
    return new ServiceError({
      ...common,
      code: 'too-many-requests',
      message: `${rules.name} (${host}) refuses further requests for now: its limit is used up.`,
      advice: 'Nothing needs to be done: the next run goes on. If it happens often, look for other programs that use the same account.',
      ...(trouble.retryAfterMs === null ? {} : { retryAfterMs: trouble.retryAfterMs }),
    });
  }
  return new ServiceError({
    ...common,
    code: 'service-down',
    message: `${rules.name} (${host}) cannot answer at the moment (status ${response.status}).`,
    advice: `The next run tries again. If it stays, look at the status page of ${rules.name}.`,
  });
}

function transportTrouble(rules: ExchangeRules, request: HttpRequest, error: TransportError): ServiceError {
  const host = new URL(request.url).host;
  const { message, advice } = transportWords(rules.name, host, error.failure, rules);
  return new ServiceError(
    { service: rules.service, code: 'service-down', message, advice, serviceMessage: error.message },
    { cause: error },
  );
}

function transportWords(name: string, host: string, failure: TransportError['failure'], limits: ExchangeRules) {
  switch (failure) {
    case 'unreachable':
      return {
        message: `${name} could not be reached at ${host}.`,
        advice: 'Check the address and the network connection of this machine. The next run tries again.',
      };
    case 'timeout':
      return {
        message: `${name} (${host}) did not answer within ${limits.timeoutMs / 1000} s.`,
        advice: 'The next run tries again. If it stays, check the network connection of this machine.',
      };
    case 'connection-lost':
      return {
        message: `The connection to ${name} (${host}) broke off before the answer was complete.`,
        advice: 'The next run tries again. If it stays, check the network connection of this machine.',
      };
    case 'too-large':
      return {
        message: `${name} (${host}) sent an answer of more than ${Math.round(limits.maxResponseBytes / 1024 / 1024)} MB, which was not accepted.`,
        advice: 'Check that the address is right. Map fewer large text columns if it is.',
      };
    case 'certificate':
      return {
        message: `No trusted secure connection to ${name} (${host}) could be made.`,
        advice:
          'Check the address and the date of this machine. If the network inspects encrypted traffic, ask its administrator to let this host through.',
      };
  }
}

/** The start of what the service wrote, for a person to read. */
export function startOf(body: string): string {
  return body.length <= 500 ? body : `${body.slice(0, 500)} …`;
}

/** The answer's `Date` header in ms since the epoch; null where there is none. */
export function serverTime(headers: Readonly<Record<string, string>>): number | null {
  const time = Date.parse(headers.date ?? '');
  return Number.isNaN(time) ? null : time;
}
