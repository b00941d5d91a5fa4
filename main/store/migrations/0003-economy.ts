import type { Migration } from '../migrate.ts';

/** Indexes that answer the questions of every run without looking at the rows themselves. */
export const economy: Migration = {
  version: 3,
  name: 'economy',
  sql: `
    -- The outbox is read in order of id, whichever kinds are asked for.
    DROP INDEX operation_in_order;
    CREATE INDEX operation_in_order ON operation (committed, priority, id, kind);

    -- Four bits: who carries a tag is eight of sixteen values.
    DROP INDEX person_lead;
    DROP INDEX person_contact;
    DROP INDEX person_pulled;
    DROP INDEX person_pushed;
    CREATE INDEX person_by_tags ON person (tags) WHERE gone = 0;

    CREATE INDEX active_link ON link (id) WHERE state = 'active';
  `,
};
