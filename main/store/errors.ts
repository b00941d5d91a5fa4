/**
 * - `not-a-database`: the file is something else.
 * - `not-leadferry`: an SQLite database, but of another program.
 * - `damaged`: SQLite finds the file broken.
 * - `newer-than-program`: a later version of Leadferry has written it.
 * - `cannot-open`: the file or its folder cannot be read or written.
 * - `in-use`: another process works on it.
 * - `migration-failed`: one step of the upgrade failed; the database is as it was before that step.
 */
export type StoreErrorCode =
  | 'not-a-database'
  | 'not-leadferry'
  | 'damaged'
  | 'newer-than-program'
  | 'cannot-open'
  | 'in-use'
  | 'migration-failed';

/** The database cannot be used. The file has not been changed. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** What to do about it, for an admin. */
  readonly advice: string;
  constructor(code: StoreErrorCode, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
    this.advice = advice;
  }
}

/** SQLite's own name of an error, whichever driver reports it: `node:sqlite` gives the number, others the name. */
export function sqliteFailure(error: unknown): 'not-a-database' | 'damaged' | 'other' {
  if (!(error instanceof Error)) return 'other';
  const number = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  const name = 'code' in error ? error.code : undefined;
  if (number === 26 || name === 'SQLITE_NOTADB') return 'not-a-database';
  if (number === 11 || (typeof name === 'string' && name.startsWith('SQLITE_CORRUPT'))) return 'damaged';
  return 'other';
}
