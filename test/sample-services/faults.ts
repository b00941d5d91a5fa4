import { type HttpRequest, type HttpResponse, TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { Random } from '../../main/ports/random.ts';

/** One thing that goes wrong with one request. `before`: the service never saw it. `after`: it did its work, and nobody is told. */
export type Fault =
  | { readonly kind: 'answer'; readonly when: 'before' | 'after'; readonly response: HttpResponse }
  /** The connection ends without an answer. */
  | { readonly kind: 'lost'; readonly when: 'before' | 'after' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** The first half of the answer arrives, as if it were all of it. */
  | { readonly kind: 'half' }
  /** With more than the client's time limit and `after`: a time-out after success. */
  | { readonly kind: 'slow'; readonly when: 'before' | 'after'; readonly delayMs: number }
  | { readonly kind: 'content-type'; readonly contentType: string };

/** Decides about each request; `number` counts them from 1. Null: all goes well. */
export type FaultPlan = (request: HttpRequest, number: number) => Fault | null;

export function statusFault(status: 403 | 500 | 502 | 503, when: 'before' | 'after' = 'before'): Fault {
  const response = { status, headers: { 'content-type': 'text/html' }, body: `<html><body><h1>${status}</h1></body></html>` };
  return { kind: 'answer', when, response };
}

export function throttledFault(retryAfterSeconds: number): Fault {
  const response = { status: 429, headers: { 'retry-after': String(retryAfterSeconds), 'content-type': 'text/plain' }, body: '' };
  return { kind: 'answer', when: 'before', response };
}

/** A proxy's or a login page with status 200. */
export function htmlFault(): Fault {
  const body = '<!doctype html><title>Sign in</title><form method="post"></form>';
  return { kind: 'answer', when: 'before', response: { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body } };
}

/** Faults for single requests by their number, beginning with 1. */
export function faultsAt(faults: Readonly<Record<number, Fault>>): FaultPlan {
  return (_, number) => faults[number] ?? null;
}

/** A fault out of `faults` for `share` (0 to 1) of the requests; the same `random` makes the same ones. */
export function randomFaults(random: Random, share: number, faults: readonly Fault[]): FaultPlan {
  return () => {
    const draw = random.fraction();
    const which = random.fraction();
    return draw < share ? (faults[Math.floor(which * faults.length)] ?? null) : null;
  };
}

/** `clock` is what slow answers wait on. */
export function withFaults(handler: SampleHandler, plan: FaultPlan, clock: Pick<Clock, 'sleep'>): SampleHandler {
  let number = 0;
  return async (request) => {
    number += 1;
    const fault = plan(request, number);
    if (fault === null) return handler(request);
    switch (fault.kind) {
      case 'answer':
        if (fault.when === 'after') await handler(request);
        return fault.response;
      case 'lost':
        if (fault.when === 'after') await handler(request);
        throw new TransportError('connection-lost', `The connection was lost ${fault.when} the service did its work`);
      case 'cut': {
        const response = await handler(request);
        const bytes = Buffer.byteLength(response.body);
        // More is announced than comes: that is how the loopback server and the in-process transport know a cut answer.
        return { ...halved(response), headers: { ...response.headers, 'content-length': String(bytes + 1) } };
      }
      case 'half':
        return halved(await handler(request));
      case 'slow': {
        if (fault.when === 'before') await clock.sleep(fault.delayMs);
        const response = await handler(request);
        if (fault.when === 'after') await clock.sleep(fault.delayMs);
        return response;
      }
      case 'content-type': {
        const response = await handler(request);
        return { ...response, headers: { ...response.headers, 'content-type': fault.contentType } };
      }
    }
  };
}

function halved(response: HttpResponse): HttpResponse {
  return { ...response, body: response.body.slice(0, Math.floor(response.body.length / 2)) };
}
