import { z } from 'zod';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { transaction } from './transaction.ts';

/** One step of the database's history. A step that has been released is never edited: a change is a new step. */
export interface Migration {
  /** 1 for the first one, then without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The version that the last migration left in the file; 0 for an empty one. */
export function databaseVersion(db: Pick<Database, 'prepare'>): number {
  return z.object({ version: z.number() }).parse(db.prepare('SELECT user_version AS version FROM pragma_user_version').get()).version;
}

/** @throws StoreError where a later version of the program has written the database. */
export function refuseNewer(version: number, migrations: readonly Migration[], path: string): void {
  if (version <= migrations.length) return;
  throw new StoreError(
    'newer-than-program',
    `The database ${path} was written by a newer Leadferry (version ${version} of its layout; this program knows ${migrations.length}).`,
    'Install the newest Leadferry, or choose another data directory.',
  );
}

/**
 * Brings the database to the last of `migrations`, each step in a transaction of its own.
 *
 * @throws StoreError for a newer database, or with the step that failed; what that step did is undone.
 */
export function migrate(db: Database, migrations: readonly Migration[], path: string): void {
  refuseNewer(databaseVersion(db), migrations, path);
  for (const migration of migrations) apply(db, migration);
}

function apply(db: Database, { version, name, sql }: Migration): void {
  try {
    transaction(db, () => {
      // Read inside the transaction: another process may have taken this step since.
      const current = databaseVersion(db);
      if (current >= version) return;
      if (current !== version - 1) throw new Error(`step ${version} cannot follow version ${current}`);
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      'migration-failed',
      `The database could not be upgraded at step ${version} (${name}): ${words}`,
      'The database is as it was before this step. Check that the disk is not full, then start Leadferry again.',
      { cause: error },
    );
  }
}
