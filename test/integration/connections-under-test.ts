import type { Service } from '../../main/connections/errors.ts';
import { createAxiosTransport } from '../../main/connections/http/axios-transport.ts';
import type { ConnectionPorts } from '../../main/connections/http/exchange.ts';
import { createLimiter } from '../../main/connections/http/pacing.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { type LoopbackServer, serveOnLoopback } from '../../main/demo/loopback-server.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { type RequestLog, withRequestLog } from '../sample-services/request-log.ts';

/** A clock on which a sleep is over at once, and which remembers how long each one was meant to be. */
interface ImpatientClock extends Clock {
  readonly sleeps: readonly number[];
}

function impatientClock(start = '2026-07-01T12:00:00Z'): ImpatientClock {
  let elapsedMs = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => Date.parse(start) + elapsedMs,
    monotonic: () => elapsedMs,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      sleeps.push(Math.round(delayMs));
      elapsedMs += delayMs;
    },
    setTimer: () => () => undefined,
  };
}

/** A service on real HTTP with a log of what reached it, and what a client needs to talk to it. */
export interface Connected {
  readonly server: LoopbackServer;
  readonly log: RequestLog;
  readonly clock: ImpatientClock;
  readonly ports: ConnectionPorts;
  /** One entry for each HTTP try that the client counted. */
  readonly counted: Service[];
}

export async function connect(handler: SampleHandler, signal = new AbortController().signal): Promise<Connected> {
  const log = withRequestLog(handler);
  const server = await serveOnLoopback(log.handle);
  const clock = impatientClock();
  const counted: Service[] = [];
  const ports: ConnectionPorts = {
    transport: createAxiosTransport(),
    clock,
    random: seededRandom(7),
    signal,
    limiter: createLimiter({ startsPerSecond: null, inFlight: 4 }, clock),
    onRequest: (service) => counted.push(service),
  };
  return { server, log, clock, ports, counted };
}
