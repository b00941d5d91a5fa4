import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../main/connections/dynamics/types.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { agreedUnder } from '../../main/sync/plan/agreed-under.ts';
import type { Agreed } from '../../shared/canonical-value.ts';
import type { OptionCorrection, OptionValue } from '../../shared/option-pairs.ts';

const options = [
  { value: 1, label: 'Hot' },
  { value: 2, label: 'Warm' },
  { value: 3, label: 'Cold' },
];
const offered = ['Hot', 'Warm', 'Icy'];
const choice: ColumnType = { kind: 'choice', options };
const choices: ColumnType = { kind: 'choices', options };
const twoOptions: ColumnType = { kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' };

type Pairs = readonly (readonly [OptionValue, string])[];
const corrections = (pairs: Pairs): OptionCorrection[] => pairs.map(([dynamics, activeCampaign]) => ({ dynamics, activeCampaign }));
const converter = (column: ColumnType, pairs: Pairs) =>
  createConverter(column.kind === 'twoOptions' ? 'text' : 'dropdown', column, 'UTC', () => null, {
    offered: column.kind === 'twoOptions' ? null : offered,
    corrections: corrections(pairs),
  });

describe('what was agreed under other pairs', () => {
  test.each<[string, ColumnType, Pairs, Pairs, Agreed, Agreed | undefined]>([
    ['stays where its own pair does', choice, [], [[3, 'Icy']], 1, 1],
    [
      'stays where it is empty',
      choice,
      [],
      [
        [1, 'Warm'],
        [2, 'Hot'],
      ],
      null,
      null,
    ],
    [
      'is forgotten where its option is another one now',
      choice,
      [],
      [
        [1, 'Warm'],
        [2, 'Hot'],
      ],
      1,
      undefined,
    ],
    ['is the first of two options that are told apart no more', choice, [], [[3, 'Warm']], 2, 2],
    ['stays where it had no counterpart, and has one', choice, [], [[3, 'Icy']], 3, 3],
    [
      'stays where both sides were left to differ',
      choice,
      [],
      [[3, 'Icy']],
      { activeCampaign: null, dynamics: 1 },
      { activeCampaign: null, dynamics: 1 },
    ],
    ['stays for a list none of whose options is concerned', choices, [], [[3, 'Icy']], [1, 2], [1, 2]],
    [
      'is forgotten for a list with one that is',
      choices,
      [],
      [
        [1, 'Warm'],
        [2, 'Hot'],
      ],
      [1],
      undefined,
    ],
    [
      'stays for a list that holds both of a swap',
      choices,
      [],
      [
        [1, 'Warm'],
        [2, 'Hot'],
      ],
      [1, 2],
      [1, 2],
    ],
    ['stays for two options under other words that both say', twoOptions, [], [[true, 'Ja']], false, false],
    [
      'is forgotten for two options whose words are swapped',
      twoOptions,
      [],
      [
        [true, 'No'],
        [false, 'Yes'],
      ],
      true,
      undefined,
    ],
  ])('%s', (_name, column, before, after, agreed, expected) => {
    expect(agreedUnder(agreed, converter(column, before), converter(column, after), {})).toEqual(expected);
  });

  test.each([
    [1, 1],
    [2, undefined],
  ])('is known by what Dynamics holds where two options were one: %i', (dynamics, expected) => {
    const [before, after] = [converter(choice, [[2, 'Hot']]), converter(choice, [])];
    expect(agreedUnder(1, before, after, { activeCampaign: 'Hot', dynamics })).toBe(expected);
  });
});
