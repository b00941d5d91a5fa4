import type { HttpRequest, HttpResponse } from '../../connections/http/transport.ts';
import type { Random } from '../../ports/random.ts';
import type { SampleRow } from '../data-set/types.ts';
import { sampleDirectory } from '../entra/directory.ts';
import type { VerifyToken } from '../entra/tokens.ts';
import type { SampleHandler } from '../handler.ts';
import type { SampleStore } from '../sample-store.ts';
import { referredRow } from './answers/formatted-value.ts';
import { json, refusal } from './answers/response.ts';
import { runBatch } from './batch/run-batch.ts';
import { DataverseError, resourceNotFound } from './dataverse-error.ts';
import { fillEnvironment } from './environment.ts';
import { createRowFinder } from './odata/find-rows.ts';
import { callOf, type Environment, splitUrl } from './requests/call.ts';
import { route } from './requests/route.ts';
import { openDatabase } from './rows/database.ts';
import { createSalesPeople, type PersonTable, type SalesPeople } from './sales/sales-people.ts';
import { seedRows } from './seed-rows.ts';
import { createThrottle, type Throttle } from './service-protection.ts';
import { type DynamicsVariant, defaultVariant } from './variant.ts';
import { createRowWriter } from './writes/row-writer.ts';

export interface SampleDynamicsOptions {
  readonly store: SampleStore;
  /** Milliseconds since the epoch: stamps, the `Date` header and the age of tokens. */
  readonly clock: { now(): number };
  readonly random: Random;
  /** Who a request is from; the token must be meant for the origin that the request went to. */
  readonly verifyToken: VerifyToken;
  /** Put into tables that are still empty. */
  readonly data?: { readonly leads: readonly SampleRow[]; readonly contacts: readonly SampleRow[] };
  readonly variant?: Partial<DynamicsVariant>;
  /** Waited for while a request is served; what makes the limits on concurrency and execution time matter. */
  readonly latency?: () => Promise<void>;
}

export interface SampleDynamics {
  /** The Web API under `/api/data/v9.x/`. */
  readonly handle: SampleHandler;
  readonly salesPeople: SalesPeople;
  /** Makes every delta link of the table expire, as a change of its metadata does. */
  expireChangeTracking(table: PersonTable): void;
}

/** Longest address of a GET outside of a `$batch`. */
const longestUrl = 32_768;

/** A sample Dynamics 365 environment: leads and contacts behind the Dataverse Web API, as awkward as the real one. */
export function createSampleDynamics(options: SampleDynamicsOptions): SampleDynamics {
  const { store, clock, random, verifyToken, data, latency } = options;
  const database = openDatabase(store);
  const environment: Environment = {
    database,
    writer: createRowWriter(database, clock),
    finder: createRowFinder((value, targets) => referredRow(database, value, targets)?.name ?? null),
    clock,
    random,
    variant: { ...defaultVariant, ...options.variant },
    changeTrackingFloor: new Map(),
  };
  const throttle = environment.variant.serviceProtection === null ? null : createThrottle(environment.variant.serviceProtection, clock);
  store.inOneWrite(() => {
    fillEnvironment(database);
    if (data !== undefined) seedRows(database, data, clock);
  });

  const userOf = (request: HttpRequest): string => {
    const { origin } = splitUrl(request.url);
    const identity = verifyToken(request.headers.authorization);
    if (identity === null || identity.audience !== origin) {
      const challenge = `Bearer authorization_uri=https://login.microsoftonline.com/${sampleDirectory.tenantId}/oauth2/authorize, resource_id=${origin}/`;
      throw new DataverseError(401, '0x80040220', 'Authorization Required', { 'www-authenticate': challenge });
    }
    const [userId] = database.table('systemuser').idsWith('azureactivedirectoryobjectid', identity.user.objectId) ?? [];
    const user = userId === undefined ? undefined : database.table('systemuser').get(userId);
    if (user === undefined) throw new DataverseError(403, '0x80072560', 'The user is not a member of the organization.');
    if (user.columns.isdisabled === true) {
      throw new DataverseError(403, '0x8004a112', `The user with id ${user.id} is disabled.`);
    }
    return user.id;
  };

  const run = (request: HttpRequest, userId: string): HttpResponse => {
    const call = callOf(request, userId);
    if (call === null) throw resourceNotFound(request.url);
    if (call.path === '$batch' && call.method === 'POST') {
      const counts = environment.variant.throttlesInsideBatch ? throttle : null;
      return runBatch(call, environment, (inner) => answered(() => counted(counts, userId, () => runInner(inner, userId))));
    }
    return route(call, environment);
  };

  const runInner = (request: HttpRequest, userId: string): HttpResponse => {
    const call = callOf(request, userId);
    if (call === null || call.path === '$batch') throw resourceNotFound(request.url);
    return route(call, environment);
  };

  const handle: SampleHandler = async (request) => {
    const stamped = (response: HttpResponse, userId?: string) => withServiceHeaders(response, environment, throttle, userId);
    if (request.method === 'GET' && request.url.length > longestUrl)
      return stamped(json(414, { error: { code: '0x0', message: 'URI too long.' } }));
    let userId: string | undefined;
    let end = () => {};
    try {
      userId = userOf(request);
      const countsAsOne = !(environment.variant.throttlesInsideBatch && request.url.endsWith('/$batch'));
      if (throttle !== null && countsAsOne) end = throttle.begin(userId);
      await latency?.();
      return stamped(run(request, userId), userId);
    } catch (error) {
      if (error instanceof DataverseError) return stamped(refusal(error), userId);
      throw error;
    } finally {
      end();
    }
  };

  return {
    handle,
    salesPeople: createSalesPeople(environment),
    expireChangeTracking: (table) => {
      environment.changeTrackingFloor.set(table, database.advanceVersion());
    },
  };
}

function answered(run: () => HttpResponse): HttpResponse {
  try {
    return run();
  } catch (error) {
    if (error instanceof DataverseError) return refusal(error);
    throw error;
  }
}

function counted(throttle: Throttle | null, userId: string, run: () => HttpResponse): HttpResponse {
  const end = throttle?.begin(userId);
  try {
    return run();
  } finally {
    end?.();
  }
}

function withServiceHeaders(
  response: HttpResponse,
  environment: Environment,
  throttle: Throttle | null,
  userId: string | undefined,
): HttpResponse {
  const requestId = environment.random.uuid();
  const remaining = throttle === null || userId === undefined ? null : throttle.remaining(userId);
  return {
    ...response,
    headers: {
      ...response.headers,
      date: new Date(environment.clock.now()).toUTCString(),
      'x-ms-service-request-id': requestId,
      req_id: requestId,
      ...(remaining === null
        ? {}
        : {
            'x-ms-ratelimit-burst-remaining-xrm-requests': String(remaining.requests),
            'x-ms-ratelimit-time-remaining-xrm-requests': String(remaining.executionMs / 1_000),
          }),
    },
  };
}
