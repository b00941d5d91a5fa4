import type { Migration } from '../migrate.ts';

/** What somebody has said to a conflict. */
export const decisions: Migration = {
  version: 9,
  name: 'decisions',
  sql: `
    -- JSON, by mapping key: which side wins, and the raw value of the other one.
    ALTER TABLE link ADD COLUMN decided TEXT NOT NULL DEFAULT '{}';
  `,
};
