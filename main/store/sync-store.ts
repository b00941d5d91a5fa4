import { type Automations, openAutomations } from './automations.ts';
import { type Choices, openChoices } from './choices.ts';
import type { Database } from './database.ts';
import { type HalfMadePairs, openHalfMade } from './half-made.ts';
import { type Journal, openJournal } from './journal.ts';
import { type Links, openLinks } from './links.ts';
import { type LookupNames, openLookupNames } from './lookup-names.ts';
import { type Newcomers, openNewcomers } from './newcomers.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { openPeople, type People } from './people.ts';
import { openProblems, type Problems } from './problems.ts';
import { openRecords, type Records } from './records.ts';
import { openRoster, type Roster } from './roster.ts';
import { openRuns, type Runs } from './runs.ts';

/** Everything that the engine keeps, over one open database. */
export interface SyncStore {
  readonly database: Database;
  readonly people: People;
  readonly automations: Automations;
  readonly records: Records;
  readonly newcomers: Newcomers;
  readonly links: Links;
  readonly halfMade: HalfMadePairs;
  readonly outbox: Outbox;
  readonly runs: Runs;
  readonly lookupNames: LookupNames;
  readonly problems: Problems;
  readonly choices: Choices;
  readonly journal: Journal;
  readonly roster: Roster;
}

export function openSyncStore(database: Database): SyncStore {
  return {
    database,
    people: openPeople(database),
    automations: openAutomations(database),
    records: openRecords(database),
    newcomers: openNewcomers(database),
    links: openLinks(database),
    halfMade: openHalfMade(database),
    outbox: openOutbox(database),
    runs: openRuns(database),
    lookupNames: openLookupNames(database),
    problems: openProblems(database),
    choices: openChoices(database),
    journal: openJournal(database),
    roster: openRoster(database),
  };
}
