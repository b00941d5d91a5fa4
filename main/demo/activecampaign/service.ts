import type { HttpRequest, HttpResponse } from '../../connections/http/transport.ts';
import type { Random } from '../../ports/random.ts';
import type { SamplePerson } from '../data-set/types.ts';
import type { SampleHandler } from '../handler.ts';
import type { SampleStore } from '../sample-store.ts';
import { type Account, openAccount } from './account.ts';
import { type Answer, badRequest } from './answer.ts';
import { automationEndpoints } from './automation-endpoints.ts';
import type { Endpoint } from './call.ts';
import { contactEndpoints } from './contact-endpoints.ts';
import { fieldEndpoints } from './field-endpoints.ts';
import { importEndpoints } from './import-endpoints.ts';
import { createImportQueue, type ImportPace } from './import-queue.ts';
import { listEndpoints } from './list-endpoints.ts';
import { type ActiveCampaignOffice, openOffice } from './office.ts';
import { createRequestLimit, requestsPerSecond } from './request-limit.ts';
import { seedAccount } from './seed.ts';
import { tagEndpoints } from './tag-endpoints.ts';
import { userEndpoints } from './user-endpoints.ts';
import { type ActiveCampaignVariant, defaultVariant } from './variant.ts';
import { createVisitors, type VisitorPace } from './visitors.ts';

export interface SampleActiveCampaignOptions {
  readonly store: SampleStore;
  readonly clock: { now(): number };
  readonly random: Random;
  /** What `Api-Token` has to say. */
  readonly apiKey: string;
  /** Who is in the account when it is opened for the first time; a store that has an account keeps its own people. */
  readonly people?: readonly SamplePerson[];
  readonly variant?: Partial<ActiveCampaignVariant>;
  /** Name of the account in links: `https://NAME.activehosted.com`. Default "leadferry-sample". */
  readonly accountName?: string;
  /** False: neither 5 requests a second nor the import quotas. Default true. */
  readonly limits?: boolean;
  /** From the acceptance of an import to its end, by `clock`. Default 3,000. */
  readonly importDelayMs?: number;
  /** Without it, nobody does anything by themselves. */
  readonly visitors?: VisitorPace;
}

export interface SampleActiveCampaign {
  readonly handle: SampleHandler;
  readonly office: ActiveCampaignOffice;
}

/** A sample of the ActiveCampaign API v3, faithful to what was seen on live accounts including what is awkward. */
export function createSampleActiveCampaign(options: SampleActiveCampaignOptions): SampleActiveCampaign {
  const { store, clock, random, apiKey, people = [], limits = true, importDelayMs = 3_000 } = options;
  const variant = { ...defaultVariant, ...options.variant };
  const account = openAccount({ store, clock, variant, name: options.accountName ?? 'leadferry-sample' });
  if (account.fields.size === 0) account.inOneWrite(() => seedAccount(account, people));
  const pace: ImportPace = { delayMs: importDelayMs, quotas: limits };
  const imports = createImportQueue(account, random, clock, pace);
  const visitors = options.visitors === undefined ? null : createVisitors(account, clock, options.visitors);
  const limit = createRequestLimit(clock);
  const endpoints = [
    ...userEndpoints,
    ...contactEndpoints,
    ...tagEndpoints,
    ...listEndpoints,
    ...fieldEndpoints,
    ...automationEndpoints,
    ...importEndpoints(imports),
  ].map(compile);

  const handle: SampleHandler = async (request) => {
    const headers: Record<string, string> = { date: new Date(clock.now()).toUTCString(), 'x-request-id': random.uuid() };
    const url = new URL(request.url);
    const path = /^\/api\/3(\/.*?)\/?$/.exec(url.pathname)?.[1];
    // As with a wrong account name: the way to a login page, not an error.
    if (path === undefined) return { status: 302, headers: { ...headers, location: '/admin/', 'content-type': 'text/html' }, body: '' };
    const left = limits ? limit.take() : requestsPerSecond;
    if (variant.rateLimitHeaders) {
      headers['ratelimit-limit'] = String(requestsPerSecond);
      headers['ratelimit-remaining'] = String(Math.max(left, 0));
    }
    if (left < 0)
      return { status: 429, headers: { ...headers, 'retry-after': '1', 'content-type': 'text/plain' }, body: 'Too Many Requests' };
    const refusal = refuseKey(request.headers['api-token'], apiKey);
    if (refusal !== null) return { ...refusal, headers: { ...headers, ...refusal.headers } };
    imports.advance();
    visitors?.advance();
    const answer = account.inOneWrite(() => answerTo(account, endpoints, path, url.searchParams, request));
    return { status: answer.status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(answer.json) };
  };
  return { handle, office: openOffice(account, imports) };
}

/** 403 in two shapes: text for a missing key, JSON for a wrong one. */
function refuseKey(key: string | undefined, expected: string): HttpResponse | null {
  if (key === undefined) return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' };
  if (key === expected) return null;
  return { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: 'Forbidden' }) };
}

interface CompiledEndpoint {
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: Endpoint[2];
}

function compile([method, path, answer]: Endpoint): CompiledEndpoint {
  return { method, pattern: new RegExp(`^${path.replace(/:id/g, '(\\d+)')}$`), answer };
}

function answerTo(
  account: Account,
  endpoints: readonly CompiledEndpoint[],
  path: string,
  query: URLSearchParams,
  { method, body = '' }: HttpRequest,
): Answer {
  const samePath = endpoints.filter(({ pattern }) => pattern.test(path));
  const endpoint = samePath.find((candidate) => candidate.method === method);
  if (endpoint === undefined) {
    return samePath.length === 0
      ? { status: 404, json: { message: `No route found for "${method} /api/3${path}"` } }
      : { status: 405, json: { message: `Method ${method} is not allowed on /api/3${path}` } };
  }
  const parsed = parseJson(body);
  if (parsed === null) return badRequest('The body is not valid JSON');
  const ids = endpoint.pattern.exec(path)?.slice(1).map(Number) ?? [];
  return endpoint.answer({ account, ids, query, body: parsed.value, bodyBytes: Buffer.byteLength(body) });
}

function parseJson(body: string): { readonly value: unknown } | null {
  if (body === '') return { value: undefined };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return null;
  }
}
