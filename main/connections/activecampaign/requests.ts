import type { z } from 'zod';
import type { RequestScope, ServiceError } from '../errors.ts';
import { type ConnectionPorts, createExchange } from '../http/exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { badKeyError, errorOf, judge, notTheService, requestIdOf } from './errors.ts';

/** One call of the API. */
interface ApiCall<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/3, such as "contacts". */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Carrying it out twice leaves the same as once. */
  readonly idempotent: boolean;
  /** So many times the spacing between two requests pass before the next one. Default 1. */
  readonly turns?: number;
  /** As the middle of a sentence for messages: "read the tags". */
  readonly what: string;
  /** Default `service`. */
  readonly scope?: RequestScope;
  readonly answer: Schema;
}

/** What was sent and what came back, whatever its status. */
interface Sent {
  readonly call: Omit<ApiCall<z.ZodType>, 'answer'>;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

interface Answer<Value> {
  readonly value: Value;
  readonly response: HttpResponse;
}

export interface ApiRequests {
  /** @throws ServiceError for everything that is not a 2xx answer of the expected shape. */
  call<Schema extends z.ZodType>(call: ApiCall<Schema>): Promise<Answer<z.output<Schema>>>;
  /** The answer whatever its status, after the retries: for calls whose refusals carry meaning. */
  send(call: Omit<ApiCall<z.ZodType>, 'answer'>): Promise<Sent>;
  /** The error that a refusal means. */
  refusal(sent: Sent): Promise<ServiceError>;
}

export interface ApiRequestOptions extends ConnectionPorts {
  /** Without /api/3. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** The user whose key is used. */
export const userPath = 'users/me';

export function createApiRequests(options: ApiRequestOptions): ApiRequests {
  const { baseUrl, apiKey } = options;
  const exchange = createExchange(options, {
    service: 'activeCampaign',
    name: 'ActiveCampaign',
    // Its own work takes long at times, and a request given up too early is carried out all the same.
    timeoutMs: 60_000,
    maxResponseBytes: 32 * 1024 * 1024,
    judge: (response) => judge(response, options.clock.now()),
    requestId: requestIdOf,
  });

  async function send(call: Omit<ApiCall<z.ZodType>, 'answer'>): Promise<Sent> {
    const query = call.query === undefined || call.query.size === 0 ? '' : `?${call.query}`;
    const request: HttpRequest = {
      method: call.method,
      url: `${baseUrl}/api/3/${call.path}${query}`,
      headers: {
        accept: 'application/json',
        'api-token': apiKey,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    };
    return { call, request, response: await exchange.complete(request, { idempotent: call.idempotent, turns: call.turns ?? 1 }) };
  }

  /** A wrong key and a missing right are refused alike; the user's own record, which every key may read, tells them apart. */
  async function refusal(sent: Sent): Promise<ServiceError> {
    const error = errorOf(sent.response, sent.request, sent.call.what, sent.call.scope ?? 'service');
    if (error.code !== 'no-right') return error;
    if (sent.request.url === `${baseUrl}/api/3/${userPath}`) return badKeyError(sent.response, sent.request);
    const own = await send({ method: 'GET', path: userPath, idempotent: true, what: 'read the signed-in user' });
    return own.response.status === 200 ? error : badKeyError(own.response, own.request);
  }

  return {
    send,
    refusal,
    async call(call) {
      const sent = await send(call);
      if (sent.response.status < 200 || sent.response.status > 299) throw await refusal(sent);
      const parsed = call.answer.safeParse(jsonBody(sent.response));
      if (!parsed.success) throw notTheService(sent.response, sent.request);
      return { value: parsed.data, response: sent.response };
    },
  };
}
