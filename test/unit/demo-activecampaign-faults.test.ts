import { afterEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { type LoopbackServer, serveOnLoopback } from '../../main/demo/loopback-server.ts';
import { type Fault, faultsAt, htmlFault, randomFaults, statusFault, throttledFault, withFaults } from '../sample-services/faults.ts';
import { inProcessTransport } from '../sample-services/in-process-transport.ts';
import { withRequestLog } from '../sample-services/request-log.ts';
import { fakeClock } from '../support/fake-clock.ts';

const answering: SampleHandler = async ({ method, url, body = '' }) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ method, path: new URL(url).pathname, body }),
});

let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(handler: SampleHandler, options = {}): Promise<string> {
  server = await serveOnLoopback(handler, options);
  return server.url;
}

describe('loopback server', () => {
  test('hands the request on as it was sent and the answer back', async () => {
    const url = await serve(async (request) => ({
      status: 201,
      headers: { date: 'then', 'x-kind': 'sample' },
      body: JSON.stringify(request),
    }));
    const answer = await fetch(`${url}/api?$filter=name eq 'O''Brien'`, { method: 'PATCH', headers: { 'If-Match': '*' }, body: 'é' });
    expect(await answer.json()).toMatchObject({
      method: 'PATCH',
      url: `${url}/api?$filter=name%20eq%20%27O%27%27Brien%27`,
      headers: { 'if-match': '*' },
      body: 'é',
    });
    expect([answer.status, answer.headers.get('date'), answer.headers.get('x-kind')]).toEqual([201, 'then', 'sample']);
  });

  test('refuses what is too large and methods it does not know', async () => {
    const url = await serve(answering, { maxRequestBytes: 10 });
    expect((await fetch(url, { method: 'POST', body: '0123456789' })).status).toBe(200);
    expect((await fetch(url, { method: 'POST', body: '0123456789a' })).status).toBe(413);
    expect((await fetch(url, { method: 'OPTIONS' })).status).toBe(405);
  });

  test('a bug in a service is a 500 that names it', async () => {
    const url = await serve(async () => {
      throw new Error('sample bug');
    });
    const answer = await fetch(url);
    expect([answer.status, (await answer.text()).split('\n')[0]]).toEqual([500, 'Error: sample bug']);
  });

  test('closing ends requests that are open', async () => {
    const url = await serve(() => new Promise(() => undefined));
    const open = fetch(url);
    const closed = open.catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    await server?.close();
    server = null;
    expect(await closed).toBeInstanceOf(TypeError);
  });
});

describe('faults over HTTP', () => {
  async function through(fault: Fault) {
    const log = withRequestLog(answering);
    const url = await serve(withFaults(log.handle, faultsAt({ 1: fault }), fakeClock()));
    const first = await fetch(`${url}/a`)
      .then(async (response) => ({ status: response.status, type: response.headers.get('content-type'), text: await response.text() }))
      .catch(() => 'no answer' as const);
    const second = await fetch(`${url}/b`);
    return { first, second: second.status, arrived: log.lines() };
  }
  const both = ['GET /a', 'GET /b'];

  test('an error answer comes in place of the service, or after it did its work', async () => {
    expect(await through(statusFault(503))).toMatchObject({ first: { status: 503, type: 'text/html' }, second: 200, arrived: ['GET /b'] });
    await server?.close();
    expect(await through(statusFault(502, 'after'))).toMatchObject({ first: { status: 502 }, arrived: both });
  });

  test('a page in place of JSON has status 200', async () => {
    expect(await through(htmlFault())).toMatchObject({ first: { status: 200, type: 'text/html; charset=utf-8' }, arrived: ['GET /b'] });
  });

  test('a lost connection tells nothing about whether the service did its work', async () => {
    expect(await through({ kind: 'lost', when: 'before' })).toEqual({ first: 'no answer', second: 200, arrived: ['GET /b'] });
    await server?.close();
    expect(await through({ kind: 'lost', when: 'after' })).toEqual({ first: 'no answer', second: 200, arrived: both });
  });

  test('a cut answer breaks the connection, half an answer looks like a whole one', async () => {
    expect(await through({ kind: 'cut' })).toEqual({ first: 'no answer', second: 200, arrived: both });
    await server?.close();
    expect(await through({ kind: 'half' })).toMatchObject({ first: { status: 200, text: '{"method":"GET","pa' }, arrived: both });
  });

  test('a wrong content type leaves the body as it is', async () => {
    const fault = { kind: 'content-type', contentType: 'text/plain' } as const;
    expect(await through(fault)).toMatchObject({ first: { type: 'text/plain', text: '{"method":"GET","path":"/a","body":""}' } });
  });

  test('throttling says how long to wait', async () => {
    const url = await serve(withFaults(answering, faultsAt({ 1: throttledFault(30) }), fakeClock()));
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '30']);
  });
});

test('random faults are the same for the same seed and come in their share', () => {
  const plan = (seed: number) => {
    const decide = randomFaults(seededRandom(seed), 0.25, [{ kind: 'cut' }, { kind: 'half' }]);
    const request = { method: 'GET', url: 'http://sample/', headers: {} } as const;
    return Array.from({ length: 1_000 }, (_, index) => decide(request, index)?.kind ?? null);
  };
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  const faults = plan(7).filter((kind) => kind !== null);
  expect(faults.length).toBeGreaterThan(200);
  expect(faults.length).toBeLessThan(300);
});

describe('in-process transport', () => {
  const limits = { timeoutMs: 30_000, maxResponseBytes: 1_000 };
  const request = { method: 'GET', url: 'http://sample/a', headers: {} } as const;

  test('answers, and cannot reach what is not there', async () => {
    const send = inProcessTransport({ 'http://sample': answering }, fakeClock());
    expect((await send(request, limits)).status).toBe(200);
    await expect(send({ ...request, url: 'http://other/a' }, limits)).rejects.toMatchObject({ failure: 'unreachable' });
    await expect(send(request, { ...limits, maxResponseBytes: 5 })).rejects.toMatchObject({ failure: 'too-large' });
  });

  test('a slow answer after the service did its work is a time-out after success', async () => {
    const clock = fakeClock();
    const log = withRequestLog(answering);
    const slow = withFaults(log.handle, faultsAt({ 1: { kind: 'slow', when: 'after', delayMs: 60_000 } }), clock);
    const outcome = inProcessTransport({ 'http://sample': slow }, clock)(request, limits).catch((error: unknown) => error);
    await clock.advance(30_000);
    expect(await outcome).toMatchObject({ failure: 'timeout' });
    expect(log.lines(true)).toEqual(['GET /a 200']);
  });

  test('a cut answer is a lost connection; an aborted request ends with the reason', async () => {
    const clock = fakeClock();
    const cut = inProcessTransport({ 'http://sample': withFaults(answering, () => ({ kind: 'cut' }), clock) }, clock);
    await expect(cut(request, limits)).rejects.toMatchObject({ failure: 'connection-lost' });
    const controller = new AbortController();
    const waiting = inProcessTransport({ 'http://sample': () => new Promise(() => undefined) }, clock)(request, {
      ...limits,
      signal: controller.signal,
    });
    controller.abort(new Error('stopped by a person'));
    await expect(waiting).rejects.toThrow('stopped by a person');
    expect(clock.waiting()).toBe(0);
  });
});
