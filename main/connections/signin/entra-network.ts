import type { INetworkModule } from '@azure/msal-node';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { ServiceError } from '../errors.ts';
import { startOf } from '../http/exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import { decideRetry, retryAfterMs, standardRetry, type Trouble } from '../http/retry.ts';
import { type HttpRequest, type HttpResponse, type HttpTransport, TransportError } from '../http/transport.ts';

export interface EntraNetworkOptions {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal;
  /** Origin of the sign-in service, such as `https://login.microsoftonline.com`. */
  readonly loginOrigin: string;
  /** Loopback origin that its traffic goes to instead; null for the real one. */
  readonly redirectTo: string | null;
}

/** What the last exchange said, which MSAL does not hand on: it answers most failures with words of its own. */
export interface EntraNetwork {
  readonly module: INetworkModule;
  /** Forgets what was said before; to be called before each sign-in. */
  reset(): void;
  /** Why no answer came, if none came. */
  failure(): ServiceError | null;
  /** Entra's description of its last refusal. */
  refusal(): { readonly words: string; readonly status: number } | null;
}

const limits = { timeoutMs: 30_000, maxResponseBytes: 1024 * 1024 };
const policy = {
  ...standardRetry,
  tries: { throttled: 3, unavailable: 3, sporadicRefusal: 1 },
  longestRetryAfterMs: 60_000,
  idempotent: true,
};
const oauthError = z.object({ error: z.string(), error_description: z.string().catch('') });

/** MSAL's traffic over the transport of this program: only to the sign-in service, with time limits and retries. */
export function createEntraNetwork(options: EntraNetworkOptions): EntraNetwork {
  const { transport, clock, random, signal, loginOrigin, redirectTo } = options;
  const host = new URL(redirectTo ?? loginOrigin).host;
  let failure: ServiceError | null = null;
  let refusal: { readonly words: string; readonly status: number } | null = null;

  async function send<Body>(request: HttpRequest) {
    for (let attempt = 1; ; attempt += 1) {
      const tried = await tryOnce(request);
      if (tried.trouble === null) return answered<Body>(tried.response);
      const decision = decideRetry(attempt, tried.trouble, policy, random.fraction());
      if (!decision.retry) throw remember(unavailable(host, tried.error));
      await clock.sleep(decision.afterMs, signal);
    }
  }

  async function tryOnce(request: HttpRequest) {
    try {
      const response = await transport(request, signal === undefined ? limits : { ...limits, signal });
      const trouble = troubleOf(response, clock.now());
      return trouble === null ? { trouble, response } : { trouble, error: new Error(`status ${response.status}`) };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { trouble: { kind: 'transport' as const, failure: error.failure }, error };
    }
  }

  function answered<Body>(response: HttpResponse) {
    const body = jsonBody(response);
    if (body === undefined || response.status < 200 || (response.status >= 300 && response.status < 400)) {
      throw remember(notEntra(host, response));
    }
    const refused = oauthError.safeParse(body);
    if (refused.success) refusal = { words: refused.data.error_description || refused.data.error, status: response.status };
    // MSAL names the type that it expects; it checks the members that it needs by itself.
    return { status: response.status, headers: { ...response.headers }, body: body as Body };
  }

  function remember(error: ServiceError): ServiceError {
    failure = error;
    return error;
  }

  /** Only the sign-in service may be spoken to, whatever address its own configuration document names. */
  function target(url: string): string {
    const { origin, pathname, search } = new URL(url);
    if (origin !== loginOrigin && origin !== redirectTo) {
      throw remember(foreignHost(host, new URL(url).host));
    }
    return `${redirectTo ?? loginOrigin}${pathname}${search}`;
  }

  return {
    module: {
      sendGetRequestAsync: async (url, request) => send({ method: 'GET', url: target(url), headers: lowerCase(request?.headers) }),
      sendPostRequestAsync: async (url, request) =>
        send({ method: 'POST', url: target(url), headers: lowerCase(request?.headers), body: request?.body ?? '' }),
    },
    reset() {
      failure = null;
      refusal = null;
    },
    failure: () => failure,
    refusal: () => refusal,
  };
}

function lowerCase(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function troubleOf(response: HttpResponse, nowMs: number): Trouble | null {
  if (response.status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs(response.headers, nowMs) };
  if (response.status >= 500) return { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers, nowMs) };
  return null;
}

function unavailable(host: string, cause: Error): ServiceError {
  return new ServiceError(
    {
      service: 'dynamics',
      code: 'service-down',
      message: `Microsoft Entra (${host}), where the sign-in takes place, could not be reached or did not answer.`,
      advice: 'Check the network connection of this machine. The next run tries again.',
      serviceMessage: cause.message,
    },
    { cause },
  );
}

function notEntra(host: string, response: HttpResponse): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'not-the-service',
    message: `What answers at ${host} is not the sign-in service of Microsoft (status ${response.status}).`,
    advice: 'If the network asks for a login of its own or inspects encrypted traffic, ask its administrator to let this host through.',
    status: response.status,
    serviceMessage: startOf(response.body),
  });
}

function foreignHost(host: string, other: string): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'not-the-service',
    message: `The sign-in service at ${host} sent the sign-in on to ${other}, which was not followed.`,
    advice: 'Ask the administrator of the network whether something changes the answers on the way.',
  });
}
