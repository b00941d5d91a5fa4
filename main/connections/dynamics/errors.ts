import { z } from 'zod';
import { quoting, type RequestScope, ServiceError, type ServiceErrorCode } from '../errors.ts';
import { startOf } from '../http/exchange.ts';
import { isCutJson, jsonBody } from '../http/json-body.ts';
import { retryAfterMs, type Trouble } from '../http/retry.ts';
import type { HttpResponse } from '../http/transport.ts';

/** An answer, or a part of a `$batch` answer: the table of meanings is the same. */
export type DynamicsAnswer = Pick<HttpResponse, 'status' | 'headers' | 'body'>;

const errorBody = z.object({ error: z.object({ code: z.string().catch(''), message: z.string().catch('') }) });

/** Service protection (PowerApps docs: api-limits). */
const throttlingCodes = new Set(['0x80072322', '0x80072321', '0x80072326', '0x8005f103']);
/** SQL error, SQL time-out, row locked by somebody else: the same request may go through a moment later. */
const passingCodes = new Set(['0x80044150', '0x80044151', '0x80043b1d']);
const unavailableStatuses = new Set([408, 502, 503, 504]);

/** By the service's own code, since the statuses of one code differ between versions and documents. */
const meanings = new Map<string, ServiceErrorCode>([
  ['0x80040217', 'not-found'],
  ['0x80060891', 'not-found'],
  ['0x8006088a', 'not-available'],
  ['0x80060888', 'not-available'],
  ['0x80072491', 'not-available'],
  ['0x80040237', 'already-exists'],
  ['0x80060892', 'already-exists'],
  ['0x80040333', 'already-exists'],
  ['0x80060882', 'changed-meanwhile'],
  ['0x80044352', 'cursor-expired'],
  ['0x80040220', 'no-right'],
  ['0x80048306', 'no-right'],
  ['0x80040231', 'no-right'],
  ['0x80048405', 'no-right'],
  ['0x8004f507', 'no-right'],
  ['0x80042f09', 'bad-credentials'],
  ['0x80072560', 'bad-credentials'],
  ['0x8004a112', 'bad-credentials'],
  ['0x80044331', 'refused-value'],
  ['0x8004431a', 'refused-value'],
  ['0x80048408', 'refused-value'],
  ['0x80040203', 'refused-value'],
  ['0x80041103', 'refused-value'],
  ['0x80040265', 'refused-value'],
]);

interface DynamicsErrorBody {
  /** Lower case; '' where the service gives none. */
  readonly code: string;
  readonly words: string;
}

/** Null where the body is no error body of the Web API. */
function readErrorBody(answer: DynamicsAnswer): DynamicsErrorBody | null {
  const parsed = errorBody.safeParse(jsonBody(answer));
  return parsed.success ? { code: parsed.data.error.code.toLowerCase(), words: parsed.data.error.message } : null;
}

export function judge(answer: DynamicsAnswer, nowMs: number): Trouble | null {
  if (answer.status < 400) return isCutJson(answer) ? { kind: 'unavailable', retryAfterMs: null } : null;
  const code = readErrorBody(answer)?.code ?? '';
  const afterMs = retryAfterMs(answer.headers, nowMs);
  if (answer.status === 429 || throttlingCodes.has(code)) return { kind: 'throttled', retryAfterMs: afterMs };
  if (unavailableStatuses.has(answer.status) || passingCodes.has(code)) return { kind: 'unavailable', retryAfterMs: afterMs };
  return null;
}

export function requestIdOf(answer: DynamicsAnswer): string | undefined {
  return answer.headers['x-ms-service-request-id'] ?? answer.headers.req_id;
}

/**
 * The error that a final answer outside 2xx means.
 * @param what What was asked for, as the middle of a sentence: "read the leads".
 */
export function errorOf(answer: DynamicsAnswer, host: string, what: string, scope: RequestScope = 'service'): ServiceError {
  const read = readErrorBody(answer);
  const meaning = codeOf(answer, read);
  const code = scope === 'record' && isOwnFailure(meaning, answer) ? 'refused-value' : meaning;
  const requestId = requestIdOf(answer);
  return new ServiceError({
    service: 'dynamics',
    code,
    ...wordsFor(code, answer, read, host, what),
    status: answer.status,
    serviceMessage: read?.words ?? startOf(answer.body),
    ...(read === null || read.code === '' ? {} : { serviceCode: read.code }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

function codeOf(answer: DynamicsAnswer, read: DynamicsErrorBody | null): ServiceErrorCode {
  if (read !== null && /version stamp associated with the client has expired/i.test(read.words)) return 'cursor-expired';
  if (answer.status === 401) return 'bad-credentials';
  const meaning = meanings.get(read?.code ?? '');
  if (meaning !== undefined) return meaning;
  if (answer.status === 429 || throttlingCodes.has(read?.code ?? '')) return 'too-many-requests';
  if (answer.status >= 500) return 'service-down';
  if (read === null) return 'not-the-service';
  if (answer.status === 403) return 'no-right';
  if (answer.status === 404) return 'not-found';
  if (answer.status === 412) return 'changed-meanwhile';
  return 'refused-value';
}

/** A plugin that breaks, a row that stays locked: one row of a batch can fail for good while the service is well. */
function isOwnFailure(meaning: ServiceErrorCode, answer: DynamicsAnswer): boolean {
  return meaning === 'not-the-service' || (meaning === 'service-down' && !unavailableStatuses.has(answer.status));
}

function wordsFor(
  code: ServiceErrorCode,
  answer: DynamicsAnswer,
  read: DynamicsErrorBody | null,
  host: string,
  what: string,
): { readonly message: string; readonly advice: string } {
  const quoted = (sentence: string) => quoting(sentence, read?.words);
  switch (code) {
    case 'bad-credentials':
      return noEntry(read, host, quoted);
    case 'no-right': {
      const right = /\bprv\w+/.exec(read?.words ?? '')?.[0];
      return {
        message: quoted(`Dynamics 365 did not allow to ${what}${right === undefined ? '' : ` (missing right: ${right})`}`),
        advice: 'Ask a Dynamics 365 administrator to add the right to the security role of the user or of the application user.',
      };
    }
    case 'not-found':
      return { message: quoted(`Dynamics 365 found no row to ${what}`), advice: 'It was probably deleted in Dynamics 365 meanwhile.' };
    case 'changed-meanwhile':
      return {
        message: quoted(`The row was changed in Dynamics 365 by somebody else`),
        advice: 'Nothing needs to be done: it is read and compared again.',
      };
    case 'already-exists':
      return {
        message: quoted(`Dynamics 365 refused to ${what}, because there is one already`),
        advice: 'Look for the other row in Dynamics 365.',
      };
    case 'refused-value':
      return {
        message: quoted(`Dynamics 365 refused to ${what}`),
        advice: 'Correct the value that the message names, or ask the Dynamics 365 administrator about the rule behind it.',
      };
    case 'too-many-requests':
      return {
        message: `Dynamics 365 (${host}) refuses further requests for now: its limit is used up.`,
        advice: 'Nothing needs to be done: the next run goes on.',
      };
    case 'service-down':
      return {
        message: quoted(`Dynamics 365 (${host}) failed when it was asked to ${what} (status ${answer.status})`),
        advice: 'The next run tries again. If it stays, look at the Microsoft 365 service health page.',
      };
    case 'not-the-service':
      return notTheServiceWords(answer, host);
    case 'cursor-expired':
      return {
        message: 'The mark up to which changes were read has expired in Dynamics 365.',
        advice: 'Nothing needs to be done: everything is read once more.',
      };
    case 'not-available':
      return {
        message: quoted(`Dynamics 365 (${host}) has nothing to ${what}`),
        advice: 'Check that the environment has the Sales app, which brings the table of leads, and that the table allows change tracking.',
      };
  }
}

/** A sign-in that Entra accepts can still be unknown to the environment, which says so by its own codes. */
const noEntryWords = new Map([
  [
    '0x80072560',
    {
      what: 'The sign-in worked, but its user does not exist in the environment',
      advice:
        'Add an application user for the client id in the Power Platform admin center, under the environment > Settings > Users + permissions > Application users.',
    },
  ],
  [
    '0x80042f09',
    {
      what: 'The sign-in worked, but its user has no security role in the environment',
      advice: 'Give the user a security role that may read and write leads and contacts, in the Power Platform admin center.',
    },
  ],
  [
    '0x8004a112',
    {
      what: 'The sign-in worked, but its user is disabled in the environment',
      advice: 'Enable the user in the Power Platform admin center.',
    },
  ],
]);

function noEntry(
  read: DynamicsErrorBody | null,
  host: string,
  quoted: (sentence: string) => string,
): { readonly message: string; readonly advice: string } {
  const known = noEntryWords.get(read?.code ?? '');
  if (known !== undefined) return { message: quoted(`${known.what} ${host}`), advice: known.advice };
  return {
    message: quoted(`Dynamics 365 (${host}) does not accept the sign-in`),
    advice: 'Check the tenant, the client id and the environment address, and sign in again.',
  };
}

function kindOf(answer: DynamicsAnswer): string {
  if (answer.status >= 300 && answer.status < 400) {
    return `a redirect to ${URL.parse(answer.headers.location ?? '')?.host || 'another page'}`;
  }
  return /^\s*</.test(answer.body) ? 'a web page' : `an answer of another kind (status ${answer.status})`;
}

/** An answer with status 2xx whose content is not what the Web API sends. */
export function unexpectedAnswer(answer: DynamicsAnswer, host: string): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'not-the-service',
    ...notTheServiceWords(answer, host),
    status: answer.status,
    serviceMessage: startOf(answer.body),
  });
}

function notTheServiceWords(answer: DynamicsAnswer, host: string) {
  return {
    message: `What answers at ${host} is not the Dynamics 365 Web API: it sent ${kindOf(answer)}.`,
    advice: 'Enter the address of the environment as Dynamics 365 shows it in the browser, such as https://acme.crm.dynamics.com.',
  };
}
