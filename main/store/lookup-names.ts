import { z } from 'zod';
import type { Database } from './database.ts';

/** Names of the users, teams and accounts that lookups point to, as last read. */
export interface LookupNames {
  name(id: string): string | null;
  /** An empty name stands for a row that could not be read; it is not asked for again before it is stale. */
  set(id: string, name: string, now: number): void;
  isKnown(id: string): boolean;
  /** Ids that were read this long ago, or at a time that is still to come: somebody has set the clock since. */
  stale(now: number, afterMs: number): readonly string[];
}

const named = z.object({ name: z.string() });

export function openLookupNames(db: Database): LookupNames {
  const select = db.prepare('SELECT name FROM lookup_name WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO lookup_name (id, name, read_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, read_at = excluded.read_at',
  );
  const selectOld = db.prepare('SELECT id FROM lookup_name WHERE abs(? - read_at) > ?');
  return {
    name: (id) => {
      const found = select.get(id);
      const name = found === undefined ? '' : named.parse(found).name;
      return name === '' ? null : name;
    },
    set: (id, name, now) => void insert.run(id, name, now),
    isKnown: (id) => select.get(id) !== undefined,
    stale: (now, afterMs) => selectOld.all(now, afterMs).map((found) => z.object({ id: z.string() }).parse(found).id),
  };
}
