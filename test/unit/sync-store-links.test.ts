import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/store/open.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { type ActiveCampaignId, activeCampaignId } from '../../shared/ids.ts';
import { contact, lead, rowId } from './sync-subjects.ts';

let directory: string;
let store: SyncStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-sync-store-'));
  store = openSyncStore(openDatabase(join(directory, 'leadferry.sqlite')));
});
afterEach(() => {
  store.database.close();
  rmSync(directory, { recursive: true });
});
function restart(): void {
  store.database.close();
  store = openSyncStore(openDatabase(join(directory, 'leadferry.sqlite')));
}

const ada = activeCampaignId(1);
const start = (number: number, personId: ActiveCampaignId | null = ada) =>
  store.links.start({ entity: 'lead', dynamicsId: lead(number).id, personId, origin: 'pushed' }, 0);

describe('a link', () => {
  test('is planned, then active, and found from both sides, after a restart too', () => {
    const id = start(1);
    const planned = store.links.byId(id);
    store.links.activate(id);
    store.links.settle(id, { 'firstname=firstName': 'Ada', 'new_interests=field:3': [1, 2] });
    store.links.settle(id, { 'firstname=firstName': null, 'lastname=lastName': { activeCampaign: null, dynamics: 'ada' } });
    restart();
    const link = {
      id,
      state: 'active',
      entity: 'lead',
      dynamicsId: rowId(1),
      personId: '1',
      origin: 'pushed',
      agreed: {
        'firstname=firstName': null,
        'new_interests=field:3': [1, 2],
        'lastname=lastName': { activeCampaign: null, dynamics: 'ada' },
      },
      decided: {},
      endedBecause: null,
    };
    expect([planned, store.links.ofPerson(ada), store.links.ofRecord('lead', rowId(1)), store.links.countActive()]).toEqual([
      { ...link, state: 'planned', agreed: {} },
      link,
      link,
      1,
    ]);
  });

  test('is the only one of its person and of its row', () => {
    start(1);
    expect(() => start(2)).toThrow(/UNIQUE/);
    expect(() => start(1, activeCampaignId(2))).toThrow(/UNIQUE/);
    expect(() => store.links.move(start(3, activeCampaignId(3)), 'lead', rowId(1), {})).toThrow(/UNIQUE/);
  });

  test('gets its person once there is one, and several may wait for theirs', () => {
    const [first, second] = [start(1, null), start(2, null)];
    store.links.setPerson(first, ada);
    expect([store.links.ofPerson(ada)?.id, store.links.byId(second)?.personId]).toEqual([first, null]);
    expect(() => store.links.setPerson(second, ada)).toThrow(/UNIQUE/);
  });

  test('keeps what somebody decided until its field is agreed on', () => {
    const id = start(1);
    store.links.decide(id, 'firstname=firstName', { winner: 'dynamics', losing: 'Ada' });
    store.links.decide(id, 'numberofemployees=field:4', { winner: 'activeCampaign', losing: 12 });
    store.links.decide(id, 'numberofemployees=field:4', { winner: 'activeCampaign', losing: null });
    store.links.settle(id, { 'firstname=firstName': null });
    store.links.move(id, 'contact', rowId(2), {});
    restart();
    expect(store.links.byId(id)?.decided).toEqual({ 'numberofemployees=field:4': { winner: 'activeCampaign', losing: null } });
  });

  test('goes to another row with what still holds there', () => {
    const id = start(1);
    store.links.settle(id, { 'firstname=firstName': 'Ada', 'lastname=lastName': 'Byron' });
    store.links.move(id, 'contact', contact(2).id, { 'lastname=lastName': 'Byron' });
    expect([store.links.ofRecord('lead', rowId(1)), store.links.ofRecord('contact', rowId(2))]).toMatchObject([
      null,
      { id, agreed: { 'lastname=lastName': 'Byron' } },
    ]);
  });

  test('that ended is only a memory: the latest is found, and both sides are free', () => {
    const ended = (['tags-removed', 'person-gone'] as const).map((because) => {
      const id = start(1);
      store.links.activate(id);
      store.links.end(id, because, 5);
      return id;
    });
    expect([
      store.links.ofPerson(ada),
      store.links.ofRecord('lead', rowId(1)),
      store.links.endedOfPerson(ada)?.id,
      store.links.endedOfRecord('lead', rowId(1))?.endedBecause,
      store.links.countActive(),
      store.links.page(0, 10),
    ]).toEqual([null, null, ended[1], 'person-gone', 0, []]);
  });

  test('can be forgotten', () => {
    const id = start(1);
    store.links.end(id, 'record-gone', 0);
    store.links.remove(id);
    expect(store.links.endedOfPerson(ada)).toBeNull();
  });

  test('pages go on behind the last one and leave out what has ended', () => {
    const ids = [1, 2, 3, 4].map((number) => start(number, activeCampaignId(number)));
    store.links.end(ids[1] ?? 0, 'person-gone', 0);
    const first = store.links.page(0, 2).map(({ id }) => id);
    expect([first, store.links.page(first.at(-1) ?? 0, 2).map(({ id }) => id)]).toEqual([[ids[0], ids[2]], [ids[3]]]);
  });
});

const plan = (link: number, given: { priority?: number; kind?: string; payload?: string } = {}) =>
  store.outbox.plan({ run: 1, link, priority: given.priority ?? 1, kind: given.kind ?? 'updateRecord', payload: given.payload ?? '{}' });
const payloads = (entries: readonly { readonly payload: string }[]) => entries.map(({ payload }) => payload);

describe('the outbox', () => {
  test('gives out nothing before the plan is binding, and everything after it, after a restart too', () => {
    plan(start(1), { payload: 'a' });
    const before = [store.outbox.countPlanned(), store.outbox.countPending()];
    store.outbox.commit();
    restart();
    expect([
      before,
      store.outbox.countPlanned(),
      store.outbox.countPending(),
      payloads(store.outbox.pending(['updateRecord'], 1, 0, 10)),
    ]).toEqual([[1, 0], 0, 1, ['a']]);
  });

  test('forgets a plan that never became binding, and nothing else', () => {
    const link = start(1);
    plan(link, { payload: 'binding' });
    store.outbox.commit();
    plan(link, { payload: 'not yet' });
    store.outbox.dropPlan();
    expect(payloads(store.outbox.ofLink(link))).toEqual(['binding']);
  });

  test('gives out one priority and the kinds that are asked for, in the order of the plan', () => {
    const link = start(1);
    plan(link, { payload: 'b', priority: 1 });
    plan(link, { payload: 'a', priority: 0 });
    plan(link, { payload: 'c', priority: 1, kind: 'createRecord' });
    plan(link, { payload: 'd', priority: 1, kind: 'writePerson' });
    store.outbox.commit();
    const asked = (priority: number) => payloads(store.outbox.pending(['updateRecord', 'createRecord'], priority, 0, 10));
    expect([asked(0), asked(1), asked(2), store.outbox.countPending(['writePerson']), store.outbox.countPending()]).toEqual([
      ['a'],
      ['b', 'c'],
      [],
      1,
      4,
    ]);
  });

  test('gives out page by page', () => {
    const link = start(1);
    for (const payload of ['a', 'b', 'c']) plan(link, { payload });
    store.outbox.commit();
    const first = store.outbox.pending(['updateRecord'], 1, 0, 2);
    expect([payloads(first), payloads(store.outbox.pending(['updateRecord'], 1, first.at(-1)?.id ?? 0, 2))]).toEqual([['a', 'b'], ['c']]);
  });

  test('knows the import that carries an entry and how often it was tried', () => {
    const link = start(1);
    plan(link);
    store.outbox.commit();
    const [entry] = store.outbox.ofLink(link);
    store.outbox.setBatch(entry?.id ?? 0, 'batch-7');
    store.outbox.setAttempts(entry?.id ?? 0, 2);
    expect(store.outbox.ofLink(link)).toEqual([{ ...entry, batch: 'batch-7', attempts: 2 }]);
  });

  test('loses what was written, and with a link what was for it', () => {
    const [first, second] = [start(1), start(2, activeCampaignId(2))];
    for (const link of [first, second]) plan(link);
    store.outbox.remove(store.outbox.ofLink(first)[0]?.id ?? 0);
    store.links.remove(second);
    expect([store.outbox.ofLink(first), store.outbox.ofLink(second)]).toEqual([[], []]);
  });

  test('tells what would change people who are linked already from what establishes links', () => {
    const [active, planned] = [start(1), start(2, activeCampaignId(2))];
    store.links.activate(active);
    plan(planned, { payload: 'new' });
    plan(active, { payload: 'linked' });
    expect(payloads(store.outbox.plannedForActive(0, 10))).toEqual(['linked']);
  });
});

test('a planned link that nothing is left to write for was never there', () => {
  const [abandoned, waiting, active, ended] = [1, 2, 3, 4].map((number) => start(number, activeCampaignId(number)));
  plan(waiting ?? 0);
  store.links.activate(active ?? 0);
  store.links.end(ended ?? 0, 'tags-removed', 0);
  store.links.removeAbandoned();
  expect([abandoned, waiting, active, ended].map((id) => store.links.byId(id ?? 0)?.state)).toEqual([
    undefined,
    'planned',
    'active',
    'ended',
  ]);
});

describe('a half-made pair', () => {
  const pair = (number: number) =>
    ({
      personId: activeCampaignId(number),
      entity: 'lead',
      dynamicsId: rowId(number),
      agreed: { a: 'Ada' },
      awaitsList: number === 1,
    }) as const;

  test('is kept by its person, the latest one only, after a restart too', () => {
    store.halfMade.keep({ ...pair(1), dynamicsId: rowId(9), agreed: {} });
    for (const number of [1, 2]) store.halfMade.keep(pair(number));
    restart();
    expect([store.halfMade.ofPerson(ada), store.halfMade.page(1, 10)]).toEqual([pair(1), [pair(2)]]);
  });

  test('is forgotten with its person, or with its row', () => {
    for (const number of [1, 2, 3, 4]) store.halfMade.keep(pair(number));
    store.halfMade.forget(ada, 'lead', rowId(2));
    store.halfMade.forget(null, 'contact', rowId(3));
    expect(store.halfMade.page(0, 10)).toEqual([pair(3), pair(4)]);
  });
});
