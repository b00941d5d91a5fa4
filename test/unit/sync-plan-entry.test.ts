import { describe, expect, test } from 'vitest';
import type { Link } from '../../main/store/observed.ts';
import type { EnteringPerson } from '../../main/sync/plan/match.ts';
import { type EnteringRecord, planEnteringPerson, planEnteringRecord } from '../../main/sync/plan/plan-entry.ts';
import { agreedOnAda, allFields, contact, lead, link, names, person, rowId, rules, subscribed, unsubscribed } from './sync-subjects.ts';

const nothing = { link: { kind: 'none' }, operations: [], holds: [], deferred: false };

const ended = (because: NonNullable<Link['endedBecause']>): Link => link(lead(1), { state: 'ended', endedBecause: because });

describe('a row without a link', () => {
  const row = lead(1);
  const enter = (given: Partial<EnteringRecord> = {}, under = rules()) =>
    planEnteringRecord(
      {
        record: row,
        first: row,
        personByEmail: null,
        asked: null,
        linkOfPerson: null,
        ended: null,
        halfMade: null,
        staysOut: false,
        ...given,
      },
      under,
    );
  const why = (given: Partial<EnteringRecord>, under = rules()) =>
    enter(given, under).holds.map(({ reason, message }) => `${reason}: ${message}`);

  test('becomes a person with the tags of the contract and the list of the settings', () => {
    expect(enter({ record: contact(2), first: contact(2) }, rules({ contact: { listId: '3' } }))).toEqual({
      link: { kind: 'start', entity: 'contact', dynamicsId: rowId(2), personId: null, origin: 'pushed' },
      operations: [
        {
          kind: 'writePerson',
          email: 'ada@example.com',
          write: { firstName: 'Ada', lastName: 'Byron' },
          addTags: ['pushed', 'contact'],
          removeTags: [],
          joinList: '3',
          changes: [
            { field: 'email', old: null, new: 'ada@example.com', rule: 'new-record' },
            { field: 'firstName', old: null, new: 'Ada', rule: 'new-record' },
            { field: 'lastName', old: null, new: 'Byron', rule: 'new-record' },
          ],
          settles: agreedOnAda,
        },
      ],
      holds: [],
      deferred: false,
    });
  });

  test('who has opted out joins no list', () => {
    const out = ['donotbulkemail', 'donotemail'].map((column) =>
      enter({ record: lead(1, { columns: { [column]: true } }) }, rules({ lead: { listId: '3' } })),
    );
    expect(out.flatMap(({ operations }) => operations.map((each) => each.kind === 'writePerson' && each.joinList))).toEqual([null, null]);
  });

  test('takes along only what may flow to ActiveCampaign', () => {
    const ways = (direction: 'both' | 'toActiveCampaign') =>
      enter(
        { record: lead(1, { columns: { telephone1: '22 33', companyname: 'Acme' } }) },
        rules({ mappings: allFields, lead: { direction } }),
      ).operations.map((each) => each.kind === 'writePerson' && each.write);
    const write = { firstName: 'Ada', lastName: 'Byron', fields: { 1: 'Acme' } };
    expect([ways('both'), ways('toActiveCampaign')]).toEqual([[write], [write]]);
  });

  test('joins the person who is there already and is not put on a list', () => {
    const { link: started, operations } = enter({ personByEmail: person({ values: { firstName: '' } }) }, rules({ lead: { listId: '3' } }));
    expect([started, operations]).toEqual([
      { kind: 'start', entity: 'lead', dynamicsId: rowId(1), personId: '1', origin: 'pushed' },
      [
        {
          kind: 'writePerson',
          email: 'ada@example.com',
          write: { firstName: 'Ada' },
          addTags: ['pushed', 'lead'],
          removeTags: [],
          joinList: null,
          changes: [{ field: 'firstName', old: null, new: 'Ada', rule: 'first-contact-fills-empty' }],
          settles: { 'firstname=firstName': 'Ada' },
        },
        { kind: 'settle', settles: { 'emailaddress1=email': 'ada@example.com', 'lastname=lastName': 'Byron' } },
      ],
    ]);
  });

  test('that joins a person who has opted out opts out itself, and the other way round', () => {
    const byPerson = enter({ personByEmail: person({ lists: [unsubscribed('1')] }) });
    const byRow = enter({ record: lead(1, { columns: { donotemail: true } }), personByEmail: person({ lists: [subscribed('1')] }) });
    expect([byPerson.operations[0], byRow.operations[0]]).toMatchObject([
      { kind: 'updateRecord', columns: { donotbulkemail: true }, optOut: true },
      { kind: 'optOutPerson', lists: ['1'] },
    ]);
  });

  describe('whose pair was half made', () => {
    const under = rules({ lead: { listId: '3', conflictWinner: 'dynamics' } });
    const halfMade = { personId: person().id, entity: 'lead', dynamicsId: row.id, agreed: agreedOnAda, awaitsList: true } as const;
    const edited = person({ values: { firstName: 'Zoe' } });
    const join = (given: Partial<EnteringRecord>, by = under) => enter({ personByEmail: edited, halfMade, ...given }, by);
    const lists = ({ operations }: ReturnType<typeof enter>) =>
      operations.flatMap((operation) => (operation.kind === 'writePerson' ? [operation.joinList] : []));

    test('goes on from what is agreed, and lets the person join the list', () => {
      expect(join({})).toMatchObject({
        link: { kind: 'start', agreed: agreedOnAda },
        operations: [
          { kind: 'updateRecord', columns: { firstname: 'Zoe' } },
          { kind: 'writePerson', write: {}, joinList: '3' },
        ],
      });
    });

    test('meets anybody else for the first time', () => {
      const others = [
        { ...halfMade, dynamicsId: rowId(7) },
        { ...halfMade, entity: 'contact' as const },
      ];
      expect(others.map((other) => join({ halfMade: other }))).toEqual([join({ halfMade: null }), join({ halfMade: null })]);
    });

    test.each<[string, Partial<EnteringRecord>]>([
      ['was not created here', { halfMade: { ...halfMade, awaitsList: false } }],
      ['is on it', { personByEmail: person({ lists: [subscribed('3')] }) }],
      ['has left it', { personByEmail: person({ lists: [unsubscribed('3'), subscribed('1')] }) }],
      ['has opted out', { personByEmail: person({ lists: [unsubscribed('1', true), subscribed('2')] }) }],
      ['has a row that has opted out', { record: lead(1, { columns: { donotemail: true } }) }],
    ])('lets nobody join the list who %s', (_, given) => {
      expect(lists(join(given))).toEqual([null]);
    });

    test('lets nobody join where there is no list', () => {
      expect(lists(join({}, rules()))).toEqual([null]);
    });

    const enterTagged = (by: typeof under, given: Partial<EnteringPerson> = {}) =>
      planEnteringPerson(
        {
          person: person({ tags: ['lead', 'pushed'] }),
          candidates: [row],
          qualified: new Set(),
          chosen: null,
          ended: null,
          halfMade,
          ...given,
        },
        by,
      );

    test('and whose person has both tags joins the list as well, or waits for Global Sync', () => {
      expect(lists(enterTagged(under))).toEqual(['3']);
      expect(enterTagged({ ...under, globalSync: false })).toEqual({ ...nothing, deferred: true });
    });

    test('and that would bring nobody new is linked without the list', () => {
      expect(lists(enterTagged(rules({ lead: { listId: '3', direction: 'toDynamics' } })))).toEqual([]);
      expect(lists(enterTagged(under, { candidates: [lead(1, { meetsCriteria: false })] }))).toEqual([]);
    });
  });

  test('a contact that joins somebody tagged as a lead takes that tag away', () => {
    const { operations } = enter({ record: contact(2), first: contact(2), personByEmail: person({ tags: ['lead', 'pushed'] }) });
    expect(operations[0]).toMatchObject({ kind: 'writePerson', addTags: ['contact'], removeTags: ['lead'] });
  });

  test.each<[string, Partial<EnteringRecord>]>([
    ['is gone', { record: lead(1, { gone: true }) }],
    ['does not meet the criteria', { record: lead(1, { meetsCriteria: false }) }],
    ['was merged or qualified', { record: lead(1, { succeededBy: { entity: 'contact', id: rowId(2) } }) }],
    ['lost its link with the tags', { ended: ended('tags-removed') }],
    ['lost its link with the person', { ended: ended('person-gone') }],
    ['lost its link to the other table', { ended: ended('entity-changed') }],
  ])('does not enter when it %s', (_, given) => {
    expect(enter(given)).toEqual(nothing);
  });

  test('that had been deleted and is back may enter again', () => {
    expect(enter({ ended: ended('record-gone') }).operations).toHaveLength(1);
  });

  test('does not enter from a table that is off or goes to Dynamics only', () => {
    expect([enter({}, rules({ lead: { enabled: false } })), enter({}, rules({ lead: { direction: 'toDynamics' } }))]).toEqual([
      nothing,
      nothing,
    ]);
  });

  test('waits for Global Sync', () => {
    expect(enter({}, rules({ globalSync: false }))).toEqual({ ...nothing, deferred: true });
  });

  test('without an address, or with one that ActiveCampaign does not take, is held', () => {
    const withEmail = (emailaddress1: string | null) => why({ record: lead(1, { columns: { emailaddress1 } }) });
    expect([withEmail(null), withEmail('  '), withEmail('Ada at Home')]).toEqual([
      ['no-email: The lead has no e-mail address'],
      ['no-email: The lead has no e-mail address'],
      ['invalid-email: "ada at home" is not an address that ActiveCampaign takes'],
    ]);
  });

  test('that shares its address with a better one is held and says with whom', () => {
    expect(why({ first: contact(7) })).toEqual([
      `shared-email: Shares the e-mail address ada@example.com with the contact ${rowId(7)}, which goes before it`,
    ]);
  });

  test('whose address belongs to a person with another link is held', () => {
    expect(why({ personByEmail: person(), linkOfPerson: link(contact(7)) })).toEqual([
      `shared-email: The person with the address ada@example.com is linked with the contact ${rowId(7)}`,
    ]);
  });

  test('that is one of several whom a tagged person could be is held with them', () => {
    expect(why({ asked: 'several-matches', personByEmail: person({ tags: ['lead', 'pulled'] }) })).toEqual([
      'several-matches: The person with the address ada@example.com was tagged in ActiveCampaign and could be any of several rows',
    ]);
  });

  test('a value that does not fit stays behind alone', () => {
    const { operations, holds } = enter(
      { record: lead(1, { columns: { leadsourcecode: 99 } }) },
      rules({ mappings: [...names, { dynamics: 'leadsourcecode', activeCampaign: 'field:3', direction: 'both' }] }),
    );
    expect([operations.length, holds.map(({ field, reason }) => ({ field, reason }))]).toEqual([
      1,
      [{ field: 'leadsourcecode=field:3', reason: 'no-such-option' }],
    ]);
  });
});

describe('a tagged person without a link', () => {
  const pulled = person({ tags: ['lead', 'pulled'] });
  const enter = (given: Partial<EnteringPerson> = {}, under = rules()) =>
    planEnteringPerson(
      { person: pulled, candidates: [], qualified: new Set(), chosen: null, ended: null, halfMade: null, ...given },
      under,
    );

  test('becomes a lead with a topic, under an id that is chosen beforehand', () => {
    expect(enter()).toEqual({
      link: { kind: 'start', entity: 'lead', dynamicsId: rowId(901), personId: '1', origin: 'pulled' },
      operations: [
        {
          kind: 'createRecord',
          entity: 'lead',
          id: rowId(901),
          columns: { emailaddress1: 'ada@example.com', firstname: 'Ada', lastname: 'Byron', subject: 'ActiveCampaign: Ada Byron' },
          changes: [
            { field: 'emailaddress1', old: null, new: 'ada@example.com', rule: 'new-record' },
            { field: 'firstname', old: null, new: 'Ada', rule: 'new-record' },
            { field: 'lastname', old: null, new: 'Byron', rule: 'new-record' },
            { field: 'subject', old: null, new: 'ActiveCampaign: Ada Byron', rule: 'new-record' },
          ],
          settles: agreedOnAda,
        },
      ],
      holds: [],
      deferred: false,
    });
  });

  const columnsOf = (given: Partial<EnteringPerson>, under = rules()) =>
    enter(given, under).operations.flatMap((each) => (each.kind === 'createRecord' ? [each.columns] : []));

  test('becomes a contact, which has no topic', () => {
    expect(columnsOf({ person: person({ tags: ['contact', 'pulled'] }) })).toEqual([
      { emailaddress1: 'ada@example.com', firstname: 'Ada', lastname: 'Byron' },
    ]);
  });

  test('without a last name gets that of the address, which both sides may differ in from then on', () => {
    const nameless = person({ tags: ['lead', 'pulled'], values: { firstName: '', lastName: ' ' } });
    const [created] = enter({ person: nameless }).operations;
    expect(created).toMatchObject({
      columns: { lastname: 'ada', subject: 'ActiveCampaign: ada@example.com' },
      settles: { 'firstname=firstName': null, 'lastname=lastName': { activeCampaign: null, dynamics: 'ada' } },
    });
  });

  test('without a last name is held where the settings say so', () => {
    const own = rules().entities.lead;
    const held = enter(
      { person: person({ tags: ['lead', 'pulled'], values: { lastName: '' } }) },
      rules({ lead: { creation: { ...own.creation, missingLastName: 'hold' } } }),
    );
    expect([held.operations, held.holds.map(({ reason }) => reason)]).toEqual([[], ['no-last-name']]);
  });

  test('who has opted out is created opted out', () => {
    const out = person({ tags: ['lead', 'pulled'], lists: [unsubscribed('1')] });
    expect([
      columnsOf({ person: out })[0]?.donotbulkemail,
      columnsOf({ person: out }, rules({ syncOptOut: false }))[0]?.donotbulkemail,
    ]).toEqual([true, undefined]);
  });

  test('takes along only what may flow to Dynamics', () => {
    const full = person({ tags: ['lead', 'pulled'], values: { phone: '22 33', 'field:1': 'Acme' } });
    const columns = {
      emailaddress1: 'ada@example.com',
      firstname: 'Ada',
      lastname: 'Byron',
      telephone1: '22 33',
      subject: 'ActiveCampaign: Ada Byron',
    };
    const under = (direction: 'both' | 'toDynamics') => columnsOf({ person: full }, rules({ mappings: allFields, lead: { direction } }));
    expect([under('both'), under('toDynamics')]).toEqual([[columns], [columns]]);
  });

  test('goes to Dynamics while Global Sync is off', () => {
    expect(enter({}, rules({ globalSync: false }))).toMatchObject({ operations: [{ kind: 'createRecord' }], deferred: false });
  });

  test('is joined with the one row under the address', () => {
    expect(enter({ candidates: [lead(4)] })).toEqual({
      link: { kind: 'start', entity: 'lead', dynamicsId: rowId(4), personId: '1', origin: 'pulled' },
      operations: [{ kind: 'settle', settles: agreedOnAda }],
      holds: [],
      deferred: false,
    });
  });

  test('who could be several rows is held with their ids', () => {
    const { operations, holds } = enter({ candidates: [lead(4), lead(5)] });
    expect([operations, holds.map(({ reason, message }) => `${reason}: ${message}`)]).toEqual([
      [],
      [`several-matches: 2 leads in Dynamics have this e-mail address: ${rowId(4)}, ${rowId(5)}`],
    ]);
  });

  test('who came from Dynamics is found again there: the best row under the address', () => {
    expect(enter({ person: person({ tags: ['lead', 'pushed'] }), candidates: [lead(4), lead(5)] }).link).toMatchObject({
      dynamicsId: rowId(4),
    });
  });

  test('tagged as a lead who could be several contacts is held, and not matched with the first of them', () => {
    const { operations, holds } = enter({ candidates: [contact(4), contact(5)] });
    expect([operations, holds.map(({ message }) => message)]).toEqual([
      [],
      [`2 contacts in Dynamics have this e-mail address: ${rowId(4)}, ${rowId(5)}`],
    ]);
  });

  test('who came from Dynamics and is not there is not created', () => {
    expect(enter({ person: person({ tags: ['lead', 'pushed'] }) })).toEqual(nothing);
  });

  test('tagged as a lead who is a contact already follows the contact, tags included', () => {
    const joined = enter({ candidates: [contact(4)] });
    expect([joined.link, joined.operations[0]]).toMatchObject([
      { kind: 'start', entity: 'contact', dynamicsId: rowId(4) },
      { kind: 'writePerson', addTags: ['contact'], removeTags: ['lead'] },
    ]);
  });

  test('whose tags would have to change waits for Global Sync', () => {
    expect(enter({ candidates: [contact(4)] }, rules({ globalSync: false }))).toEqual({ ...nothing, deferred: true });
  });

  test('is no match for rows of a table that is switched off', () => {
    expect(enter({ candidates: [contact(4)] }, rules({ contact: { enabled: false } })).link).toMatchObject({
      entity: 'lead',
      dynamicsId: rowId(901),
    });
  });

  test.each<[string, Partial<EnteringPerson>]>([
    ['is gone', { person: person({ tags: ['lead', 'pulled'], gone: true }) }],
    ['carries one tag of the pair only', { person: person({ tags: ['lead'] }) }],
    ['carries the other tag of the pair only', { person: person({ tags: ['pulled'] }) }],
    ['had a row that was deleted in Dynamics', { ended: ended('record-gone') }],
  ])('does not enter who %s', (_, given) => {
    expect(enter(given)).toEqual(nothing);
  });

  test('whose row was deleted may come back once the tags were taken away', () => {
    expect(enter({ person: person(), ended: ended('record-gone') })).toEqual({
      ...nothing,
      link: { kind: 'keep' },
      operations: [{ kind: 'forgetLink' }],
    });
  });

  test('who lost the tags and has them again may come back', () => {
    expect(enter({ ended: ended('tags-removed') }).operations).toMatchObject([{ kind: 'createRecord' }]);
  });

  test('does not enter a table that is off or goes to ActiveCampaign only', () => {
    expect([enter({}, rules({ lead: { enabled: false } })), enter({}, rules({ lead: { direction: 'toActiveCampaign' } }))]).toEqual([
      nothing,
      nothing,
    ]);
  });

  test('without an address is held', () => {
    expect(enter({ person: person({ tags: ['lead', 'pulled'], email: ' ' }) }).holds.map(({ reason }) => reason)).toEqual(['no-email']);
  });

  test('a value that does not fit stays behind alone', () => {
    const { operations, holds } = enter({ person: person({ tags: ['lead', 'pulled'], values: { firstName: 'A'.repeat(51) } }) });
    expect([operations.length, holds.map(({ field, reason }) => ({ field, reason }))]).toEqual([
      1,
      [{ field: 'firstname=firstName', reason: 'value-too-long' }],
    ]);
  });
});

describe('an answer about whom a tagged person is', () => {
  const pulled = person({ tags: ['lead', 'pulled'], values: { firstName: 'Augusta', phone: '22 33' } });
  const enter = (given: Partial<EnteringPerson>, under = rules()) =>
    planEnteringPerson(
      { person: pulled, candidates: [lead(4), lead(5)], qualified: new Set(), chosen: null, ended: null, halfMade: null, ...given },
      under,
    );

  test('links them by the rules of a first contact: nothing is overwritten but by the conflict rule', () => {
    const chosen = { kind: 'row', record: lead(5, { columns: { lastname: null } }) } as const;
    const { link: started, operations } = enter({ chosen });
    expect([started, operations]).toMatchObject([
      { kind: 'start', entity: 'lead', dynamicsId: rowId(5), personId: '1', origin: 'pulled' },
      [
        { kind: 'updateRecord', id: rowId(5), columns: { lastname: 'Byron' } },
        { kind: 'writePerson', write: { firstName: 'Ada' }, changes: [{ rule: 'conflict-dynamics-wins' }], addTags: [], removeTags: [] },
        { kind: 'settle' },
      ],
    ]);
  });

  test('that they are none of those has a new row created', () => {
    expect(enter({ chosen: { kind: 'nobody' } })).toMatchObject({
      link: { kind: 'start', dynamicsId: rowId(901) },
      operations: [{ kind: 'createRecord', entity: 'lead' }],
      holds: [],
    });
  });

  test('that does not hold any more is asked for again, though only one row is left', () => {
    const outdated = (candidates: EnteringPerson['candidates']) => enter({ chosen: { kind: 'outdated' }, candidates });
    expect([outdated([lead(4)]).holds, outdated([lead(4)]).operations]).toMatchObject([
      [{ reason: 'several-matches', message: `Of those that the person could be, this one is left: the lead ${rowId(4)}` }],
      [],
    ]);
    expect(outdated([]).operations).toMatchObject([{ kind: 'createRecord' }]);
  });

  test('whose tags would have to follow waits for Global Sync', () => {
    expect(enter({ candidates: [contact(4)], chosen: { kind: 'row', record: contact(4) } }, rules({ globalSync: false }))).toEqual({
      ...nothing,
      deferred: true,
    });
  });
});

describe('the tags of a lead on somebody who is a contact in Dynamics', () => {
  const misprinted = person({ tags: ['lead', 'pushed'] });
  const enter = (given: Partial<EnteringPerson> = {}, under = rules()) =>
    planEnteringPerson(
      { person: misprinted, candidates: [contact(4)], qualified: new Set(), chosen: null, ended: null, halfMade: null, ...given },
      under,
    );
  const reasons = (given: Partial<EnteringPerson> = {}, under = rules()) => enter(given, under).holds.map(({ reason }) => reason);

  test('hold the person: nothing is written before somebody has seen it', () => {
    expect([enter().operations, enter().link, enter().holds]).toMatchObject([
      [],
      { kind: 'none' },
      [{ reason: 'wrong-tags', message: `Carries the tags of a lead, though the record in Dynamics is the contact ${rowId(4)}` }],
    ]);
  });

  test('are told also where leads are switched off, or do not go to Dynamics', () => {
    expect([reasons({}, rules({ lead: { enabled: false } })), reasons({}, rules({ lead: { direction: 'toActiveCampaign' } }))]).toEqual([
      ['wrong-tags'],
      ['wrong-tags'],
    ]);
  });

  test('are repaired by an answer: Lead goes, Contact comes, and the two are linked', () => {
    expect(enter({ chosen: { kind: 'row', record: contact(4) } })).toMatchObject({
      link: { kind: 'start', entity: 'contact', dynamicsId: rowId(4), personId: '1', origin: 'pushed' },
      operations: [{ kind: 'writePerson', addTags: ['contact'], removeTags: ['lead'], changes: [] }, { kind: 'settle' }],
      holds: [],
    });
  });

  test('leave open which of several contacts it is', () => {
    expect(reasons({ candidates: [contact(4), contact(5)] })).toEqual(['several-matches']);
  });

  test.each<[string, Partial<EnteringPerson>]>([
    ['there is a lead as well', { candidates: [contact(4), lead(5)] }],
    ['the contact was a lead once', { qualified: new Set([rowId(4)]) }],
    ['the person was linked with a lead', { ended: ended('tags-removed') }],
    ['the person was tagged in ActiveCampaign to be created', { person: person({ tags: ['lead', 'pulled'] }) }],
  ])('are right where %s', (_, given) => {
    expect([reasons(given), enter(given).link.kind]).toEqual([[], 'start']);
  });

  test('ask nothing where contacts are switched off', () => {
    expect(enter({}, rules({ contact: { enabled: false } }))).toEqual(nothing);
  });

  test('hold the contact too, and do not follow it silently', () => {
    const row = contact(4);
    const decision = planEnteringRecord(
      {
        record: row,
        first: row,
        personByEmail: misprinted,
        asked: 'wrong-tags',
        linkOfPerson: null,
        ended: null,
        halfMade: null,
        staysOut: false,
      },
      rules(),
    );
    expect([decision.operations, decision.holds]).toMatchObject([
      [],
      [{ reason: 'wrong-tags', message: 'The person with the address ada@example.com carries the tags of a lead in ActiveCampaign' }],
    ]);
  });
});
