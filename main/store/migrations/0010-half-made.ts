import type { Migration } from '../migrate.ts';

/** Pairs whose link was taken back before it counted. */
export const halfMade: Migration = {
  version: 10,
  name: 'half made',
  sql: `
    CREATE TABLE half_made (
      person_id   INTEGER PRIMARY KEY,
      entity      TEXT    NOT NULL,
      dynamics_id TEXT    NOT NULL,
      -- JSON, by mapping key, as in link.
      agreed      TEXT    NOT NULL,
      -- 1: the person was created here, and was to join the list for new people.
      awaits_list INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX half_made_of_record ON half_made (entity, dynamics_id);
  `,
};
