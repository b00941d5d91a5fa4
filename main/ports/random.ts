import { randomUUID } from 'node:crypto';

/** The only source of randomness: ids of new rows and jitter. A simulation gives a seeded one. */
export interface Random {
  /** A new version 4 GUID in lower case. */
  uuid(): string;
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
}

export const systemRandom: Random = { uuid: randomUUID, fraction: Math.random };
