import { expect } from 'vitest';
import { z } from 'zod';
import type { HttpRequest } from '../../main/connections/http/transport.ts';
import type { SampleRow } from '../../main/demo/data-set/types.ts';
import { createSampleDynamics, type SampleDynamics } from '../../main/demo/dynamics/service.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import { sampleApplication } from '../../main/demo/entra/directory.ts';
import { signToken, tokenVerifier } from '../../main/demo/entra/tokens.ts';
import { createMemoryStore, type SampleStore } from '../../main/demo/sample-store.ts';
import { dynamicsId } from '../../shared/ids.ts';

/** A sample environment that a test talks to without a network, under a clock that it moves. */

export const origin = 'https://acme.crm.dynamics.com';
export const root = `${origin}/api/data/v9.2/`;

const value = z.record(z.string(), z.unknown());
const page = z.looseObject({
  value: z.array(value),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
const refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as an object. */
  readonly json: () => Record<string, unknown>;
  readonly page: () => z.infer<typeof page>;
  readonly error: () => { readonly code: string; readonly message: string };
}

export interface TestEnvironment {
  readonly dynamics: SampleDynamics;
  readonly clock: { time: number; now(): number };
  readonly send: (
    method: HttpRequest['method'],
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ) => Promise<Answer>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  /** Values of one column in the rows of an answer. */
  readonly column: (path: string, name: string, headers?: Record<string, string>) => Promise<unknown[]>;
}

/** Matchers of the test library, without their `any`. */
export const anyString: unknown = expect.any(String);
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const rowWith = (columns: object): unknown => expect.objectContaining(columns);
export const listWith = (items: readonly unknown[]): unknown => expect.arrayContaining([...items]);

/** The n-th id of a test: they sort by n. */
export const id = (number: number) => dynamicsId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);

export const sampleLead = (number: number, columns: SampleRow['columns'] = {}): SampleRow => ({
  id: id(number),
  columns: { lastname: `Lead ${number}`, ...columns },
});

export function testEnvironment(
  options: {
    leads?: readonly SampleRow[];
    contacts?: readonly SampleRow[];
    variant?: Partial<DynamicsVariant>;
    store?: SampleStore;
    latency?: () => Promise<void>;
  } = {},
): TestEnvironment {
  const clock = {
    time: Date.UTC(2026, 5, 10, 12),
    now() {
      return this.time;
    },
  };
  let made = 0;
  const dynamics = createSampleDynamics({
    store: options.store ?? createMemoryStore(),
    clock,
    random: {
      uuid: () => {
        made += 1;
        return `ffffffff-0000-4000-8000-${String(made).padStart(12, '0')}`;
      },
      fraction: () => 0.5,
    },
    verifyToken: tokenVerifier(clock),
    data: { leads: options.leads ?? [], contacts: options.contacts ?? [] },
    ...(options.variant === undefined ? {} : { variant: options.variant }),
    ...(options.latency === undefined ? {} : { latency: options.latency }),
  });
  const token = signToken({ aud: origin, exp: clock.time / 1_000 + 10_000_000, oid: sampleApplication.objectId, name: 'Leadferry' });

  const send: TestEnvironment['send'] = async (method, path, { body, headers } = {}) => {
    const response = await dynamics.handle({
      method,
      url: path.startsWith('http') ? path : `${root}${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      ...response,
      json: () => value.parse(JSON.parse(response.body)),
      page: () => page.parse(JSON.parse(response.body)),
      error: () => refused.parse(JSON.parse(response.body)).error,
    };
  };
  const get: TestEnvironment['get'] = (path, headers) => send('GET', path, headers === undefined ? {} : { headers });
  return {
    dynamics,
    clock,
    send,
    get,
    column: async (path, name, headers) => (await get(path, headers)).page().value.map((row) => row[name]),
  };
}
