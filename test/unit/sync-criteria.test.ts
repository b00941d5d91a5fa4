import { describe, expect, test } from 'vitest';
import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { CriteriaError, compileConditions, criteriaColumns } from '../../main/sync/criteria/compile.ts';
import { withoutCase } from '../../main/sync/criteria/without-case.ts';
import type { Condition } from '../../shared/settings.ts';
import { column } from './sync-subjects.ts';

const columns = new Map(
  [
    column('lastname', { kind: 'text', maxLength: 50 }),
    column('description', { kind: 'multilineText', maxLength: 2000 }),
    column('numberofemployees', { kind: 'wholeNumber', min: 0, max: 1000 }),
    column('revenue', { kind: 'money', precision: 2, min: 0, max: 1e9 }),
    column('leadsourcecode', {
      kind: 'choice',
      options: [
        { value: 1, label: 'Advertisement' },
        { value: 2, label: 'Öffentlichkeit' },
      ],
    }),
    column('donotphone', { kind: 'twoOptions', trueLabel: 'Do Not Allow', falseLabel: 'Allow' }),
    column('birthdate', { kind: 'dateTime', behavior: 'dateOnly', format: 'dateOnly' }),
    column('createdon', { kind: 'dateTime', behavior: 'userLocal', format: 'dateAndTime' }),
    column('new_interests', { kind: 'choices', options: [] }),
    column('ownerid', { kind: 'lookup', targets: ['systemuser'] }),
  ].map((each) => [each.name, each]),
);

const compile = (...conditions: Condition[]) => compileConditions({ match: 'conditions', join: 'and', conditions }, columns);
const filter = (condition: Condition) => compile(condition).filter;
/** Which of these values of the condition's column meet it. */
const met = (condition: Condition, values: readonly ColumnValue[]) => {
  const { matches } = compile(condition);
  return values.filter((value) => matches({ [condition.field]: value }));
};

describe('the filter for Dynamics', () => {
  test.each<[Condition, string]>([
    [{ field: 'lastname', operator: 'equals', value: "O'Brien" }, "(lastname eq 'O''Brien')"],
    [{ field: 'lastname', operator: 'notEquals', value: 'x' }, "(not (lastname eq 'x') or lastname eq null)"],
    [{ field: 'lastname', operator: 'contains', value: '50%_[a]' }, "(contains(lastname,'50[%][_][[]a]'))"],
    [{ field: 'lastname', operator: 'startsWith', value: "'" }, "(startswith(lastname,''''))"],
    [{ field: 'lastname', operator: 'isEmpty' }, "(lastname eq null or lastname eq '')"],
    [{ field: 'numberofemployees', operator: 'isNotEmpty' }, '(numberofemployees ne null)'],
    [{ field: 'revenue', operator: 'greaterThan', value: '12.5' }, '(revenue gt 12.5)'],
    [{ field: 'leadsourcecode', operator: 'equals', value: 'ÖFFENTLICHKEIT' }, '(leadsourcecode eq 2)'],
    [{ field: 'leadsourcecode', operator: 'isAnyOf', value: [1, 'öffentlichkeit'] }, '(leadsourcecode eq 1 or leadsourcecode eq 2)'],
    [{ field: 'donotphone', operator: 'equals', value: 'do not allow' }, '(donotphone eq true)'],
    [{ field: 'birthdate', operator: 'onOrAfter', value: '2024-02-29' }, '(birthdate ge 2024-02-29)'],
    [{ field: 'createdon', operator: 'onOrBefore', value: '2024-02-29' }, '(createdon le 2024-02-29T23:59:59Z)'],
    [{ field: 'createdon', operator: 'onOrBefore', value: '2024-02-29T12:00:00+02:00' }, '(createdon le 2024-02-29T10:00:00Z)'],
    [
      { field: 'createdon', operator: 'equals', value: '2024-02-29' },
      '((createdon ge 2024-02-29T00:00:00Z and createdon le 2024-02-29T23:59:59Z))',
    ],
  ])('%o', (condition, expected) => {
    expect(filter(condition)).toBe(expected);
  });

  test('joins conditions so that none reaches into another', () => {
    const conditions: Condition[] = [
      { field: 'lastname', operator: 'isEmpty' },
      { field: 'revenue', operator: 'lessThan', value: 5 },
    ];
    const joined = (join: 'and' | 'or') => compileConditions({ match: 'conditions', join, conditions }, columns).filter;
    expect([joined('and'), joined('or')]).toEqual([
      "(lastname eq null or lastname eq '') and (revenue lt 5)",
      "(lastname eq null or lastname eq '') or (revenue lt 5)",
    ]);
  });
});

describe('what is meant', () => {
  const moments = ['2024-02-28T23:59:59Z', '2024-02-29T00:00:00Z', '2024-02-29T23:59:59Z', '2024-03-01T00:00:00Z', null];

  test.each<[Condition, readonly number[]]>([
    [{ field: 'createdon', operator: 'onOrAfter', value: '2024-02-29' }, [1, 2, 3]],
    [{ field: 'createdon', operator: 'onOrBefore', value: '2024-02-29' }, [0, 1, 2]],
    [{ field: 'createdon', operator: 'greaterThan', value: '2024-02-29' }, [3]],
    [{ field: 'createdon', operator: 'lessThan', value: '2024-02-29' }, [0]],
    [{ field: 'createdon', operator: 'equals', value: '2024-02-29' }, [1, 2]],
    [{ field: 'createdon', operator: 'notEquals', value: '2024-02-29' }, [0, 3, 4]],
    [{ field: 'createdon', operator: 'isAnyOf', value: ['2024-02-28', '2024-03-01'] }, [0, 3]],
  ])('by a day: the whole of it in UTC (%o)', (condition, expected) => {
    expect(met(condition, moments)).toEqual(expected.map((index) => moments[index]));
  });

  test('a row without a value is not equal to one, and neither more nor less', () => {
    expect([
      met({ field: 'lastname', operator: 'notEquals', value: 'x' }, [null]),
      met({ field: 'donotphone', operator: 'notEquals', value: true }, [null]),
      met({ field: 'revenue', operator: 'lessThan', value: 5 }, [null]),
      met({ field: 'lastname', operator: 'contains', value: 'n' }, [null]),
    ]).toEqual([[null], [null], [], []]);
  });

  test('a column that was not read is empty', () => {
    expect(compile({ field: 'lastname', operator: 'isEmpty' }).matches({})).toBe(true);
  });
});

describe('text is compared without regard to case and Unicode form', () => {
  test.each([
    ['ASCII', "O'Brien_50%", "o'bRIEN_50%", true],
    ['accents that are written in two ways', 'Ame\u0301lie', 'AM\u00c9LIE', true],
    ['Cyrillic', 'ЖУК', 'жук', true],
    ['the Kelvin sign, which is a K', '\u212a', 'k', true],
    ['a capital sharp s', 'STRAẞE', 'straße', true],
    ['ß is not ss', 'Straße', 'Strasse', false],
    ['the dotted İ of Turkish is not i', 'İzmir', 'izmir', false],
    ['the dotless ı of Turkish is not i', 'ısı', 'isi', false],
    ['a final sigma is a letter of its own', 'ΟΔΟΣ', 'οδος', false],
    ['a sigma is the same wherever it stands', 'ΟΔΟΣ', 'οδοσ', true],
    ['accents count', 'é', 'e', false],
    ['emoji', 'a🙂', 'A🙂', true],
  ])('%s', (_, one, other, same) => {
    expect(withoutCase(one) === withoutCase(other)).toBe(same);
  });
});

describe('what cannot be judged is refused with its path', () => {
  const refusal = (condition: Condition): string => {
    try {
      compile({ field: 'lastname', operator: 'isEmpty' }, condition);
    } catch (error) {
      if (error instanceof CriteriaError) return `${error.path}: ${error.message}`;
      throw error;
    }
    throw new Error('it was compiled');
  };

  test.each<[Condition, string]>([
    [{ field: 'gone', operator: 'isEmpty' }, 'conditions[1].field: Dynamics has no column "gone" that can be compared'],
    [{ field: 'revenue', operator: 'equals', value: 'much' }, 'conditions[1].value: "much" is not a number'],
    [{ field: 'revenue', operator: 'equals', value: true }, 'conditions[1].value: true is not a number'],
    [
      { field: 'leadsourcecode', operator: 'isAnyOf', value: [1, 'Radio'] },
      'conditions[1].value[1]: "Radio" is not one of the options "Advertisement", "Öffentlichkeit"',
    ],
    [
      { field: 'donotphone', operator: 'equals', value: 'perhaps' },
      'conditions[1].value: "perhaps" is not true, false, "Do Not Allow" or "Allow"',
    ],
    [
      { field: 'createdon', operator: 'onOrAfter', value: '2024-02-30' },
      'conditions[1].value: "2024-02-30" is not a date such as "2024-02-29"',
    ],
    [{ field: 'birthdate', operator: 'equals', value: 'Room 12' }, 'conditions[1].value: "Room 12" is not a date such as "2024-02-29"'],
    [
      { field: 'revenue', operator: 'onOrAfter', value: '2024-02-29' },
      'conditions[1].value: only a date column can be compared with a date',
    ],
    [
      { field: 'revenue', operator: 'contains', value: '1' },
      'conditions[1].operator: only a text column can be searched; "revenue" is a money column',
    ],
    [
      { field: 'lastname', operator: 'greaterThan', value: 'M' },
      'conditions[1].operator: only numbers and dates are more or less than another; "lastname" is a text column',
    ],
    [
      { field: 'new_interests', operator: 'equals', value: 1 },
      'conditions[1].value: 1 is not comparable: a condition cannot use a choices column',
    ],
    [
      { field: 'ownerid', operator: 'equals', value: 'x' },
      'conditions[1].value: "x" is not comparable: a condition cannot use a lookup column',
    ],
  ])('%o', (condition, expected) => {
    expect(refusal(condition)).toBe(expected);
  });
});

test('the columns that must be read are those of the conditions, each once, a lookup by its id', () => {
  const conditions: Condition[] = [
    { field: 'lastname', operator: 'isEmpty' },
    { field: 'ownerid', operator: 'isEmpty' },
    { field: 'lastname', operator: 'contains', value: 'x' },
  ];
  expect([criteriaColumns({ match: 'conditions', join: 'or', conditions }, columns), criteriaColumns({ match: 'all' }, columns)]).toEqual([
    ['lastname', '_ownerid_value'],
    [],
  ]);
});

test('a lookup is empty or not by its id', () => {
  const { filter: asked, matches } = compile({ field: 'ownerid', operator: 'isNotEmpty' });
  expect([asked, matches({ _ownerid_value: 'u1' }), matches({ _ownerid_value: null })]).toEqual(['(_ownerid_value ne null)', true, false]);
});
