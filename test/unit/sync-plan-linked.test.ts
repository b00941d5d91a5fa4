import { describe, expect, test } from 'vitest';
import { type LinkedSubject, planLinked } from '../../main/sync/plan/plan-linked.ts';
import { agreedOnAda, contact, lead, link, person, rules, subscribed, unsubscribed } from './sync-subjects.ts';

const tagged = { tags: ['lead', 'pushed'] } as const;
const row = lead(1);

const subject = (given: Partial<LinkedSubject> = {}): LinkedSubject => ({
  link: link(row),
  person: person(tagged),
  record: row,
  successor: null,
  successorTaken: false,
  formerEntity: null,
  ...given,
});

const plan = (given: Partial<LinkedSubject> = {}, under = rules()) => planLinked(subject(given), under);
const ends = (given: Partial<LinkedSubject>, under = rules()) =>
  plan(given, under).operations.map((operation) => (operation.kind === 'endLink' ? operation.because : operation.kind));

test('a pair that nobody changed asks for nothing', () => {
  expect(plan()).toEqual({ link: { kind: 'keep' }, operations: [], holds: [], deferred: false });
});

describe('a link ends', () => {
  test.each<[string, Partial<LinkedSubject>, string]>([
    ['when the person is deleted', { person: person({ ...tagged, gone: true }) }, 'person-gone'],
    ['when the record is deleted', { record: lead(1, { gone: true }) }, 'record-gone'],
    ['when the tag of the table is taken away', { person: person({ tags: ['pushed'] }) }, 'tags-removed'],
    ['when the tag of the origin is taken away', { person: person({ tags: ['lead'] }) }, 'tags-removed'],
    ['when the tags name the other table', { person: person({ tags: ['contact', 'pushed'] }) }, 'entity-changed'],
  ])('%s', (_, given, because) => {
    expect(ends(given)).toEqual([because]);
  });

  test('and nothing else happens to either side', () => {
    const changed = lead(1, { gone: true, columns: { lastname: 'Lovelace', donotbulkemail: true } });
    expect(plan({ record: changed, person: person({ ...tagged, lists: [subscribed('1')] }) }).operations).toEqual([
      { kind: 'endLink', because: 'record-gone' },
    ]);
  });

  test('not when the row leaves the criteria: they decide who enters', () => {
    expect(plan({ record: lead(1, { meetsCriteria: false }) }).operations).toEqual([]);
  });

  test('not when the tags of the other table come on top', () => {
    expect(plan({ person: person({ tags: ['lead', 'contact', 'pulled', 'pushed'] }) }).operations).toEqual([]);
  });
});

describe('a qualified lead', () => {
  const qualified = lead(1, { columns: { statecode: 1 }, succeededBy: { entity: 'contact', id: contact(2).id } });
  const handOver = (given: Partial<LinkedSubject> = {}, under = rules()) =>
    plan({ record: qualified, successor: contact(2), ...given }, under);

  test('hands its link to its contact, and the tags change from Lead to Contact', () => {
    expect(handOver()).toEqual({
      link: { kind: 'keep' },
      operations: [
        { kind: 'moveLink', entity: 'contact', id: contact(2).id, agreed: agreedOnAda },
        {
          kind: 'writePerson',
          email: 'ada@example.com',
          write: {},
          addTags: ['contact'],
          removeTags: ['lead'],
          joinList: null,
          changes: [],
          settles: {},
        },
      ],
      holds: [],
      deferred: false,
    });
  });

  test("fills what was not carried over to the contact, and takes an emptied column for nobody's edit", () => {
    const bare = contact(2, { columns: { firstname: null } });
    expect(handOver({ successor: bare }).operations).toContainEqual({
      kind: 'updateRecord',
      entity: 'contact',
      id: bare.id,
      columns: { firstname: 'Ada' },
      changes: [{ field: 'firstname', old: null, new: 'Ada', rule: 'first-contact-fills-empty' }],
      settles: { 'firstname=firstName': 'Ada' },
      optOut: false,
    });
  });

  test('hands its link over while Global Sync is off: the tags wait, and edits and opt-outs go to the contact', () => {
    const off = rules({ globalSync: false });
    const edited = person({ ...tagged, values: { firstName: 'Augusta' }, lists: [unsubscribed('1')] });
    const move = { kind: 'moveLink', entity: 'contact', id: contact(2).id, agreed: agreedOnAda };
    expect([handOver({}, off), handOver({ person: edited }, off)]).toMatchObject([
      { operations: [move], deferred: true },
      {
        operations: [
          move,
          { kind: 'updateRecord', entity: 'contact', columns: { donotbulkemail: true }, optOut: true },
          { kind: 'updateRecord', entity: 'contact', columns: { firstname: 'Augusta' }, optOut: false },
        ],
        deferred: true,
      },
    ]);
  });

  test('has handed over: while Global Sync is off, edits go to the contact under the tags of the lead', () => {
    const handedOver = { link: link(contact(2)), record: contact(2), formerEntity: 'lead' } as const;
    const edited = person({ ...tagged, values: { firstName: 'Augusta' } });
    expect(plan({ ...handedOver, person: edited }, rules({ globalSync: false }))).toMatchObject({
      operations: [{ kind: 'updateRecord', entity: 'contact', columns: { firstname: 'Augusta' } }],
      deferred: true,
    });
  });

  test('gives up its link where the contact has a person of its own', () => {
    expect(ends({ record: qualified, successor: contact(2), successorTaken: true })).toEqual(['superseded']);
  });

  test('keeps its link where contacts do not take part, or where the contact is gone', () => {
    const without = rules({ contact: { enabled: false } });
    expect([handOver({}, without).operations, handOver({ successor: contact(2, { gone: true }) }).operations]).toEqual([[], []]);
  });

  test('has its contact keep the link while the tags have not followed, and lets them follow', () => {
    const decision = plan({ link: link(contact(2)), record: contact(2), formerEntity: 'lead' });
    expect(decision.operations).toMatchObject([{ kind: 'writePerson', addTags: ['contact'], removeTags: ['lead'] }]);
  });

  test('has handed over even if it was deleted since', () => {
    expect(handOver({ record: { ...qualified, gone: true } }).operations.map(({ kind }) => kind)).toEqual(['moveLink', 'writePerson']);
  });
});

test('a merged row hands its link to the winner of the merge, and no tag changes', () => {
  const loser = lead(1, { succeededBy: { entity: 'lead', id: lead(2).id } });
  expect(plan({ record: loser, successor: lead(2) }).operations).toEqual([
    { kind: 'moveLink', entity: 'lead', id: lead(2).id, agreed: agreedOnAda },
  ]);
});

describe('consent', () => {
  const optOutRecord = {
    kind: 'updateRecord',
    entity: 'lead',
    id: row.id,
    columns: { donotbulkemail: true },
    changes: [{ field: 'donotbulkemail', old: false, new: true, rule: 'opted-out-in-activecampaign' }],
    settles: {},
    optOut: true,
  };

  test('taken back in ActiveCampaign is taken back in Dynamics', () => {
    expect(plan({ person: person({ ...tagged, lists: [unsubscribed('1')] }) }).operations).toEqual([optOutRecord]);
  });

  test('taken back in Dynamics takes the person off the lists that they are on', () => {
    const lists = [subscribed('1'), unsubscribed('2'), subscribed('3')];
    const out = ['donotbulkemail', 'donotemail'].map((column) =>
      plan({ record: lead(1, { columns: { [column]: true } }), person: person({ ...tagged, lists }) }),
    );
    const optOutPerson = { kind: 'optOutPerson', email: 'ada@example.com', lists: ['1', '3'] };
    expect(out.map(({ operations }) => operations)).toEqual([[optOutPerson], [optOutPerson]]);
  });

  test('is a ratchet: nothing gives it back, whatever the other side says', () => {
    const settledOut = [
      { lists: [unsubscribed('1')], columns: { donotbulkemail: true } },
      { lists: [], columns: { donotbulkemail: true } },
      { lists: [unsubscribed('1')], columns: { donotemail: true } },
    ];
    const plans = settledOut.map(({ lists, columns }) => plan({ person: person({ ...tagged, lists }), record: lead(1, { columns }) }));
    expect(plans.map(({ operations }) => operations)).toEqual([[], [], []]);
  });

  test('goes before the fields', () => {
    const operations = plan({ person: person({ ...tagged, lists: [unsubscribed('1')], values: { lastName: 'King' } }) }).operations;
    expect(operations.map((operation) => operation.kind === 'updateRecord' && operation.optOut)).toEqual([true, false]);
  });

  test('waits for Global Sync only where it goes to ActiveCampaign', () => {
    const off = rules({ globalSync: false });
    expect([
      plan({ record: lead(1, { columns: { donotbulkemail: true } }), person: person({ ...tagged, lists: [subscribed('1')] }) }, off),
      plan({ person: person({ ...tagged, lists: [unsubscribed('1')] }) }, off),
    ]).toEqual([
      { link: { kind: 'keep' }, operations: [], holds: [], deferred: true },
      { link: { kind: 'keep' }, operations: [optOutRecord], holds: [], deferred: false },
    ]);
  });

  test('is left alone where it is not to be synced', () => {
    expect(plan({ person: person({ ...tagged, lists: [unsubscribed('1')] }) }, rules({ syncOptOut: false })).operations).toEqual([]);
  });
});

describe('directions', () => {
  const bothChanged = {
    person: person({ ...tagged, values: { firstName: 'Augusta' } }),
    record: lead(1, { columns: { lastname: 'Lovelace' } }),
  };
  const kinds = (direction: 'toActiveCampaign' | 'toDynamics') =>
    plan(bothChanged, rules({ lead: { direction } })).operations.map(({ kind }) => kind);

  test('of the table bind all its fields', () => {
    expect([kinds('toActiveCampaign'), kinds('toDynamics')]).toEqual([['writePerson'], ['updateRecord']]);
  });

  test('a table that is switched off asks for nothing', () => {
    expect(plan(bothChanged, rules({ lead: { enabled: false } }))).toEqual({
      link: { kind: 'none' },
      operations: [],
      holds: [],
      deferred: false,
    });
  });
});
