import type { Migration } from '../migrate.ts';

/** What a person in front of the screen has decided about those who do not sync. */
export const people: Migration = {
  version: 4,
  name: 'people',
  sql: `
    -- Not to be told any more, as long as it is held for the same reason in the same words.
    ALTER TABLE problem ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
  `,
};
