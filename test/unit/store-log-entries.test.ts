import { beforeEach, describe, expect, test } from 'vitest';
import type { LogEntry } from '../../main/log/log.ts';
import type { Database } from '../../main/store/database.ts';
import { addLogEntries, type LogFilter, pruneLogEntries, readLogEntries } from '../../main/store/log-entries.ts';
import { openDatabase } from '../../main/store/open.ts';

const ada = {
  email: 'Ada@Example.com',
  activeCampaignId: '16',
  dynamics: { entity: 'lead', id: 'e54eac54-4f8c-4f9f-9b4e-6b0a1d2c3f4a' },
} as const;

/** One a minute, so that the minute tells them apart. */
const entries: LogEntry[] = [
  { time: '2026-01-05T08:00:00.000Z', level: 'info', event: 'run.started', run: 1, message: 'Run 1 has started.' },
  { time: '2026-01-05T08:01:00.000Z', level: 'info', event: 'person.created', run: 1, message: 'Added a lead.', person: ada },
  {
    time: '2026-01-05T08:02:00.000Z',
    level: 'warn',
    event: 'field.held',
    run: 1,
    message: 'The city "Łódź" of José is too long.',
    person: { email: 'jose@example.com' },
    details: { reason: 'value-too-long', fields: ['address1_city'] },
  },
  { time: '2026-01-05T08:03:00.000Z', level: 'error', event: 'service.unavailable', run: 2, message: 'Dynamics does not answer.' },
  {
    time: '2026-01-05T08:04:00.000Z',
    level: 'debug',
    event: 'person.updated',
    run: 2,
    message: 'Changed.',
    person: { activeCampaignId: '16' },
  },
];

let db: Database;
beforeEach(() => {
  db = openDatabase(':memory:');
  addLogEntries(db, entries);
});

const ids = (filter: LogFilter) => readLogEntries(db, filter, { limit: 100 }).map(({ id }) => id);

test('an entry is read as it was written, with its id', () => {
  expect(readLogEntries(db, {}, { after: 0, limit: 100 })).toEqual(entries.map((entry, index) => ({ id: index + 1, ...entry })));
});

describe('a filter', () => {
  test.each<[string, LogFilter, number[]]>([
    ['nothing: everything, newest first', {}, [5, 4, 3, 2, 1]],
    ['a level: it and those above', { minimumLevel: 'warn' }, [4, 3]],
    ['a run', { run: 2 }, [5, 4]],
    ['an e-mail in any case', { person: 'ada@example.COM' }, [2]],
    ['an ActiveCampaign id', { person: '16' }, [5, 2]],
    ['a Dynamics id in any case', { person: 'E54EAC54-4F8C-4F9F-9B4E-6B0A1D2C3F4A' }, [2]],
    ['a word of the message without its accents', { text: 'jose' }, [3]],
    ['beginnings of words, all of them', { text: 'DYNA ans' }, [4]],
    ['a part of an e-mail', { text: 'example.com' }, [3, 2]],
    ['a word of the details', { text: 'value-too-long' }, [3]],
    ['the event', { text: 'person.' }, [5, 2]],
    ['what looks like a query is text', { text: 'Dynamics OR "lead' }, []],
    ['signs alone say nothing', { text: ' -- " ' }, [5, 4, 3, 2, 1]],
    ['several at once', { run: 1, person: 'jose@example.com', minimumLevel: 'info', text: 'city' }, [3]],
  ])('on %s', (_, filter, expected) => {
    expect(ids(filter)).toEqual(expected);
  });
});

test('pages go back from the newest, and forward from a known one', () => {
  const page = (given: Parameters<typeof readLogEntries>[2]) => readLogEntries(db, {}, given).map(({ id }) => id);
  expect([page({ limit: 2 }), page({ before: 4, limit: 2 }), page({ before: 2, limit: 2 })]).toEqual([[5, 4], [3, 2], [1]]);
  expect([page({ after: 3, limit: 1 }), page({ after: 4, limit: 1 }), page({ after: 5, limit: 1 })]).toEqual([[4], [5], []]);
});

test('pruning forgets what is older than the days to keep, also for the text search, and never uses an id again', () => {
  const day = 86_400_000;
  expect(pruneLogEntries(db, Date.parse('2026-01-05T08:03:00Z') + 90 * day, 90)).toBe(3);
  expect([ids({}), ids({ text: 'lead' }), ids({ text: 'dynamics' })]).toEqual([[5, 4], [], [4]]);

  pruneLogEntries(db, Date.parse('2027-01-05T08:00:00Z'), 1);
  addLogEntries(db, entries.slice(0, 1));
  expect(ids({})).toEqual([6]);
});

test('filters on run and person are answered from an index', () => {
  const plan = (condition: string) =>
    db
      .prepare(`EXPLAIN QUERY PLAN SELECT * FROM log_entry WHERE ${condition} ORDER BY id DESC LIMIT 100`)
      .all()
      .map(({ detail }) => String(detail))
      .join('; ');
  expect(plan('run = ?')).toContain('log_entry_by_run');
  expect(plan('(email = ? OR active_campaign_id = ? OR dynamics_id = ?)')).toMatch(
    /log_entry_by_email.*log_entry_by_active_campaign_id.*log_entry_by_dynamics_id/,
  );
});
