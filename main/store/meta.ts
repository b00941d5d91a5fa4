import { z } from 'zod';
import type { Database } from './database.ts';

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const storedRow = z.object({ value: z.string() });

/**
 * A single value that is kept by name, parsed again with `schema`; undefined where it was never written.
 *
 * @throws Error when what is stored does not fit `schema`: unreadable is not absent.
 */
export function readMeta<T>(db: Database, key: string, schema: z.ZodType<T>): T | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get(key);
  if (row === undefined) return undefined;
  const result = schema.safeParse(JSON.parse(storedRow.parse(row).value));
  if (!result.success) throw new Error(`The stored value "${key}" cannot be read: ${z.prettifyError(result.error)}`);
  return result.data;
}

export function writeMeta(db: Database, key: string, value: JsonValue): void {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    JSON.stringify(value),
  );
}

export function deleteMeta(db: Database, key: string): void {
  db.prepare('DELETE FROM meta WHERE key = ?').run(key);
}
