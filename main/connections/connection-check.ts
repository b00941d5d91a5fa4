import { type Service, ServiceError } from './errors.ts';

/** One thing that was tried on a connection, and what came of it. What could not be tried is not listed. */
export interface ConnectionCheck {
  /** Stable name: `dynamics.lead.readable`. */
  readonly id: string;
  /** What was tried, in a few words. */
  readonly label: string;
  /** `warning`: the sync works without it, with less. */
  readonly outcome: 'ok' | 'warning' | 'failed';
  /** What was found. */
  readonly message: string;
  /** What to do; null where nothing needs to be done. */
  readonly advice: string | null;
}

/** What a check of a service answers: the list, and what the connection is to, once that is known. */
export interface ConnectionReport<Account> {
  readonly service: Service;
  readonly account: Account | null;
  readonly checks: readonly ConnectionCheck[];
}

export function passed(id: string, label: string, message: string): ConnectionCheck {
  return { id, label, outcome: 'ok', message, advice: null };
}

/** The check that an error means. Anything else than a ServiceError is a mistake of this program and goes on. */
export function notPassed(id: string, label: string, error: unknown, outcome: 'warning' | 'failed' = 'failed'): ConnectionCheck {
  if (!(error instanceof ServiceError)) throw error;
  return { id, label, outcome, message: error.message, advice: error.details.advice };
}

/** True where the service itself answered, so that it is the sign-in or a right that fails, not the way there. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof ServiceError && error.code !== 'service-down' && error.code !== 'not-the-service';
}
