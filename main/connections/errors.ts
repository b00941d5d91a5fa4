/** The two services, as messages name them and as `requests` counts them. */
export type Service = 'activeCampaign' | 'dynamics';

/**
 * One code a meaning, for both services.
 *
 * - `bad-credentials`: the key, the secret or the sign-in is not accepted; a person must act.
 * - `no-right`: signed in, but not allowed; the message names the table or the right.
 * - `not-found`: the one record that was asked for does not exist (any more).
 * - `changed-meanwhile`: the row version moved since it was read (Dynamics `If-Match`).
 * - `already-exists`: a row with this key or e-mail exists.
 * - `refused-value`: the service refuses what was sent for this one record.
 * - `too-many-requests`: the retries allowed for throttling are used up.
 * - `service-down`: unreachable, timed out, 5xx, or a broken answer, after the retries.
 * - `not-the-service`: something answers, but it is not this service (a login page, a redirect, another product).
 * - `cursor-expired`: the delta link is too old or was invalidated; read in full.
 * - `not-available`: the table or the feature does not exist in this environment.
 */
export type ServiceErrorCode =
  | 'bad-credentials'
  | 'no-right'
  | 'not-found'
  | 'changed-meanwhile'
  | 'already-exists'
  | 'refused-value'
  | 'too-many-requests'
  | 'service-down'
  | 'not-the-service'
  | 'cursor-expired'
  | 'not-available';

export interface ServiceErrorDetails {
  readonly service: Service;
  readonly code: ServiceErrorCode;
  /** What happened, in words for an admin: what, where. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The service's own words (its error message or the start of its body), without secrets. */
  readonly serviceMessage?: string;
  /** The service's own error code (`0x80040217`, `duplicate`). */
  readonly serviceCode?: string;
  /** The service's id of the request, for its support. */
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

export class ServiceError extends Error {
  readonly details: ServiceErrorDetails;
  constructor(details: ServiceErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.name = 'ServiceError';
    this.details = details;
  }
  get code(): ServiceErrorCode {
    return this.details.code;
  }
}

/** A sentence with the service's own words behind a colon, where there are any; it ends with one full stop either way. */
export function quoting(sentence: string, words: string | null | undefined): string {
  const quoted = words?.trim().replace(/\.+$/, '') ?? '';
  return quoted === '' ? `${sentence}.` : `${sentence}: ${quoted}.`;
}

/**
 * What a request was about. A failure that is about one record says nothing about the others: the record is refused, and the rest goes on.
 */
export type RequestScope = 'service' | 'record';
