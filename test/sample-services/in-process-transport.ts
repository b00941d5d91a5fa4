import { type HttpResponse, type HttpTransport, TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Clock } from '../../main/ports/clock.ts';

/**
 * Hands requests to sample services without a network, by the origin of their address (`http://activecampaign.sample`). Fails
 * like a network: unknown origins cannot be reached, time limits run on `clock`, a cut answer is a lost connection.
 */
export function inProcessTransport(services: Readonly<Record<string, SampleHandler>>, clock: Pick<Clock, 'setTimer'>): HttpTransport {
  return (request, { timeoutMs, maxResponseBytes, signal }) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const { origin } = new URL(request.url);
      const handler = services[origin];
      if (handler === undefined) return reject(new TransportError('unreachable', `Nothing answers at ${origin}`));
      const abort = () => finish(() => reject(signal?.reason));
      const cancelTimer = clock.setTimer(timeoutMs, () =>
        finish(() => reject(new TransportError('timeout', `${origin} did not answer within ${timeoutMs} ms`))),
      );
      const finish = (settle: () => void) => {
        cancelTimer();
        signal?.removeEventListener('abort', abort);
        settle();
      };
      signal?.addEventListener('abort', abort, { once: true });
      handler(request).then(
        (response) => {
          const error = transportError(response, maxResponseBytes);
          finish(() => (error === null ? resolve(response) : reject(error)));
        },
        (error: unknown) => finish(() => reject(error)),
      );
    });
}

function transportError(response: HttpResponse, maxResponseBytes: number): TransportError | null {
  const bytes = Buffer.byteLength(response.body);
  const announced = Number(response.headers['content-length'] ?? bytes);
  if (announced > bytes) return new TransportError('connection-lost', `The connection was lost after ${bytes} of ${announced} bytes`);
  if (bytes > maxResponseBytes) return new TransportError('too-large', `The answer has ${bytes} bytes, more than ${maxResponseBytes}`);
  return null;
}
