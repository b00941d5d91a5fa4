import { createSampleActiveCampaign, type SampleActiveCampaignOptions } from '../../main/demo/activecampaign/service.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { serveOnLoopback } from '../../main/demo/loopback-server.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

/** A sample account on loopback under a clock that stands still, and a bare client that shows what the wire holds. */
export interface AccountUnderTest {
  readonly url: string;
  readonly clock: FakeClock;
  readonly office: ReturnType<typeof createSampleActiveCampaign>['office'];
  /** `path` below `/api/3`, with its query. */
  request(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<WireAnswer>;
  close(): Promise<void>;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body. Wire shapes are what these tests are about, so they read it by path. */
  at(...path: (string | number)[]): unknown;
}

export const apiKey = 'sample-key';

export async function startAccount(
  options: Partial<SampleActiveCampaignOptions> = {},
  start = '2026-07-01T12:00:00Z',
): Promise<AccountUnderTest> {
  const clock = fakeClock(start);
  const { handle, office } = createSampleActiveCampaign({
    store: createMemoryStore(),
    clock,
    random: seededRandom(1),
    apiKey,
    limits: false,
    ...options,
  });
  const server = await serveOnLoopback(handle);
  return {
    url: server.url,
    clock,
    office,
    close: () => server.close(),
    async request(method, path, body, headers = { 'api-token': apiKey }) {
      const response = await fetch(`${server.url}/api/3${path}`, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, at: (...keys) => valueAt(JSON.parse(text), keys) };
    },
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}
