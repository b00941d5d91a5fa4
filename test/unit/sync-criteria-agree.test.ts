import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Column, ColumnValue } from '../../main/connections/dynamics/types.ts';
import { compileConditions } from '../../main/sync/criteria/compile.ts';
import type { Condition } from '../../shared/settings.ts';
import { id, type TestEnvironment, testEnvironment } from './demo-dynamics-environment.ts';

/**
 * The filter is carried out by the sample Dynamics (over its own parser, from a percent-encoded address), the test of a row here. Every
 * condition is judged on every row both ways.
 */

const column = (name: string, type: Column['type']): Column => ({
  name,
  label: name,
  type,
  required: 'none',
  readable: true,
  creatable: true,
  updatable: true,
  secured: false,
});

const columns = {
  companyname: column('companyname', { kind: 'text', maxLength: 100 }),
  description: column('description', { kind: 'multilineText', maxLength: 2000 }),
  numberofemployees: column('numberofemployees', { kind: 'wholeNumber', min: 0, max: 1_000_000 }),
  new_score: column('new_score', { kind: 'float', precision: 2, min: 0, max: 100 }),
  leadsourcecode: column('leadsourcecode', {
    kind: 'choice',
    options: [
      { value: 1, label: 'Advertisement' },
      { value: 2, label: 'Employee Referral' },
      { value: 3, label: 'External Referral' },
    ],
  }),
  new_newsletter: column('new_newsletter', { kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' }),
  estimatedclosedate: column('estimatedclosedate', { kind: 'dateTime', behavior: 'dateOnly', format: 'dateOnly' }),
  new_visitedon: column('new_visitedon', { kind: 'dateTime', behavior: 'timeZoneIndependent', format: 'dateAndTime' }),
  lastusedincampaign: column('lastusedincampaign', { kind: 'dateTime', behavior: 'userLocal', format: 'dateOnly' }),
};
type ColumnName = keyof typeof columns;
const byName = new Map<string, Column>(Object.entries(columns));

/** What could break out of a literal, be a wildcard, be encoded wrongly, or change under another case or another form of Unicode. */
const pieces = [
  ...`' '' " + % & _ [ ] [a] [^b] [a-z] ^ - # ? / \\ ( ) , = * . $ %20 null a A b ß ẞ ss i I İ ı å Å é É Σ σ ς k Ж ж 🙂`.split(' '),
  // White space, combining characters, and signs that are letters under another name (ångström, kelvin).
  ' ',
  '\n',
  '\u0338',
  'e\u0301',
  '\u212b',
  '\u212a',
];
const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

const day = fc.constantFrom('2024-02-28', '2024-02-29', '2024-03-01', '1999-12-31');
const moment = fc.constantFrom(
  '2024-02-28T23:59:59Z',
  '2024-02-29T00:00:00Z',
  '2024-02-29T12:30:00Z',
  '2024-02-29T23:59:59Z',
  '2024-03-01T00:00:00Z',
);
const values = {
  text: hostile,
  number: fc.constantFrom(0, 1, 7, 99, 100),
  score: fc.constantFrom(0, 0.5, 7.25, 100),
  choice: fc.constantFrom(1, 2, 3),
  flag: fc.boolean(),
};

const orNull = (value: fc.Arbitrary<ColumnValue>) => fc.option(value, { nil: null, freq: 4 });
const row = fc.record<Record<ColumnName, ColumnValue>>({
  companyname: orNull(values.text),
  description: orNull(values.text),
  numberofemployees: orNull(values.number),
  new_score: orNull(values.score),
  leadsourcecode: orNull(values.choice),
  new_newsletter: orNull(values.flag),
  estimatedclosedate: orNull(day),
  new_visitedon: orNull(moment),
  lastusedincampaign: orNull(moment),
});

const on = <Operator extends string>(field: fc.Arbitrary<ColumnName>, ...operators: Operator[]) => ({
  field,
  operator: fc.constantFrom(...operators),
});
const field = (...names: ColumnName[]) => fc.constantFrom(...names);
const compared = ['equals', 'notEquals'] as const;
const sized = [...compared, 'greaterThan', 'lessThan'] as const;
const dated = [...sized, 'onOrAfter', 'onOrBefore'] as const;

/** @param texts where the texts of text conditions come from. */
const conditionOn = (texts: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.record({ ...on(field('companyname', 'description'), ...compared), value: texts }),
    fc.record({ ...on(field('companyname', 'description'), 'contains', 'startsWith', 'endsWith'), value: texts }),
    fc.record({ ...on(field('companyname'), 'isAnyOf'), value: fc.array(texts, { minLength: 1, maxLength: 3 }) }),
    fc.record({ ...on(field('numberofemployees'), ...sized), value: values.number }),
    fc.record({ ...on(field('new_score'), ...sized), value: values.score }),
    fc.record({
      ...on(field('leadsourcecode'), ...sized),
      value: fc.oneof(values.choice, fc.constantFrom('advertisement', 'EXTERNAL referral')),
    }),
    fc.record({ ...on(field('leadsourcecode'), 'isAnyOf'), value: fc.array(values.choice, { minLength: 1, maxLength: 2 }) }),
    fc.record({ ...on(field('new_newsletter'), ...compared), value: fc.oneof(values.flag, fc.constantFrom('yes', 'No')) }),
    fc.record({ ...on(field('estimatedclosedate'), ...dated), value: day }),
    fc.record({ ...on(field('new_visitedon', 'lastusedincampaign'), ...dated), value: fc.oneof(day, moment) }),
    fc.record({ ...on(field('new_visitedon'), 'isAnyOf'), value: fc.array(day, { minLength: 1, maxLength: 2 }) }),
    fc.record(on(fc.constantFrom(...(Object.keys(columns) as ColumnName[])), 'isEmpty', 'isNotEmpty')),
  );

const [rows = []] = fc.sample(fc.array(row, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 20_260_610 });

/** Texts that the rows hold, whole and in part, so that conditions meet some of them; and others. */
const held = rows.flatMap(({ companyname, description }) => [companyname, description]).filter((text) => typeof text === 'string');
const partOfHeld = fc
  .tuple(fc.constantFrom(...held), fc.nat(5), fc.integer({ min: 1, max: 4 }))
  .map(([text, from, length]) => text.slice(from % text.length, (from % text.length) + length))
  .filter((text) => text.isWellFormed());
const texts = fc.oneof(
  hostile,
  fc.constantFrom(...held),
  partOfHeld,
  partOfHeld.map((text) => text.toUpperCase()),
  partOfHeld.map((text) => text.normalize('NFD')),
);

let environment: TestEnvironment;
beforeAll(() => {
  environment = testEnvironment({ leads: rows.map((values, index) => ({ id: id(index), columns: { lastname: 'Lead', ...values } })) });
});

async function judgedByDynamics(filter: string): Promise<readonly unknown[]> {
  const answer = await environment.get(`leads?$select=leadid&$filter=${encodeURIComponent(filter)}`);
  expect([answer.status, filter]).toEqual([200, filter]);
  return answer.page().value.map((found) => found.leadid);
}

describe('criteria mean the same in Dynamics and here', () => {
  test('whatever is asked for, whatever the rows hold', async () => {
    let met = 0;
    const criteria = fc.record({
      match: fc.constant('conditions' as const),
      join: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(conditionOn(texts), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(criteria, async (asked) => {
        const { filter, matches } = compileConditions(asked, byName);
        const here = rows.flatMap((columnValues, index) => (matches(columnValues) ? [id(index)] : []));
        met += here.length;
        expect(await judgedByDynamics(filter)).toEqual(here);
      }),
      { numRuns: 3_000 },
    );
    // Conditions that no row meets would agree on anything.
    expect(met).toBeGreaterThan(3_000);
  });
});
