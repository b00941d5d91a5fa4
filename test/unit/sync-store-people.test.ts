import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/store/open.ts';
import { planState } from '../../main/store/plan-state.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { person, subscribed, unsubscribed } from './sync-subjects.ts';

let store: SyncStore;
beforeEach(() => {
  store = openSyncStore(openDatabase(':memory:'));
});

const given = { tags: ['lead', 'pulled'], lists: [subscribed('1')], values: { 'field:12': 'a' } } as const;
const ada = person(given);
const inState = (state: keyof typeof planState) => store.people.inState(planState[state], 0, 100).map(({ id }) => Number(id));
/** Ada as she is known and planned. */
function known(): void {
  store.people.observe(ada, 1);
  store.people.setState(ada.id, planState.settled);
}

test('a person is found again as observed', () => {
  store.people.observe(ada, 1);
  expect([
    store.people.byId(ada.id),
    store.people.byEmail('ada@example.com'),
    store.people.emailOf(ada.id),
    store.people.highestId(),
  ]).toEqual([ada, ada, 'ada@example.com', '1']);
});

test('nobody is found under an id or an address that was never seen', () => {
  expect([
    store.people.byId(ada.id),
    store.people.byEmail('ada@example.com'),
    store.people.emailOf(ada.id),
    store.people.highestId(),
  ]).toEqual([null, null, null, null]);
});

describe('an observation asks for a plan', () => {
  test('when the person is new', () => {
    store.people.observe(ada, 1);
    expect(inState('changed')).toEqual([1]);
  });

  test.each([
    ['the address', { email: 'king@example.com' }],
    ['the case of the address', { email: 'Ada@example.com' }],
    ['a tag', { tags: ['lead', 'pulled', 'contact'] as const }],
    ['a field', { values: { 'field:12': 'b' } }],
    ['a list', { lists: [unsubscribed('1')] }],
    ['what they are to the service: gone', { gone: true }],
  ])('when %s changed', (_, change) => {
    known();
    store.people.observe(person({ ...given, ...change }), 2);
    expect(inState('changed')).toEqual([1]);
  });

  test.each([
    ['nothing changed', {}],
    ['only the stamp did: a note or a deal', { updatedAt: 5 }],
    ['only the id of a tag link did', { tagLinks: { lead: '99' } }],
    ['only the count of bounces did', { bounced: true }],
    ['the fields come in another order', { values: { 'field:12': 'a', lastName: 'Byron', firstName: 'Ada' } }],
  ])('but not when %s', (_, change) => {
    known();
    store.people.observe({ ...ada, ...change }, 2);
    expect(inState('changed')).toEqual([]);
  });

  test('and leaves who waits waiting where nothing changed', () => {
    known();
    store.people.setState(ada.id, planState.waitsForGlobalSync);
    store.people.observe(ada, 2);
    expect(inState('waitsForGlobalSync')).toEqual([1]);
  });
});

describe('a confirmed write', () => {
  const written = { ...ada, values: { ...ada.values, firstName: 'Augusta' } };

  test('is remembered and asks for no plan', () => {
    known();
    store.people.confirm(written, written);
    expect([store.people.byId(ada.id), inState('changed')]).toEqual([written, []]);
  });

  test('leaves to be planned who was to be planned', () => {
    store.people.observe(ada, 1);
    store.people.confirm(written, written);
    expect(inState('changed')).toEqual([1]);
  });

  test('that shows what somebody else has changed asks for a plan of it', () => {
    known();
    store.people.confirm(written, { ...written, lists: [unsubscribed('1')] });
    expect(inState('changed')).toEqual([1]);
  });

  test('of somebody new leaves nothing to plan', () => {
    store.people.confirm(ada, ada);
    expect([store.people.byId(ada.id), inState('changed')]).toEqual([ada, []]);
  });
});

describe('who is gone', () => {
  test('is no longer found by address or counted, and is to be planned', () => {
    known();
    store.people.markGone(ada.id);
    expect([store.people.byEmail('ada@example.com'), store.people.count(), store.people.countWithTag('lead'), inState('changed')]).toEqual([
      null,
      0,
      0,
      [1],
    ]);
  });

  test('may be back', () => {
    known();
    store.people.markGone(ada.id);
    store.people.setState(ada.id, planState.settled);
    store.people.observe(ada, 3);
    expect([store.people.byId(ada.id)?.gone, inState('changed')]).toEqual([false, [1]]);
  });
});

describe('whom a sweep did not meet', () => {
  test('is found page by page, in order of id', () => {
    for (const id of [1, 2, 3, 4]) store.people.observe(person({ id, email: `${id}@example.com` }), id === 2 ? 7 : 6);
    store.people.markGone(activeCampaignId(3));
    expect([store.people.unmetBy(7, null, 1), store.people.unmetBy(7, activeCampaignId(1), 5)].map((ids) => ids.map(Number))).toEqual([
      [1],
      [4],
    ]);
  });

  test('is not who was met by the sweep and read by an older one afterwards', () => {
    store.people.observe(ada, 7);
    store.people.observe(ada, 0);
    store.people.confirm(ada, ada);
    expect(store.people.unmetBy(7, null, 5)).toEqual([]);
  });
});

test('people are counted and looked up by tag and by what they left', () => {
  store.people.observe(person({ id: 1, email: '1@x.no', tags: ['lead', 'pulled'] }), 5);
  store.people.observe(person({ id: 2, email: '2@x.no', tags: ['lead', 'pushed'], lists: [unsubscribed('1')] }), 4);
  store.people.observe(person({ id: 3, email: '3@x.no', lists: [subscribed('1')] }), 4);
  const counts = (['lead', 'contact', 'pulled', 'pushed'] as const).map((tag) => store.people.countWithTag(tag));
  expect([counts, store.people.countUnsubscribed(), store.people.withTagUnseen('lead', 5, 10)]).toEqual([[2, 0, 1, 1], 1, ['2']]);
});

test('people of one state come page by page in order of id', () => {
  for (const id of [30, 4, 200]) store.people.observe(person({ id, email: `${id}@x.no` }), 1);
  const ids = (after: number) => store.people.inState(planState.changed, after, 2).map((each) => Number(each.id));
  expect([ids(0), ids(30), store.people.countInState(planState.changed)]).toEqual([[4, 30], [200], 3]);
});

test('everybody moves from one state to another, and settled people to none', () => {
  store.people.observe(ada, 1);
  store.people.observe(person({ id: 2, email: '2@x.no' }), 1);
  store.people.setState(activeCampaignId(2), planState.settled);
  store.people.moveState(planState.changed, planState.nextRun);
  store.people.moveState(planState.settled, planState.changed);
  expect([inState('nextRun'), inState('changed')]).toEqual([[1], []]);
});
