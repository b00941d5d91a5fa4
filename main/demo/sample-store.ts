import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Where the sample services keep their rows: named collections of JSON rows. */
export interface SampleStore {
  /**
   * Opens a collection, with the rows that an earlier process left in it. Open each one once.
   * `parse` turns a stored row back into its type; it is not called for rows that are put.
   * @throws Error when a stored row cannot be parsed; the message names the file and says what to do.
   */
  collection<Row>(name: string, parse: (stored: unknown) => Row): SampleCollection<Row>;
  /**
   * Makes the writes inside `change` one write: faster for many rows, and a process that is killed leaves all of them or none.
   * Nothing is taken back when `change` throws: memory and file hold the same in every case.
   */
  inOneWrite<Result>(change: () => Result): Result;
  close(): void;
}

/**
 * All rows, in memory, in the order in which they were first put. A row is put again after each change, so that the change
 * reaches the file too; between two puts it belongs to the service, which may change it in place.
 */
export interface SampleCollection<Row> {
  readonly size: number;
  get(key: string): Row | undefined;
  put(key: string, row: Row): void;
  /** False where there was no such row. */
  delete(key: string): boolean;
  entries(): MapIterator<[key: string, row: Row]>;
  values(): MapIterator<Row>;
}

/** For tests and the simulation: nothing but a map, no copy and no serialisation. */
export function createMemoryStore(): SampleStore {
  const collections = new Map<string, ReadonlyMap<string, unknown>>();
  return {
    collection(name, parse) {
      const rows = new Map(Array.from(collections.get(name) ?? [], ([key, row]) => [key, parse(row)]));
      collections.set(name, rows);
      return keptIn(rows);
    },
    inOneWrite: (change) => change(),
    close: () => undefined,
  };
}

/** Opens `file` (made where missing, with its folder). What is put is in the file when `put` returns, or when `inOneWrite` does. */
export function openFileStore(file: string): SampleStore {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // A killed process loses nothing this way; only a power failure could, and sample data can be made again.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  database.exec('CREATE TABLE IF NOT EXISTS rows (collection TEXT, key TEXT, row TEXT NOT NULL, UNIQUE (collection, key))');
  const select = database.prepare('SELECT key, row FROM rows WHERE collection = ? ORDER BY rowid');
  const upsert = database.prepare(
    'INSERT INTO rows (collection, key, row) VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET row = excluded.row',
  );
  const remove = database.prepare('DELETE FROM rows WHERE collection = ? AND key = ?');
  let depth = 0;

  return {
    collection(name, parse) {
      const rows = new Map<string, ReturnType<typeof parse>>();
      for (const { key, row } of select.iterate(name)) rows.set(String(key), parseStored(file, name, row, parse));
      return keptIn(rows, {
        put: (key, row) => upsert.run(name, key, JSON.stringify(row)),
        delete: (key) => remove.run(name, key),
      });
    },
    inOneWrite(change) {
      if (depth === 0) database.exec('BEGIN');
      depth += 1;
      try {
        return change();
      } finally {
        depth -= 1;
        if (depth === 0) database.exec('COMMIT');
      }
    },
    close: () => database.close(),
  };
}

interface WriteThrough<Row> {
  put(key: string, row: Row): void;
  delete(key: string): void;
}

function keptIn<Row>(rows: Map<string, Row>, file?: WriteThrough<Row>): SampleCollection<Row> {
  return {
    get size() {
      return rows.size;
    },
    get: (key) => rows.get(key),
    put(key, row) {
      rows.set(key, row);
      file?.put(key, row);
    },
    delete(key) {
      file?.delete(key);
      return rows.delete(key);
    },
    entries: () => rows.entries(),
    values: () => rows.values(),
  };
}

function parseStored<Row>(file: string, collection: string, row: unknown, parse: (stored: unknown) => Row): Row {
  try {
    return parse(JSON.parse(String(row)));
  } catch (error) {
    throw new Error(`The sample data in ${file} cannot be read (${collection}). Delete the file to start again with fresh sample data.`, {
      cause: error,
    });
  }
}
