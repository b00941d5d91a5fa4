import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Database } from './database.ts';
import { StoreError, sqliteFailure } from './errors.ts';
import { databaseVersion, migrate, refuseNewer } from './migrate.ts';
import { applicationId } from './migrations/0001-foundation.ts';
import { migrations } from './migrations/list.ts';

/** How long a statement waits for another process that is writing. */
const busyTimeoutMs = 5_000;

const advice = {
  damaged:
    'Close Leadferry, move the file (and the -wal and -shm files beside it) to another folder, put a backup in its place or start without it: people are then linked again by e-mail and tag.',
  foreign: 'Choose another data directory, or move the file away.',
  access: 'Check that the folder exists, that its disk is not full, and that this account may write to it.',
};

/** Holds the upper pages of every index of some hundred thousand people. */
const cacheKib = 16 * 1024;
/** 32 MB: pages that many transactions change are copied back once, not after each of them. */
const checkpointPages = 8_000;

/**
 * Opens the database, creating it where it is missing, and brings it to this program's version. The only place that opens it to be written.
 *
 * @param path an absolute path, or `:memory:`.
 * @throws StoreError when the file cannot be used; it is then left as it was found.
 */
export function openDatabase(path: string): Database {
  try {
    if (path !== ':memory:' && existsSync(path) && statSync(path).size > 0) inspect(path);
    const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
    try {
      db.exec('PRAGMA journal_mode = WAL');
      db.exec('PRAGMA synchronous = NORMAL');
      db.exec('PRAGMA foreign_keys = ON');
      db.exec(`PRAGMA cache_size = -${cacheKib}`);
      db.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
      migrate(db, migrations, path);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw explain(error, path);
  }
}

/** Looks at an existing file through a connection that cannot write, so that a file which is refused is never touched. */
function inspect(path: string): void {
  const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
  try {
    const { id } = z.object({ id: z.number() }).parse(db.prepare('SELECT application_id AS id FROM pragma_application_id').get());
    const { tables } = z.object({ tables: z.number() }).parse(db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get());
    if (id !== applicationId && (id !== 0 || tables > 0)) {
      throw new StoreError('not-leadferry', `${path} is an SQLite database of another program.`, advice.foreign);
    }
    refuseNewer(databaseVersion(db), migrations, path);
    const finding = z.object({ quick_check: z.string() }).parse(db.prepare('PRAGMA quick_check(1)').get()).quick_check;
    if (finding !== 'ok') throw new StoreError('damaged', `The database ${path} is damaged: ${finding}`, advice.damaged);
  } finally {
    db.close();
  }
}

function explain(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const words = error instanceof Error ? error.message : String(error);
  switch (sqliteFailure(error)) {
    case 'not-a-database':
      return new StoreError('not-a-database', `${path} is not a database.`, advice.damaged, { cause: error });
    case 'damaged':
      return new StoreError('damaged', `The database ${path} is damaged: ${words}`, advice.damaged, { cause: error });
    case 'other':
      return new StoreError('cannot-open', `The database ${path} cannot be opened: ${words}`, advice.access, { cause: error });
  }
}
