import type { Migration } from '../migrate.ts';

/** Rows that a change of the settings lets in. */
export const newcomers: Migration = {
  version: 8,
  name: 'newcomers',
  sql: `
    -- 'waiting': nobody has said yet whether the row is to come in. 'leftOut': somebody has said that it is not. Kept as long as the row meets
    -- the criteria.
    CREATE TABLE newcomer (
      entity TEXT NOT NULL,
      id     TEXT NOT NULL,
      state  TEXT NOT NULL CHECK (state IN ('waiting', 'leftOut')),
      since  INTEGER NOT NULL,
      PRIMARY KEY (entity, id)
    ) STRICT, WITHOUT ROWID;
  `,
};
