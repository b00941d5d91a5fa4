import type { Migration } from '../migrate.ts';

/** The journal tells what the service answered. */
export const answers: Migration = {
  version: 5,
  name: 'answers',
  sql: `
    ALTER TABLE journal ADD COLUMN answer TEXT NOT NULL DEFAULT '';
  `,
};
