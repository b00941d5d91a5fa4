import type { Account } from './account.ts';
import type { Answer } from './answer.ts';

/** One request to an endpoint. */
export interface Call {
  readonly account: Account;
  /** The decimal ids in the path, in order. */
  readonly ids: readonly number[];
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where none was sent. */
  readonly body: unknown;
  /** Length of the body as sent, in bytes. */
  readonly bodyBytes: number;
}

/** Method, path below `/api/3` with `:id` for a decimal id, and what answers it. */
export type Endpoint = readonly [method: string, path: string, answer: (call: Call) => Answer];
