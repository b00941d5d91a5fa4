import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';
import { type HttpTransport, TransportError, type TransportFailure } from './transport.ts';

const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

/**
 * The transport of the product. Redirects are answered, not followed; proxy variables of the environment are not read; the time limit is
 * for the whole exchange, body included; a body over the limit ends the exchange.
 */
export function createAxiosTransport(): HttpTransport {
  const client = axios.create({
    adapter: 'http',
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    maxRedirects: 0,
    proxy: false,
    validateStatus: () => true,
    responseType: 'text',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    maxBodyLength: Number.POSITIVE_INFINITY,
  });

  return async (request, limits) => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), limits.timeoutMs);
    try {
      const response = await client.request<unknown>({
        method: request.method,
        url: request.url,
        headers: { 'User-Agent': 'Leadferry', ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        maxContentLength: limits.maxResponseBytes,
        signal: limits.signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, limits.signal]),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
        body: typeof response.data === 'string' ? response.data : '',
      };
    } catch (error) {
      limits.signal?.throwIfAborted();
      const host = new URL(request.url).host;
      if (timeout.signal.aborted) {
        throw new TransportError('timeout', `${host} did not answer completely within ${limits.timeoutMs / 1000} s`, { cause: error });
      }
      throw transportError(error, host);
    } finally {
      clearTimeout(timer);
    }
  };
}

function transportError(error: unknown, host: string): TransportError {
  const words = error instanceof Error ? error.message : String(error);
  const failure = failureOf(isAxiosError(error) ? (error.code ?? '') : '', words);
  return new TransportError(failure, `${host}: ${words}`, { cause: error });
}

/** By the codes of Node's sockets, resolver and TLS. What is not known there broke off under way. */
function failureOf(code: string, words: string): TransportFailure {
  if (unreachable.has(code)) return 'unreachable';
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') return 'timeout';
  if (/CERT|^UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code)) return 'certificate';
  // axios has no code of its own for this one.
  if (words.startsWith('maxContentLength size of')) return 'too-large';
  return 'connection-lost';
}
