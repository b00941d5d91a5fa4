import type { Migration } from '../migrate.ts';

/** What people have answered about who is who. */
export const choices: Migration = {
  version: 7,
  name: 'choices',
  sql: `
    -- Which row of Dynamics a person is: null for none of those that there were to choose from (\`among\`, a JSON list of ids).
    CREATE TABLE choice (
      person_id   INTEGER PRIMARY KEY,
      entity      TEXT,
      dynamics_id TEXT,
      among       TEXT NOT NULL CHECK (json_valid(among)),
      chosen_at   INTEGER NOT NULL,
      CHECK ((entity IS NULL) = (dynamics_id IS NULL))
    ) STRICT;
    CREATE INDEX problem_by_reason ON problem (reason, subject);
  `,
};
