import type { Database } from './database.ts';

/**
 * Runs `work` in one transaction and answers what it answers: everything is written, or nothing is when it throws.
 *
 * It takes the write lock at its start (`IMMEDIATE`), so that it never fails half-way because another process writes.
 *
 * @throws Error when a transaction is open already: who commits would be unclear.
 * @throws TypeError when `work` is asynchronous: it would go on after the commit.
 */
export function transaction<T>(db: Database, work: () => T): T {
  if (db.isTransaction) throw new Error('A transaction is open already: transactions are not nested');
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    if (result instanceof Promise) throw new TypeError('The work of a transaction must be synchronous');
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite ends a transaction by itself on some errors (a full disk).
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
