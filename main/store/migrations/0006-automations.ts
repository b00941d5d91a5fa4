import type { Migration } from '../migrate.ts';

/** Automations of ActiveCampaign whose people are created in Dynamics. */
export const automations: Migration = {
  version: 6,
  name: 'automations',
  sql: `
    -- 'lead' or 'contact': an automation asks for this person to be created, and the pair of tags is yet to be given.
    ALTER TABLE person ADD COLUMN invited TEXT;

    CREATE TABLE automation_watch (
      automation TEXT PRIMARY KEY,
      -- When it was chosen, by the clock of this machine.
      picked_at  INTEGER NOT NULL,
      -- From when on entries count, by the clock of the service; null until it was first read.
      since      INTEGER,
      -- The date of the newest entry that was met, as the service writes it.
      stamp      TEXT,
      missing    INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    -- Entries that the next reading will meet again.
    CREATE TABLE automation_entry (
      automation TEXT NOT NULL,
      entry      TEXT NOT NULL,
      entered_at INTEGER NOT NULL,
      PRIMARY KEY (automation, entry)
    ) STRICT, WITHOUT ROWID;
  `,
};
