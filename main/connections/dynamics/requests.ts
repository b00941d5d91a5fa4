import type { z } from 'zod';
import { type Attempt, type ConnectionPorts, createExchange, type Exchange } from '../http/exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { errorOf, judge, requestIdOf, unexpectedAnswer } from './errors.ts';

/** Where access tokens come from. */
export interface AccessTokens {
  /** @throws ServiceError `bad-credentials`, `service-down`. */
  accessToken(): Promise<string>;
  /** The service did not accept the last token although it had not expired: the next one must be a new one. */
  rejected?(): void;
}

export interface WebApiOptions extends ConnectionPorts {
  /** Origin of the environment. */
  readonly origin: string;
  readonly tokens: AccessTokens;
}

interface WebApiRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests with the headers and the token that every one needs. */
export interface WebApi {
  readonly origin: string;
  readonly host: string;
  /** Absolute address of the service root, with a trailing slash. */
  readonly root: string;
  readonly exchange: Exchange;
  /** One try; a refused token is renewed once. */
  once(request: WebApiRequest): Promise<Attempt>;
  /** @throws ServiceError for everything that is not a 2xx answer of the expected shape. */
  read<Schema extends z.ZodType>(
    request: WebApiRequest,
    what: string,
    answer: Schema,
  ): Promise<{ readonly value: z.output<Schema>; readonly response: HttpResponse }>;
}

export const rootPath = '/api/data/v9.2/';

export function createWebApi(options: WebApiOptions): WebApi {
  const { origin, tokens, clock, random } = options;
  const host = new URL(origin).host;
  const exchange = createExchange(options, {
    service: 'dynamics',
    name: 'Dynamics 365',
    // The service itself gives an operation up after two minutes.
    timeoutMs: 120_000,
    maxResponseBytes: 64 * 1024 * 1024,
    judge: (response) => judge(response, clock.now()),
    requestId: requestIdOf,
  });

  async function prepared(request: WebApiRequest): Promise<HttpRequest> {
    return {
      method: request.method,
      url: request.url,
      headers: {
        accept: 'application/json',
        'odata-version': '4.0',
        'odata-maxversion': '4.0',
        // Keeps caches on the way from answering for the service.
        'if-none-match': 'null',
        'x-ms-client-request-id': random.uuid(),
        ...request.headers,
        authorization: `Bearer ${await tokens.accessToken()}`,
      },
      ...(request.body === undefined ? {} : { body: request.body }),
    };
  }

  async function once(request: WebApiRequest): Promise<Attempt> {
    const attempt = await exchange.once(await prepared(request));
    if (attempt.kind !== 'answered' || attempt.response.status !== 401) return attempt;
    tokens.rejected?.();
    return exchange.once(await prepared(request));
  }

  async function read<Schema extends z.ZodType>(request: WebApiRequest, what: string, answer: Schema) {
    let response = await exchange.complete(await prepared(request), { idempotent: true });
    if (response.status === 401) {
      tokens.rejected?.();
      response = await exchange.complete(await prepared(request), { idempotent: true });
    }
    if (response.status < 200 || response.status > 299) throw errorOf(response, host, what);
    const parsed = answer.safeParse(jsonBody(response));
    if (!parsed.success) throw unexpectedAnswer(response, host);
    return { value: parsed.data, response };
  }

  return { origin, host, root: `${origin}${rootPath}`, exchange, once, read };
}
