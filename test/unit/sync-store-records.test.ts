import { beforeEach, describe, expect, test } from 'vitest';
import type { ObservedRecord } from '../../main/store/observed.ts';
import { openDatabase } from '../../main/store/open.ts';
import { planState } from '../../main/store/plan-state.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { keysOf } from '../../main/sync/read/observe.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { contact, lead, person, rowId } from './sync-subjects.ts';

let store: SyncStore;
beforeEach(() => {
  store = openSyncStore(openDatabase(':memory:'));
});

const observe = (row: ObservedRecord, sweep = 1) => store.records.observe(row, keysOf(row), sweep);
const confirm = (row: ObservedRecord) => store.records.confirm(row, keysOf(row));
const named = ({ entity, id }: ObservedRecord) => `${entity} ${Number(id.slice(-3))}`;
const inState = (state: keyof typeof planState) => store.records.inState(planState[state], null, 100).map(named);
/** Rows as they are known and planned. */
function known(...rows: ObservedRecord[]): void {
  for (const row of rows) observe(row);
  store.records.moveState(planState.changed, planState.settled);
}
/** Joins a row with the person of this number. */
function linked(row: ObservedRecord, number: number): number {
  const id = store.links.start({ entity: row.entity, dynamicsId: row.id, personId: activeCampaignId(number), origin: 'pushed' }, 0);
  store.links.activate(id);
  return id;
}
const withEmail = (row: ObservedRecord, emailaddress1: string | null): ObservedRecord => ({
  ...row,
  columns: { ...row.columns, emailaddress1 },
});

test('a row is found again as observed', () => {
  const row = lead(1, { succeededBy: { entity: 'contact', id: rowId(2) }, columns: { new_score: 7.5, new_flag: true } });
  observe(row);
  expect([store.records.byId('lead', row.id), store.records.byId('contact', row.id), store.records.count('lead')]).toEqual([row, null, 1]);
});

describe('an observation asks for a plan', () => {
  test.each<[string, Partial<ObservedRecord>]>([
    ['a column', { columns: { ...lead(1).columns, lastname: 'King' } }],
    ['whether it meets the criteria', { meetsCriteria: false }],
    ['the row that stands for it', { succeededBy: { entity: 'contact', id: rowId(2) } }],
    ['that it is gone', { gone: true }],
  ])('when it tells something new: %s', (_, change) => {
    known(lead(1));
    observe({ ...lead(1), ...change }, 2);
    expect(inState('changed')).toEqual(['lead 1']);
  });

  test.each<[string, Partial<ObservedRecord>]>([
    ['nothing changed', {}],
    ['only the version and the stamp did', { etag: 'W/"99"', modifiedAt: 5 }],
    ['the columns come in another order', { columns: Object.fromEntries(Object.entries(lead(1).columns).reverse()) }],
  ])('but not when %s', (_, change) => {
    known(lead(1));
    observe({ ...lead(1), ...change }, 2);
    expect([inState('changed'), store.records.byId('lead', rowId(1))?.etag]).toEqual([[], change.etag ?? lead(1).etag]);
  });
});

describe('a confirmed write', () => {
  test('is remembered with its version and asks for no plan', () => {
    known(lead(1));
    const written = lead(1, { etag: 'W/"2"', columns: { lastname: 'King' } });
    confirm(written);
    expect([store.records.byId('lead', rowId(1)), inState('changed')]).toEqual([written, []]);
  });

  test('leaves to be planned what was to be planned', () => {
    observe(lead(1));
    confirm(lead(1, { columns: { lastname: 'King' } }));
    expect(inState('changed')).toEqual(['lead 1']);
  });

  test('of a new row leaves nothing to plan', () => {
    confirm(lead(1));
    expect(inState('changed')).toEqual([]);
  });

  test('that gives the row another address frees the old one for who shared it', () => {
    known(lead(1), lead(2), withEmail(lead(3), 'other@example.com'));
    linked(lead(1), 1);
    confirm(withEmail(lead(1), 'king@example.com'));
    expect(inState('changed')).toEqual(['lead 2']);
  });
});

describe('rows under one address', () => {
  test('come contact before lead, open before closed, then the oldest', () => {
    const closed = { columns: { statecode: 1 } };
    known(lead(1, closed), lead(3), lead(2), contact(5, closed), contact(6), withEmail(contact(7), ' ADA@Example.com '));
    expect(store.records.byEmail('ada@example.com', 100).map(named)).toEqual([
      'contact 6',
      'contact 7',
      'contact 5',
      'lead 2',
      'lead 3',
      'lead 1',
    ]);
  });

  test('are only those that exist and stand for themselves', () => {
    known(lead(1, { gone: true }), lead(2, { succeededBy: { entity: 'lead', id: rowId(3) } }), lead(3), withEmail(lead(4), null));
    expect(store.records.byEmail('ada@example.com', 100).map(named)).toEqual(['lead 3']);
  });

  test('are planned again when one comes, changes or goes, unless they have a link', () => {
    known(lead(1), lead(2), lead(3));
    linked(lead(1), 1);
    const replanned = (happens: () => void) => {
      store.records.moveState(planState.changed, planState.settled);
      happens();
      return inState('changed');
    };
    expect([
      replanned(() => store.records.replanEmail('ada@example.com')),
      replanned(() => store.records.replanEmail('king@example.com')),
      replanned(() => observe(contact(9))),
      replanned(() => observe(withEmail(contact(9), 'king@example.com'))),
      replanned(() => observe(contact(9))),
      replanned(() => store.records.markGone('contact', rowId(9))),
    ]).toEqual([
      ['lead 2', 'lead 3'],
      [],
      ['contact 9', 'lead 2', 'lead 3'],
      ['contact 9', 'lead 2', 'lead 3'],
      ['contact 9', 'lead 2', 'lead 3'],
      ['contact 9', 'lead 2', 'lead 3'],
    ]);
  });

  test('whose link has ended are planned again like those without one', () => {
    known(lead(1));
    store.links.end(linked(lead(1), 1), 'tags-removed', 0);
    store.records.replanEmail('ada@example.com');
    expect(inState('changed')).toEqual(['lead 1']);
  });

  test('that wait for Global Sync or for the next run go on waiting', () => {
    known(lead(1), lead(2));
    store.records.setState('lead', rowId(1), planState.waitsForGlobalSync);
    store.records.setState('lead', rowId(2), planState.nextRun);
    store.records.replanEmail('ada@example.com');
    expect([inState('waitsForGlobalSync'), inState('nextRun'), inState('changed')]).toEqual([['lead 1'], ['lead 2'], []]);
  });

  test('are planned again like the person under it, also where they were refused, since that may be dismissed', () => {
    known(lead(1), lead(2));
    const ada = person();
    store.people.observe(ada, 1);
    store.people.setState(ada.id, planState.refused);
    store.records.setState('lead', rowId(2), planState.refused);
    observe(withEmail(lead(1), 'other@example.com'));
    expect([inState('changed'), store.people.stateOf(ada.id)]).toEqual([['lead 1', 'lead 2'], planState.changed]);
  });
});

describe('what a complete sweep did not meet', () => {
  test('is gone, of its own table alone, and who shared its address is planned again', () => {
    known(lead(1), withEmail(lead(4), 'other@example.com'), contact(5));
    for (const row of [lead(2), withEmail(lead(3), 'third@example.com')]) observe(row, 2);
    store.records.moveState(planState.changed, planState.settled);
    expect([
      store.records.vanishUnseen('lead', 2),
      inState('changed'),
      store.records.count('lead'),
      store.records.count('contact'),
    ]).toEqual([2, ['contact 5', 'lead 1', 'lead 2', 'lead 4'], 2, 1]);
  });

  test('is not what was met and then confirmed', () => {
    observe(lead(1), 2);
    confirm(lead(1));
    expect(store.records.vanishUnseen('lead', 2)).toBe(0);
  });
});

test('a row knows whom it stands for, also those that were deleted since', () => {
  known(
    lead(1, { succeededBy: { entity: 'contact', id: rowId(9) } }),
    lead(2, { succeededBy: { entity: 'lead', id: rowId(9) } }),
    lead(3, { gone: true, succeededBy: { entity: 'contact', id: rowId(9) } }),
  );
  expect(store.records.predecessors('contact', rowId(9)).map(named)).toEqual(['lead 1', 'lead 3']);
});

test('a row is planned again where the judgement of the criteria changes, with who shares its address, and nowhere else', () => {
  known(withEmail(lead(1), 'other@example.com'), lead(2), contact(3));
  store.records.setCriteria('lead', rowId(1), true);
  expect(inState('changed')).toEqual([]);
  store.records.setCriteria('lead', rowId(2), false);
  expect([inState('changed'), store.records.byId('lead', rowId(2))?.meetsCriteria]).toEqual([['contact 3', 'lead 2'], false]);
});

test('rows of one state and of one table come page by page', () => {
  for (const row of [lead(1), lead(2), contact(3)]) observe(row);
  const first = store.records.inState(planState.changed, null, 2);
  const rest = store.records.inState(planState.changed, first.at(-1) ?? null, 2);
  expect([
    first.map(named),
    rest.map(named),
    store.records.page('lead', '', 1).map(named),
    store.records.page('lead', rowId(1), 5).map(named),
  ]).toEqual([['contact 3', 'lead 1'], ['lead 2'], ['lead 1'], ['lead 2']]);
});
