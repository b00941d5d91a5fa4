import type { Migration } from '../migrate.ts';

/** Marks the file as Leadferry's ("LfRy"), see https://sqlite.org/pragma.html#pragma_application_id. */
export const applicationId = 0x4c665279;

/** What every part stands on: single values, the lock of the running engine, the log. */
export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  sql: `
    PRAGMA application_id = ${applicationId};

    CREATE TABLE meta (
      key   TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_lock (
      only        INTEGER PRIMARY KEY CHECK (only = 1),
      owner_id    TEXT NOT NULL,
      process_id  INTEGER NOT NULL,
      host        TEXT NOT NULL,
      renewals    INTEGER NOT NULL,
      ttl_ms      INTEGER NOT NULL,
      acquired_at INTEGER NOT NULL,
      expires_at  INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE log_entry (
      id                 INTEGER PRIMARY KEY AUTOINCREMENT,
      time               INTEGER NOT NULL,
      level              INTEGER NOT NULL,
      event              TEXT NOT NULL,
      run                INTEGER,
      message            TEXT NOT NULL,
      email              TEXT COLLATE NOCASE,
      active_campaign_id TEXT,
      dynamics_entity    TEXT,
      dynamics_id        TEXT COLLATE NOCASE,
      details            TEXT CHECK (json_valid(details))
    ) STRICT;
    CREATE INDEX log_entry_by_time               ON log_entry (time);
    CREATE INDEX log_entry_by_level              ON log_entry (level, id);
    CREATE INDEX log_entry_by_run                ON log_entry (run, id) WHERE run IS NOT NULL;
    CREATE INDEX log_entry_by_email              ON log_entry (email, id) WHERE email IS NOT NULL;
    CREATE INDEX log_entry_by_active_campaign_id ON log_entry (active_campaign_id, id) WHERE active_campaign_id IS NOT NULL;
    CREATE INDEX log_entry_by_dynamics_id        ON log_entry (dynamics_id, id) WHERE dynamics_id IS NOT NULL;

    -- Words of the entries, without regard to case and accents. It keeps no copy of the text.
    CREATE VIRTUAL TABLE log_text USING fts5 (
      event, message, email, details,
      content = 'log_entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER log_entry_added AFTER INSERT ON log_entry BEGIN
      INSERT INTO log_text (rowid, event, message, email, details)
      VALUES (new.id, new.event, new.message, new.email, new.details);
    END;
    CREATE TRIGGER log_entry_removed AFTER DELETE ON log_entry BEGIN
      INSERT INTO log_text (log_text, rowid, event, message, email, details)
      VALUES ('delete', old.id, old.event, old.message, old.email, old.details);
    END;
  `,
};
