import { z } from 'zod';
import { type SecretMarkers, secretNames } from '../connections/secrets/secret-store.ts';
import type { Database } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/meta.ts';

const key = 'secretMarkers';
const names = z.array(z.enum(secretNames));

/** Remembers *that* a secret was stored: a locked keychain answers as if there were none. */
export function secretMarkers(database: Database): SecretMarkers {
  const read = () => readMeta(database, key, names) ?? [];
  return {
    has: (name) => read().includes(name),
    add: (name) => writeMeta(database, key, [...new Set([...read(), name])]),
    remove: (name) =>
      writeMeta(
        database,
        key,
        read().filter((other) => other !== name),
      ),
  };
}
