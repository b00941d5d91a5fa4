import type { Migration } from '../migrate.ts';

/**
 * What the engine knows: both sides as last seen, the links between them, what is to be written, what was written, what is held.
 *
 * `plan_state` of a person or a record: see `planState`.
 */
export const sync: Migration = {
  version: 2,
  name: 'sync',
  sql: `
    CREATE TABLE person (
      id         INTEGER PRIMARY KEY,
      email      TEXT NOT NULL,
      email_key  TEXT,
      tags       INTEGER NOT NULL,
      tag_links  TEXT NOT NULL,
      "values"   TEXT NOT NULL,
      lists      TEXT NOT NULL,
      bounced    INTEGER NOT NULL,
      updated_at INTEGER,
      unsubscribed INTEGER NOT NULL,
      gone       INTEGER NOT NULL,
      sweep      INTEGER NOT NULL,
      plan_state INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX person_by_email   ON person (email_key) WHERE email_key IS NOT NULL;
    CREATE INDEX person_by_plan    ON person (plan_state, id) WHERE plan_state <> 0;
    CREATE INDEX person_lead       ON person (id) WHERE (tags & 1) <> 0 AND gone = 0;
    CREATE INDEX person_contact    ON person (id) WHERE (tags & 2) <> 0 AND gone = 0;
    CREATE INDEX person_pulled     ON person (id) WHERE (tags & 4) <> 0 AND gone = 0;
    CREATE INDEX person_pushed     ON person (id) WHERE (tags & 8) <> 0 AND gone = 0;
    CREATE INDEX person_unsubscribed ON person (id) WHERE unsubscribed <> 0 AND gone = 0;

    CREATE TABLE record (
      entity         TEXT NOT NULL,
      id             TEXT NOT NULL,
      email_key      TEXT,
      etag           TEXT,
      columns        TEXT NOT NULL,
      modified_at    INTEGER,
      created_at     INTEGER,
      closed         INTEGER NOT NULL,
      meets_criteria INTEGER NOT NULL,
      succeeded_by   TEXT,
      gone           INTEGER NOT NULL,
      sweep          INTEGER NOT NULL,
      plan_state     INTEGER NOT NULL,
      PRIMARY KEY (entity, id)
    ) STRICT, WITHOUT ROWID;
    -- In the order in which rows under one address take precedence: contact before lead, open before closed, oldest.
    CREATE INDEX record_by_email ON record (email_key, entity, closed, created_at, id) WHERE email_key IS NOT NULL;
    CREATE INDEX record_by_successor ON record (succeeded_by) WHERE succeeded_by IS NOT NULL;
    CREATE INDEX record_by_plan  ON record (plan_state, entity, id) WHERE plan_state <> 0;

    CREATE TABLE link (
      id         INTEGER PRIMARY KEY,
      state      TEXT NOT NULL CHECK (state IN ('planned', 'active', 'ended')),
      entity     TEXT NOT NULL,
      dynamics_id TEXT NOT NULL,
      person_id  INTEGER,
      origin     TEXT NOT NULL,
      agreed     TEXT NOT NULL,
      ended_because TEXT,
      since      INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX link_of_record ON link (entity, dynamics_id) WHERE state <> 'ended';
    CREATE UNIQUE INDEX link_of_person ON link (person_id) WHERE state <> 'ended' AND person_id IS NOT NULL;
    CREATE INDEX ended_link_of_record  ON link (entity, dynamics_id) WHERE state = 'ended';
    CREATE INDEX ended_link_of_person  ON link (person_id) WHERE state = 'ended';
    CREATE INDEX planned_link          ON link (id) WHERE state = 'planned';

    -- The outbox. A row leaves it when the service has confirmed or refused the write.
    CREATE TABLE operation (
      id        INTEGER PRIMARY KEY,
      run       INTEGER NOT NULL,
      link      INTEGER NOT NULL REFERENCES link (id) ON DELETE CASCADE,
      committed INTEGER NOT NULL,
      priority  INTEGER NOT NULL,
      kind      TEXT NOT NULL,
      attempts  INTEGER NOT NULL DEFAULT 0,
      batch     TEXT,
      payload   TEXT NOT NULL
    ) STRICT;
    CREATE INDEX operation_in_order ON operation (committed, priority, kind, id);
    CREATE INDEX operation_of_link  ON operation (link);

    -- Names that lookups show; empty where the row cannot be read.
    CREATE TABLE lookup_name (
      id      TEXT PRIMARY KEY,
      name    TEXT NOT NULL,
      read_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run (
      number      INTEGER PRIMARY KEY,
      kind        TEXT NOT NULL,
      phase       TEXT NOT NULL,
      outcome     TEXT,
      guard       TEXT,
      started_at  INTEGER NOT NULL,
      finished_at INTEGER,
      report      TEXT NOT NULL
    ) STRICT;

    -- Why somebody, or one field of somebody, does not sync.
    CREATE TABLE problem (
      subject  TEXT NOT NULL,
      field    TEXT NOT NULL,
      reason   TEXT NOT NULL,
      message  TEXT NOT NULL,
      advice   TEXT NOT NULL,
      email    TEXT,
      run      INTEGER NOT NULL,
      since    INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      PRIMARY KEY (subject, field)
    ) STRICT, WITHOUT ROWID;

    -- Every written value.
    CREATE TABLE journal (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      run         INTEGER NOT NULL,
      time        INTEGER NOT NULL,
      service     TEXT NOT NULL,
      entity      TEXT NOT NULL,
      dynamics_id TEXT NOT NULL,
      person_id   INTEGER,
      email       TEXT,
      field       TEXT NOT NULL,
      old_value   TEXT NOT NULL,
      new_value   TEXT NOT NULL,
      rule        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX journal_by_run    ON journal (run);
    CREATE INDEX journal_by_record ON journal (entity, dynamics_id);
    CREATE INDEX journal_by_person ON journal (person_id);
    CREATE INDEX journal_by_time   ON journal (time);
  `,
};
