import { rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { openDatabase } from './open.ts';

/** All in one step, so that it is one moment of the database; on a thread of its own, and nobody who writes waits for it. */
const everyPage = 2 ** 31 - 1;

/** Opens a copy of a database as it is now, to try something on. What stood at `path` is replaced. */
export async function copyDatabase(source: string, path: string): Promise<Database> {
  removeDatabase(path);
  const original = new DatabaseSync(source, { readOnly: true });
  try {
    await backup(original, path, { rate: everyPage });
  } finally {
    original.close();
  }
  return openDatabase(path);
}

/** Removes a database that is not open, where there is one. */
export function removeDatabase(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(file, { force: true });
}
