import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAxiosTransport } from '../../main/connections/http/axios-transport.ts';
import { type ExchangeLimits, TransportError } from '../../main/connections/http/transport.ts';

const transport = createAxiosTransport();
const limits: ExchangeLimits = { timeoutMs: 10_000, maxResponseBytes: 1024 };
let server: Server | null = null;

async function listen(listener: RequestListener): Promise<string> {
  return listenOn(createServer(listener));
}

async function listenOn(started: Server): Promise<string> {
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

async function failureOf(exchange: Promise<unknown>): Promise<unknown> {
  return exchange.then(
    () => 'answered',
    (error: unknown) => (error instanceof TransportError ? error.failure : error),
  );
}

afterEach(async () => {
  vi.unstubAllEnvs();
  const running = server;
  server = null;
  if (running === null) return;
  running.closeAllConnections();
  await new Promise((resolve) => running.close(resolve));
});

describe('an exchange', () => {
  test('carries method, headers and body over, and brings status, lower-case headers and body back as they are', async () => {
    const host = await listen((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(418, { 'X-Request-Id': 'r-1', 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ method: request.method, url: request.url, token: request.headers['api-token'], body }));
      });
    });
    const response = await transport(
      { method: 'PATCH', url: `http://${host}/a?b=%2B&c=o%27d`, headers: { 'api-token': 'k' }, body: '{"name":"Åse"}' },
      limits,
    );
    expect({ status: response.status, id: response.headers['x-request-id'], body: response.body }).toEqual({
      status: 418,
      id: 'r-1',
      body: '{"method":"PATCH","url":"/a?b=%2B&c=o%27d","token":"k","body":"{\\"name\\":\\"Åse\\"}"}',
    });
  });

  test('answers a redirect instead of following it', async () => {
    const visited: (string | undefined)[] = [];
    const host = await listen((request, response) => {
      visited.push(request.url);
      response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });
    const response = await transport({ method: 'GET', url: `http://${host}/`, headers: {} }, limits);
    expect({ status: response.status, visited }).toEqual({ status: 302, visited: ['/'] });
  });

  test('goes straight to its host whatever proxy the environment names', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    const host = await listen((_, response) => response.end('direct'));
    expect((await transport({ method: 'GET', url: `http://${host}/`, headers: {} }, limits)).body).toBe('direct');
  });

  test('ends at the time limit, also while the body trickles in', async () => {
    const host = await listen((_, response) => {
      response.write('{"first":');
    });
    expect(await failureOf(transport({ method: 'GET', url: `http://${host}/`, headers: {} }, { ...limits, timeoutMs: 50 }))).toBe(
      'timeout',
    );
  });

  test('ends when the body grows over its limit, packed or not', async () => {
    const host = await listen((request, response) => {
      const body = Buffer.from('x'.repeat(100_000));
      if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
      else response.end(body);
    });
    const failures = [
      await failureOf(transport({ method: 'GET', url: `http://${host}/plain`, headers: {} }, limits)),
      await failureOf(transport({ method: 'GET', url: `http://${host}/packed`, headers: {} }, limits)),
    ];
    expect(failures).toEqual(['too-large', 'too-large']);
  });

  test('rejects with the reason of the caller who stops it', async () => {
    const stop = new AbortController();
    const reason = new Error('the run was stopped');
    const host = await listen(() => stop.abort(reason));
    expect(await failureOf(transport({ method: 'GET', url: `http://${host}/`, headers: {} }, { ...limits, signal: stop.signal }))).toBe(
      reason,
    );
  });
});

describe('an exchange that fails', () => {
  test('nothing listens there', async () => {
    expect(await failureOf(transport({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {} }, limits))).toBe('unreachable');
  });

  test('the host has no address', async () => {
    expect(await failureOf(transport({ method: 'GET', url: 'http://no-such-host.invalid/', headers: {} }, limits))).toBe('unreachable');
  });

  test('the connection is cut before the answer', async () => {
    const host = await listen((request) => request.socket.destroy());
    expect(await failureOf(transport({ method: 'GET', url: `http://${host}/`, headers: {} }, limits))).toBe('connection-lost');
  });

  test('the connection is cut in the middle of the answer', async () => {
    const host = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await failureOf(transport({ method: 'GET', url: `http://${host}/`, headers: {} }, limits))).toBe('connection-lost');
  });

  test('the other side does not speak TLS', async () => {
    const host = await listen((_, response) => response.end());
    expect(await failureOf(transport({ method: 'GET', url: `https://${host}/`, headers: {} }, limits))).toBe('certificate');
  });

  test('the certificate is not trusted', async () => {
    const host = await listenOn(createTlsServer({ key: selfSigned.key, cert: selfSigned.certificate }, (_, response) => response.end()));
    expect(await failureOf(transport({ method: 'GET', url: `https://${host}/`, headers: {} }, limits))).toBe('certificate');
  });
});

/** Made for this test alone: signed by itself, for a name that does not exist. */
const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVxU6++uVEPK2LvK7
dDVCpDjHqGh6KhuHH42Mu6+Z/qihRANCAASKJa+mLUP7ZZDMM3MwhtViIj2iqD/2
B4tU+sytJCKdCXAvANf+JBiNZA0/0qLApeTK92Axe7CUkd2H12+h3Zc2
-----END PRIVATE KEY-----`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIBijCCAS+gAwIBAgIUdDV9xRNzl0mL2YhtLJj92XQR9q4wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwObGVhZGZlcnJ5LnRlc3QwIBcNMjYxMTIzMTY1MzQzWhgPMjEy
NjEwMzAxNjUzNDNaMBkxFzAVBgNVBAMMDmxlYWRmZXJyeS50ZXN0MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEiiWvpi1D+2WQzDNzMIbVYiI9oqg/9geLVPrMrSQi
nQlwLwDX/iQYjWQNP9KiwKXkyvdgMXuwlJHdh9dvod2XNqNTMFEwHQYDVR0OBBYE
FLp1GCpBf0XliCm4AAko1VK86jdjMB8GA1UdIwQYMBaAFLp1GCpBf0XliCm4AAko
1VK86jdjMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhALiHfy4u
fBcRTmeuRkxIL0e8w4JYje09bDFbsHSVRqpwAiEA3QQcmpnNeW9GulJUX/J1Dkxa
WpmgfBsCHsykPMO4zdk=
-----END CERTIFICATE-----`,
};
