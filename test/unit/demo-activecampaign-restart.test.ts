import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSampleActiveCampaign } from '../../main/demo/activecampaign/service.ts';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { createMemoryStore, openFileStore, type SampleStore } from '../../main/demo/sample-store.ts';
import { apiKey } from '../sample-services/activecampaign-account.ts';
import { fakeClock } from '../support/fake-clock.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-sample-'));
  file = join(directory, 'made', 'sample.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true }));

const text = (stored: unknown) => String(stored);

describe.each([
  ['in memory', () => createMemoryStore()],
  ['in a file', () => openFileStore(file)],
] as const)('sample store %s', (_, open) => {
  test('keeps rows in the order in which they were first put', () => {
    const store = open();
    const names = store.collection('names', text);
    names.put('2', 'two');
    names.put('1', 'one');
    names.put('2', 'zwei');
    expect([[...names.entries()], names.size, names.get('1')]).toEqual([
      [
        ['2', 'zwei'],
        ['1', 'one'],
      ],
      2,
      'one',
    ]);
    expect([names.delete('2'), names.delete('2'), [...names.values()]]).toEqual([true, false, ['one']]);
    store.close();
  });

  test('keeps what was put before an error inside one write', () => {
    const store = open();
    const names = store.collection('names', text);
    const failing = () =>
      store.inOneWrite(() => {
        names.put('1', 'one');
        throw new Error('stopped');
      });
    expect(failing).toThrow('stopped');
    store.inOneWrite(() => store.inOneWrite(() => names.put('2', 'two')));
    expect([...names.values()]).toEqual(['one', 'two']);
    store.close();
  });
});

test('a second process finds the rows of one that was never closed', () => {
  const first = openFileStore(file);
  const names = first.collection('names', text);
  names.put('b', 'B');
  names.put('a', 'A');
  first.collection('other', text).put('a', 'other');
  names.delete('b');
  names.put('b', 'again');
  const second = openFileStore(file);
  expect([...second.collection('names', text).entries()]).toEqual([
    ['a', 'A'],
    ['b', 'again'],
  ]);
  second.close();
  first.close();
});

test('sample data that cannot be read says which file and what to do', () => {
  openFileStore(file).close();
  const database = new DatabaseSync(file);
  database.prepare('INSERT INTO rows (collection, key, row) VALUES (?, ?, ?)').run('names', '1', '{');
  database.close();
  const store = openFileStore(file);
  expect(() => store.collection('names', text)).toThrow(`The sample data in ${file} cannot be read (names). Delete the file`);
  store.close();
});

describe('a sample account in a file', () => {
  const clock = fakeClock('2026-07-01T12:00:00Z');
  const open = (store: SampleStore, people = createDataSet(1, { leads: 5, contacts: 5, people: 40 }).people) =>
    createSampleActiveCampaign({ store, clock, random: seededRandom(1), apiKey, limits: false, people });
  const send = async (sample: ReturnType<typeof open>, method: 'GET' | 'POST', path: string, body?: unknown) => {
    const request = { method, url: `http://127.0.0.1/api/3${path}`, headers: { 'api-token': apiKey } };
    const response = await sample.handle(body === undefined ? request : { ...request, body: JSON.stringify(body) });
    return JSON.parse(response.body) as Record<string, unknown>;
  };

  test('is the same after a restart, is not filled again, and goes on with its open imports and its ids', async () => {
    const first = open(openFileStore(file));
    const { office } = first;
    office.delete(office.people().at(-1)?.id ?? 0);
    office.addTag(3, 'Späti');
    office.unsubscribe(4, 'Customers');
    office.enterAutomation(5, 'Hand over to sales');
    office.exclude('never@example.com');
    const { batchId } = await send(first, 'POST', '/import/bulk_import', { contacts: [{ email: 'late@example.com' }] });
    const people = office.people();

    const second = open(openFileStore(file), []);
    expect(second.office.people()).toEqual(people);
    await clock.advance(3_000);
    expect(await send(second, 'GET', `/import/info?batchId=${String(batchId)}`)).toMatchObject({ status: 'completed', failure: [] });
    const highest = people.at(-1)?.id ?? 0;
    // The id of the person who was deleted last is not given again.
    expect(second.office.personByEmail('late@example.com')?.id).toBeGreaterThan(highest + 1);
    expect(await send(second, 'GET', '/tags?search=Späti')).toMatchObject({ tags: [{ subscriber_count: '1' }] });
  });
});
