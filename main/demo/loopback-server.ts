import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type HttpRequest, type HttpResponse, TransportError } from '../connections/http/transport.ts';
import type { SampleHandler } from './handler.ts';

/** A sample service that listens on this machine alone. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Ends at once: open connections are cut, idle or not. */
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** A larger request is answered with 413. Default 16 MiB: a Dynamics `$batch` of 1,000 writes fits. */
  readonly maxRequestBytes?: number;
  /** Default 0: any free port. */
  readonly port?: number;
}

const methods: readonly HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Puts a sample service on a free port of 127.0.0.1.
 *
 * What a handler cannot say with an answer it says like this, so that faults look on the wire as they do in the world:
 * a `TransportError` cuts the connection without an answer, and a `content-length` header above the body's length cuts it in the
 * middle of the answer. Anything else that is thrown is a bug of the sample service and comes back as a 500 with its message.
 */
export async function serveOnLoopback(handler: SampleHandler, options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const maxRequestBytes = options.maxRequestBytes ?? 16 * 1024 * 1024;
  const server = createServer((incoming, outgoing) => {
    void exchange(handler, incoming, outgoing, maxRequestBytes);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample service has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function exchange(
  handler: SampleHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  maxRequestBytes: number,
): Promise<void> {
  try {
    const body = await readBody(incoming, maxRequestBytes);
    const method = methods.find((known) => known === incoming.method);
    if (body === null) return send(outgoing, plain(413, `The request is larger than ${maxRequestBytes} bytes.`));
    if (method === undefined) return send(outgoing, plain(405, `${incoming.method} is not supported.`));
    const request = {
      method,
      // Put together, not resolved: the query reaches the handler exactly as it was sent.
      url: `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`,
      headers: singleValues(incoming.headers),
    };
    send(outgoing, await handler(body === '' ? request : { ...request, body }));
  } catch (error) {
    if (error instanceof TransportError || outgoing.headersSent) outgoing.destroy();
    else send(outgoing, plain(500, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

/** Null where the body is larger than the limit; the rest is read and thrown away, so that the client reads the answer. */
async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes > maxBytes ? null : Buffer.concat(chunks).toString('utf8');
}

function singleValues(headers: IncomingHttpHeaders): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return single;
}

function send(outgoing: ServerResponse, response: HttpResponse): void {
  const bytes = Buffer.from(response.body, 'utf8');
  const declared = response.headers['content-length'];
  const bodiless = response.status === 204 || response.status === 304;
  outgoing.writeHead(response.status, {
    ...response.headers,
    ...(bodiless || declared !== undefined ? {} : { 'content-length': String(bytes.length) }),
  });
  if (declared !== undefined && Number(declared) > bytes.length) outgoing.write(bytes, () => outgoing.destroy());
  else outgoing.end(bytes);
}

function plain(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
