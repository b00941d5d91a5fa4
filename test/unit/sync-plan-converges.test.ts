import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListMembership } from '../../main/connections/activecampaign/types.ts';
import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../../main/store/observed.ts';
import { consentColumns, optedOutInActiveCampaign, optedOutInDynamics } from '../../main/sync/consent.ts';
import { sameValue } from '../../main/sync/mapping/canonical.ts';
import type { Decision } from '../../main/sync/plan/decision.ts';
import type { Operation } from '../../main/sync/plan/operations.ts';
import { commonDirection, readPerson, readRecord } from '../../main/sync/plan/pair.ts';
import { planEnteringPerson, planEnteringRecord } from '../../main/sync/plan/plan-entry.ts';
import { planLinked } from '../../main/sync/plan/plan-linked.ts';
import type { PlanRules } from '../../main/sync/plan/rules.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { allFields, lead, link, person, rules } from './sync-subjects.ts';

/** One person, one row and the link between them, as both services and the app hold them. */
interface Pair {
  readonly person: ObservedPerson;
  readonly record: ObservedRecord;
  readonly link: Link;
}

const planPair = (pair: Pair, under: PlanRules): Decision =>
  planLinked({ ...pair, successor: null, successorTaken: false, formerEntity: null }, under);

/** What both services and the app hold once a decision is carried out and confirmed. */
const carriedOut = (pair: Pair, decision: Decision): Pair => decision.operations.reduce(confirmed, pair);

function confirmed(pair: Pair, operation: Operation): Pair {
  switch (operation.kind) {
    case 'settle':
      return settled(pair, operation.settles);
    case 'createRecord':
    case 'updateRecord':
      return settled({ ...pair, record: { ...pair.record, columns: { ...pair.record.columns, ...operation.columns } } }, operation.settles);
    case 'writePerson':
      return settled({ ...pair, person: written(pair.person, operation) }, operation.settles);
    case 'optOutPerson': {
      const lists = pair.person.lists.map((each) => (operation.lists.includes(each.listId) ? { ...each, status: 2 } : each));
      return { ...pair, person: { ...pair.person, lists } };
    }
    default:
      throw new Error(`${operation.kind} is not expected here`);
  }
}

const settled = (pair: Pair, settles: Link['agreed']): Pair => ({
  ...pair,
  link: { ...pair.link, agreed: { ...pair.link.agreed, ...settles } },
});

function written(
  before: ObservedPerson,
  { write, addTags, removeTags, joinList }: Extract<Operation, { kind: 'writePerson' }>,
): ObservedPerson {
  const { email = before.email, fields = {}, ...names } = write;
  const custom = Object.fromEntries(Object.entries(fields).map(([id, value]) => [`field:${id}`, value]));
  const tags = { ...before.tags };
  for (const tag of addTags) tags[tag] = true;
  for (const tag of removeTags) tags[tag] = false;
  const lists: ListMembership[] = joinList === null ? [] : [{ listId: joinList, status: 1, throughCampaign: false }];
  return { ...before, email, values: { ...before.values, ...names, ...custom }, tags, lists: [...before.lists, ...lists] };
}

/** What people enter on either side: proper values, the same ones in another form, empty ones, and ones that do not fit. */
const texts = ['Ada', ' Ada ', 'Byron', 'O\u2019Brien', 'A'.repeat(60), '', 'Ame\u0301lie', 'Am\u00e9lie'];
const enteredValues: Readonly<Record<string, readonly string[]>> = {
  email: ['ada@example.com', 'ADA@example.com', 'king@example.com', ''],
  firstName: texts,
  lastName: texts,
  phone: ['22 33', '', '2'.repeat(30)],
  'field:1': ['Acme', 'Ames', ''],
  'field:2': ['12', '12.0', '1 200', '40', 'twelve', '', '7.5'],
  'field:3': ['Referral', 'REFERRAL', 'Advertisement', 'Word of mouth', ''],
  'field:4': ['2024-02-29', '2024-02-30', '0000-00-00', '', '1999-12-31'],
};
const enteredColumns: Readonly<Record<string, readonly ColumnValue[]>> = {
  emailaddress1: ['ada@example.com', 'Ada@Example.com', 'lovelace@example.com', 'not an address', null],
  firstname: [...texts.filter((text) => text.length <= 50 && text !== ''), null],
  lastname: [...texts.filter((text) => text.length <= 50 && text !== ''), null],
  telephone1: ['22 33', '44', null],
  companyname: ['Acme', 'Bolt', null],
  numberofemployees: [12, 40, 999, null],
  leadsourcecode: [1, 2, 77, null],
  estimatedclosedate: ['2024-02-29', '2030-01-01', null],
  donotbulkemail: [true, false],
  donotemail: [true, false],
};

/** Some of these, each with one of its values. */
const someOf = <Value>(choices: Readonly<Record<string, readonly Value[]>>): fc.Arbitrary<Record<string, Value>> =>
  fc
    .tuple(
      ...Object.entries(choices).map(([name, values]) =>
        fc.option(fc.constantFrom(...values).map((value): [string, Value] => [name, value])),
      ),
    )
    .map((entered) => Object.fromEntries(entered.filter((each) => each !== null)));

const lists = fc.uniqueArray(
  fc.record({ listId: fc.constantFrom('1', '2', '3'), status: fc.constantFrom(0, 1, 2, 3), throughCampaign: fc.boolean() }),
  { selector: (each) => each.listId },
);

interface Edit {
  readonly values: Record<string, string>;
  readonly columns: Record<string, ColumnValue>;
  readonly lists: ListMembership[];
}
const edit: fc.Arbitrary<Edit> = fc.record({ values: someOf(enteredValues), columns: someOf(enteredColumns), lists });

function edited(pair: Pair, { values: { email = pair.person.email, ...values }, columns, lists: memberships }: Edit): Pair {
  return {
    ...pair,
    person: { ...pair.person, email, values: { ...pair.person.values, ...values }, lists: memberships },
    record: { ...pair.record, columns: { ...pair.record.columns, ...columns } },
  };
}

const settings = fc.record({
  lead: fc.record({
    direction: fc.constantFrom('both' as const, 'toActiveCampaign' as const, 'toDynamics' as const),
    conflictWinner: fc.constantFrom('dynamics' as const, 'activeCampaign' as const, 'newest' as const, 'ask' as const),
  }),
});

const everything = {
  values: { phone: '22 33', 'field:1': 'Acme', 'field:2': '12', 'field:3': 'Referral', 'field:4': '2024-02-29' },
  columns: { telephone1: '22 33', companyname: 'Acme', numberofemployees: 12, leadsourcecode: 2, estimatedclosedate: '2024-02-29' },
};
const agreedRow = lead(1, { columns: everything.columns });
const agreedPair: Pair = carriedOutFirst({
  person: person({ tags: ['lead', 'pushed'], values: everything.values }),
  record: agreedRow,
  link: link(agreedRow, { agreed: {} }),
});

function carriedOutFirst(pair: Pair): Pair {
  return carriedOut(pair, planPair(pair, rules({ mappings: allFields })));
}

/** The keys of the fields that both sides do not agree on although they could flow either way. */
const apart = ({ person: here, record: there }: Pair, under: PlanRules): string[] =>
  under.entities.lead.map.fields
    .filter((field) => commonDirection(field.direction, under.entities.lead.direction) === 'both')
    .filter((field) => {
      const sides = [readPerson(field, here), readRecord(field, there)] as const;
      return !sides[0].ok || !sides[1].ok || !sameValue(sides[0].value, sides[1].value);
    })
    .map((field) => field.key);

const heldFields = (decision: Decision): string[] => decision.holds.map((hold) => hold.field ?? '').sort();

test('the pair that the tests start from agrees on every field', () => {
  const under = rules({ mappings: allFields });
  expect([Object.keys(agreedPair.link.agreed).length, planPair(agreedPair, under).operations]).toEqual([
    under.entities.lead.map.fields.length,
    [],
  ]);
});

describe('whatever people change on both sides', () => {
  const holds = (rule: (before: Pair, under: PlanRules) => void, numRuns = 1_000) =>
    fc.assert(
      fc.property(edit, settings, (change, given) => rule(edited(agreedPair, change), rules({ ...given, mappings: allFields }))),
      { numRuns },
    );

  test('both sides are equal afterwards, but for the fields that are held', () => {
    holds((before, under) => {
      const decision = planPair(before, under);
      const held = new Set(heldFields(decision));
      expect(apart(carriedOut(before, decision), under).filter((key) => !held.has(key))).toEqual([]);
    });
  });

  test('the next plan finds nothing to do and holds the same', () => {
    holds((before, under) => {
      const decision = planPair(before, under);
      const next = planPair(carriedOut(before, decision), under);
      expect([next.operations, heldFields(next)]).toEqual([[], heldFields(decision)]);
    });
  });

  test('no equal value is written', () => {
    holds((before, under) => {
      const changes = planPair(before, under).operations.flatMap((each) => ('changes' in each ? each.changes : []));
      expect(changes.filter((change) => sameValue(change.old, change.new))).toEqual([]);
    });
  });

  test('a side that nothing may flow to keeps all its values', () => {
    holds((before, under) => {
      const after = carriedOut(before, planPair(before, under));
      const { direction } = under.entities.lead;
      if (direction === 'toDynamics')
        expect([after.person.email, after.person.values]).toEqual([before.person.email, before.person.values]);
      const withoutConsent = ({ record: { columns } }: Pair) => ({ ...columns, donotbulkemail: null });
      if (direction === 'toActiveCampaign') expect(withoutConsent(after)).toEqual(withoutConsent(before));
    });
  });

  test('an opt-out reaches the other side, and none is ever weakened', () => {
    holds((before, under) => {
      const after = carriedOut(before, planPair(before, under));
      const out = (pair: Pair) => optedOutInDynamics(pair.record.columns) || optedOutInActiveCampaign(pair.person.lists);
      expect([out(after), optedOutInDynamics(after.record.columns)]).toEqual([out(before), out(before)]);
      if (out(before)) expect(after.person.lists.filter((each) => each.status === 1)).toEqual([]);
      const left = before.person.lists.filter((each) => each.status === 2).map((each) => each.listId);
      expect(after.person.lists.filter((each) => left.includes(each.listId) && each.status !== 2)).toEqual([]);
      const forbidden = consentColumns.filter((column) => before.record.columns[column] === true);
      expect(forbidden.filter((column) => after.record.columns[column] !== true)).toEqual([]);
    });
  });

  test('with Global Sync off nothing goes to ActiveCampaign, and turned on again both sides end as if it had been on', () => {
    holds((before, under) => {
      const off = { ...under, globalSync: false };
      const meanwhile = carriedOut(before, planPair(before, off));
      expect(meanwhile.person).toEqual(before.person);
      const caughtUp = carriedOut(meanwhile, planPair(meanwhile, under));
      const direct = carriedOut(before, planPair(before, under));
      expect([caughtUp.person, caughtUp.record, caughtUp.link.agreed]).toEqual([direct.person, direct.record, direct.link.agreed]);
    });
  });

  test('edits of different fields on both sides both survive', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Augusta', 'Mary'),
        fc.constantFrom('Lovelace', 'King'),
        settings,
        (firstName, lastname, { lead: given }) => {
          const under = rules({ lead: { ...given, direction: 'both' }, mappings: allFields });
          const before = edited(agreedPair, { values: { firstName }, columns: { lastname }, lists: [] });
          const after = carriedOut(before, planPair(before, under));
          expect([after.person.values, after.record.columns]).toMatchObject([
            { firstName, lastName: lastname },
            { firstname: firstName, lastname },
          ]);
        },
      ),
    );
  });
});

describe('somebody new', () => {
  test('who was created in ActiveCampaign has no echo', () => {
    fc.assert(
      fc.property(edit, settings, ({ columns }, given) => {
        const under = rules({ ...given, mappings: allFields });
        const record = lead(1, { columns: { ...everything.columns, ...columns } });
        const decision = planEnteringRecord(
          { record, first: record, personByEmail: null, asked: null, linkOfPerson: null, ended: null, halfMade: null, staysOut: false },
          under,
        );
        const [operation] = decision.operations;
        fc.pre(operation?.kind === 'writePerson');
        const empty = person({ email: operation.email, values: { firstName: '', lastName: '' } });
        const created = carriedOut({ person: empty, record, link: link(record, { agreed: {} }) }, decision);
        expect(planPair(created, under).operations.filter((each) => each.kind === 'writePerson' || each.kind === 'updateRecord')).toEqual(
          [],
        );
      }),
      { numRuns: 500 },
    );
  });

  test('who was created in Dynamics has no echo, not even of the topic and the last name that were made up', () => {
    fc.assert(
      fc.property(edit, settings, ({ values, lists: memberships }, given) => {
        const under = rules({ ...given, mappings: allFields });
        const before = edited({ ...agreedPair, person: person({ tags: ['lead', 'pulled'] }) }, { values, columns: {}, lists: memberships });
        const decision = planEnteringPerson(
          { person: before.person, candidates: [], qualified: new Set(), chosen: null, ended: null, halfMade: null },
          under,
        );
        const operation = decision.operations.find((each) => each.kind === 'createRecord');
        fc.pre(operation !== undefined);
        const record = { ...lead(1), id: operation.id, columns: {} };
        const fresh = { person: before.person, record, link: link(record, { agreed: {}, personId: activeCampaignId(1) }) };
        const created = carriedOut(fresh, decision);
        expect(planPair(created, under).operations.filter((each) => each.kind !== 'settle')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
