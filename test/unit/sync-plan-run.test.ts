import { beforeEach, describe, expect, test } from 'vitest';
import type { LogInput } from '../../main/log/log.ts';
import type { ObservedPerson, ObservedRecord } from '../../main/store/observed.ts';
import { openDatabase } from '../../main/store/open.ts';
import { planState } from '../../main/store/plan-state.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { commitPlan, consequencesOf, dropPlan } from '../../main/sync/plan/commit.ts';
import { planSubjects } from '../../main/sync/plan/plan-run.ts';
import { keysOf } from '../../main/sync/read/observe.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { agreedOnAda, contact, lead, person, rowId, rules } from './sync-subjects.ts';

let store: SyncStore;
let entries: LogInput[];
beforeEach(() => {
  store = openSyncStore(openDatabase(':memory:'));
  entries = [];
});

const clock = fakeClock();
const log = { write: (entry: LogInput) => void entries.push(entry) };
const seen = (...subjects: (ObservedPerson | ObservedRecord)[]) => {
  for (const subject of subjects) {
    if ('entity' in subject) store.records.observe(subject, keysOf(subject), 1);
    else store.people.observe(subject, 1);
  }
};
const plan = (under = rules()) =>
  planSubjects({ store, rules: under, run: 1, clock, log, breathe: async () => undefined }, [planState.changed]);
const commit = () => commitPlan(store, 1, null, clock, log);
/** What lies in the outbox, with the row that it is for. */
const planned = () =>
  store.outbox.planned(0, 100).map((entry) => {
    const link = store.links.byId(entry.link);
    return `${entry.kind} ${link?.entity} ${Number(link?.dynamicsId.slice(-3))}`;
  });
const told = () =>
  entries.map(({ event, person: about, details }) => `${event} ${about?.dynamics?.entity ?? 'person'} ${String(details?.reason)}`);
/** An active link that both sides agree on. */
function linked(somebody: ObservedPerson, row: ObservedRecord): number {
  seen(somebody, row);
  const id = store.links.start({ entity: row.entity, dynamicsId: row.id, personId: somebody.id, origin: 'pushed' }, 0);
  store.links.settle(id, { ...agreedOnAda, 'emailaddress1=email': somebody.email });
  store.links.activate(id);
  for (const side of [store.people, store.records]) side.moveState(planState.changed, planState.settled);
  return id;
}
const pushedLead = person({ tags: ['lead', 'pushed'] });
const pulledLead = person({ tags: ['lead', 'pulled'] });

describe('rows under one address', () => {
  test('the contact syncs; the others are held and say with whom they share it', async () => {
    seen(lead(1), lead(2), contact(3));
    await plan();
    expect([planned(), told(), entries[0]?.message]).toEqual([
      ['writePerson contact 3'],
      ['person.held lead shared-email', 'person.held lead shared-email'],
      `Shares the e-mail address ada@example.com with the contact ${rowId(3)}, which goes before it`,
    ]);
  });

  test('of leads the open one syncs before the closed one, and the older one before the younger', async () => {
    seen(lead(1, { columns: { statecode: 2 } }), lead(2, { createdAt: 200 }), lead(3, { createdAt: 100 }));
    await plan();
    expect(planned()).toEqual(['writePerson lead 3']);
  });

  test('one that may not enter does not keep out one that may', async () => {
    seen(contact(3, { meetsCriteria: false }), lead(1));
    await plan();
    expect(planned()).toEqual(['writePerson lead 1']);
  });

  test('the one that is linked stays, whoever comes, even if its person has another address', async () => {
    linked(person({ tags: ['lead', 'pushed'], email: 'king@example.com' }), lead(1));
    seen(contact(3));
    await plan();
    expect([planned(), told()]).toEqual([[], ['person.held contact shared-email']]);
  });

  test('the next one enters when the link of the first has ended', async () => {
    linked(pushedLead, lead(1));
    seen(lead(2));
    await plan();
    store.records.markGone('lead', rowId(1));
    await plan();
    commit();
    await plan();
    expect([told().at(-1), planned()]).toEqual(['person.unlinked lead record-gone', ['settle lead 2']]);
  });
});

describe('a person who waits to be pulled', () => {
  test('is joined with the one row under the address, which then does not enter by itself', async () => {
    seen(pulledLead, lead(1));
    await plan();
    expect([planned(), told()]).toEqual([['settle lead 1'], []]);
  });

  test('is created where there is none', async () => {
    seen(pulledLead);
    await plan();
    expect(planned()).toEqual(['createRecord lead 901']);
  });

  test('is held with all rows that could be meant, and joined when one of them is left', async () => {
    seen(pulledLead, lead(1), lead(2));
    await plan();
    const before = [planned(), new Set(told())];
    commit();
    store.records.markGone('lead', rowId(2));
    await plan();
    expect([before, planned()]).toEqual([
      [[], new Set(['person.held person several-matches', 'person.held lead several-matches'])],
      ['settle lead 1'],
    ]);
  });
});

test('a changed address goes through the link, never to a second person', async () => {
  linked(pushedLead, lead(1));
  seen(lead(1, { columns: { emailaddress1: 'king@example.com' } }));
  await plan();
  expect([planned(), store.links.countActive()]).toEqual([['writePerson lead 1'], 1]);
});

test('who is being written is not planned before that is confirmed', async () => {
  const id = linked(pushedLead, lead(1));
  seen(lead(1, { columns: { lastname: 'King' } }));
  await plan();
  commit();
  seen(lead(1, { columns: { lastname: 'Lovelace' } }));
  await plan();
  expect([planned(), store.outbox.ofLink(id).length]).toEqual([[], 1]);
});

test('who waits for Global Sync is neither planned nor forgotten', async () => {
  seen(lead(1));
  await plan(rules({ globalSync: false }));
  commit();
  expect([planned(), store.records.countInState(planState.waitsForGlobalSync)]).toEqual([[], 1]);
});

test('a problem is told when it begins, not at each plan', async () => {
  seen(lead(1, { columns: { emailaddress1: null } }));
  await plan();
  store.records.setState('lead', rowId(1), planState.changed);
  await plan();
  expect([told(), store.problems.all(10).map(({ subject, attempts }) => [subject, attempts])]).toEqual([
    ['person.held lead no-email'],
    [[`lead:${rowId(1)}`, 2]],
  ]);
});

test('a plan that is dropped leaves no trace and is made again', async () => {
  seen(lead(1), pulledLead);
  await plan();
  const before = planned();
  dropPlan(store);
  const between = [planned(), store.links.page(0, 10)];
  await plan(rules());
  expect([between, planned()]).toEqual([[[], []], before]);
});

test('a plan that is dropped is made again for those, too, of whom a part waits for Global Sync', async () => {
  linked(pushedLead, lead(1));
  seen({ ...pushedLead, values: { ...pushedLead.values, firstName: 'Augusta' } }, lead(1, { columns: { lastname: 'King' } }));
  const off = rules({ globalSync: false });
  await plan(off);
  const before = planned();
  dropPlan(store);
  await plan(off);
  expect([before, planned()]).toEqual([['updateRecord lead 1'], before]);
});

test('everybody who was planned is settled once the plan is binding', async () => {
  seen(lead(1), person({ id: 2, email: 'other@example.com' }));
  await plan();
  commit();
  expect([
    planned(),
    store.outbox.countPending(),
    store.people.countInState(planState.changed),
    store.records.countInState(planState.changed),
  ]).toEqual([[], 1, 0, 0]);
});

test('the consequences of a plan are those for people who are linked already', async () => {
  const people = [1, 2, 3, 4].map((id) => ({
    somebody: person({ id, email: `${id}@example.com`, tags: ['lead', 'pushed'] }),
    row: lead(id, { columns: { emailaddress1: `${id}@example.com` } }),
  }));
  for (const { somebody, row } of people) linked(somebody, row);
  const change = (number: number, columns: ObservedRecord['columns']) =>
    seen(lead(number, { columns: { emailaddress1: `${number}@example.com`, ...columns } }));
  change(1, { firstname: null, lastname: 'King' });
  change(2, { donotbulkemail: true });
  seen(person({ id: 2, email: '2@example.com', tags: ['lead', 'pushed'], lists: [{ listId: '1', status: 1, throughCampaign: false }] }));
  store.records.markGone('lead', rowId(3));
  seen(person({ id: 4, email: '4@example.com' }), lead(9));
  await plan();
  expect(consequencesOf(store)).toEqual({ linked: 4, updates: 1, blanked: 1, optOuts: 1, vanished: 2 });
});
