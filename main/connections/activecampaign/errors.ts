import { z } from 'zod';
import { quoting, type RequestScope, ServiceError, type ServiceErrorCode } from '../errors.ts';
import { startOf } from '../http/exchange.ts';
import { isCutJson, jsonBody } from '../http/json-body.ts';
import { retryAfterMs, type Trouble } from '../http/retry.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { text } from './wire.ts';

/** The import's own quota answers 400 with these words (https://developers.activecampaign.com/reference/bulk-import-contacts). */
const importQuotaWords = 'Rate limit exceeded.';
/** That quota is counted by the minute. */
const importQuotaPauseMs = 20_000;

const unavailableStatuses = new Set([408, 502, 503, 504]);

/** ActiveCampaign has no single shape of an error: `message`, `error`, or a list of `errors`, each part optional. */
const errorBody = z.object({
  message: text,
  error: text,
  errors: z
    .array(z.object({ title: text, detail: text, code: text }))
    .nullish()
    .transform((errors) => errors ?? []),
});

export function judge(response: HttpResponse, nowMs: number): Trouble | null {
  const { status } = response;
  if (status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs(response.headers, nowMs) };
  if (status === 400 && response.body.includes(importQuotaWords)) return { kind: 'throttled', retryAfterMs: importQuotaPauseMs };
  if (unavailableStatuses.has(status)) return { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers, nowMs) };
  // Good keys are refused now and then (singer-io/tap-activecampaign 1.3.1).
  if (status === 403) return { kind: 'sporadic-refusal' };
  // Long lists break off in the middle although the status was 200.
  if (status < 300 && isCutJson(response)) return { kind: 'unavailable', retryAfterMs: null };
  return null;
}

export function requestIdOf(response: HttpResponse): string | undefined {
  return response.headers['x-request-id'] ?? response.headers['cf-ray'];
}

/** The words and the code of an error body; null where it is no error body of ActiveCampaign. */
function readErrorBody(response: HttpResponse): { readonly words: string; readonly code: string | null } | null {
  const parsed = errorBody.safeParse(jsonBody(response));
  if (!parsed.success) return null;
  const { message, error, errors } = parsed.data;
  const words = [message, error, ...errors.map(({ title, detail }) => detail || title)].filter((part) => part !== '').join(' ');
  return words === '' ? null : { words, code: errors.find(({ code }) => code !== '')?.code ?? null };
}

/**
 * The error that a final answer outside 2xx means. A 403 is `no-right` here; whether it is the key instead only a second question to
 * `users/me` can tell, since ActiveCampaign answers both alike.
 * @param what What was asked for, as the middle of a sentence: "read the tags".
 */
export function errorOf(response: HttpResponse, request: HttpRequest, what: string, scope: RequestScope): ServiceError {
  const read = readErrorBody(response);
  const make = (code: ServiceErrorCode, sentence: string, advice: string) =>
    new ServiceError({ ...answerDetails(response, read), code, message: quoting(sentence, read?.words), advice });

  if (response.status === 401) return asksToSignIn(response) ? notTheService(response, request) : badKeyError(response, request);
  const aboutTheRecord = scope === 'record' && response.status === 500 && read !== null;
  if (response.status >= 500 && !aboutTheRecord) {
    return make(
      'service-down',
      `ActiveCampaign failed when it was asked to ${what} (status ${response.status})`,
      'The next run tries again. If it stays, look at the status page of ActiveCampaign.',
    );
  }
  const plainRefusal = response.status === 403 && !startsAsHtml(response.body);
  if (response.status < 400 || (read === null && !plainRefusal)) return notTheService(response, request);
  switch (response.status) {
    case 403:
      return make(
        'no-right',
        `ActiveCampaign did not allow to ${what}`,
        'Give the user whose key is used the right to do this, in ActiveCampaign under Settings > Users and groups.',
      );
    case 404:
      return make('not-found', `ActiveCampaign found nothing to ${what}`, 'It was probably deleted in ActiveCampaign meanwhile.');
    default:
      return read?.code === 'duplicate'
        ? make(
            'already-exists',
            `ActiveCampaign refused to ${what}, because there is one already`,
            'Look for the other one in ActiveCampaign.',
          )
        : make('refused-value', `ActiveCampaign refused to ${what}`, 'Correct the value that the message names.');
  }
}

/** The key is not accepted, or not by this account. */
export function badKeyError(response: HttpResponse, request: HttpRequest): ServiceError {
  return new ServiceError({
    ...answerDetails(response, readErrorBody(response)),
    code: 'bad-credentials',
    message: `ActiveCampaign (${new URL(request.url).host}) does not accept the API key.`,
    advice:
      'Copy the key again from ActiveCampaign under Settings > Developer, of a user who may still sign in, and check that the URL shown there is the one used here.',
  });
}

/** Something answers at this address, but not the ActiveCampaign API: a login page, a redirect, another program. */
export function notTheService(response: HttpResponse, request: HttpRequest): ServiceError {
  return new ServiceError({
    ...answerDetails(response, null),
    code: 'not-the-service',
    message: `What answers at ${new URL(request.url).host} is not the ActiveCampaign API: it sent ${kindOf(response)}.`,
    advice: 'Copy the URL that ActiveCampaign shows under Settings > Developer; a wrong account name leads to a login page.',
  });
}

function kindOf(response: HttpResponse): string {
  if (response.status >= 300 && response.status < 400) {
    // Only the host: the rest of the target can hold what was asked for.
    return `a redirect to ${URL.parse(response.headers.location ?? '')?.host || 'another page'}`;
  }
  if (asksToSignIn(response)) return 'a demand for another kind of sign-in';
  return startsAsHtml(response.body) ? 'a web page' : `an answer of another kind (status ${response.status})`;
}

/** A key is refused without naming a scheme of sign-in; Dynamics, for one, names its own. */
const asksToSignIn = (response: HttpResponse): boolean => response.status === 401 && 'www-authenticate' in response.headers;

function startsAsHtml(body: string): boolean {
  return /^\s*</.test(body);
}

function answerDetails(response: HttpResponse, read: ReturnType<typeof readErrorBody>) {
  const requestId = requestIdOf(response);
  return {
    service: 'activeCampaign' as const,
    status: response.status,
    serviceMessage: read?.words ?? startOf(response.body),
    ...(read?.code ? { serviceCode: read.code } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
