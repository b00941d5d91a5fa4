import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { misfit, reading } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { fits } from '../../main/sync/mapping/converter.ts';

const noNames = () => null;
const twoOptions = (trueLabel: string, falseLabel: string) =>
  createConverter('text', { kind: 'twoOptions', trueLabel, falseLabel }, 'UTC', noNames);

const options = [
  { value: 1, label: 'Advertisement' },
  { value: 2, label: 'Öffentlichkeit' },
  { value: 9, label: ' Trade  Show ' },
  { value: 11, label: 'advertisement' },
  { value: 12, label: '' },
  { value: 13, label: 'this||that' },
];
const choice = createConverter('dropdown', { kind: 'choice', options }, 'UTC', noNames);
const choices = createConverter('listbox', { kind: 'choices', options }, 'UTC', noNames);

const noneOf = (value: string) =>
  misfit('no-such-option', `"${value}" is none of the options: ${options.map(({ label }) => `"${label}"`).join(', ')}`);

describe('two options', () => {
  const newsletter = twoOptions('Wants it', 'Does not');

  test.each([
    ['Wants it', true],
    [' wants IT ', true],
    ['does not', false],
    ['Yes', true],
    ['no', false],
    ['1', true],
    ['0', false],
    ['', null],
    ['  ', null],
  ])('"%s" is understood by the labels and by the common words', (raw, value) => {
    expect(newsletter.readActiveCampaign(raw)).toEqual(reading(value));
  });

  test('anything else is held with both labels named', () => {
    expect(newsletter.readActiveCampaign('perhaps')).toEqual(misfit('no-such-option', '"perhaps" is neither "Wants it" nor "Does not"'));
  });

  test('the labels decide before the common words', () => {
    const doNotMail = twoOptions('No', 'Yes');
    expect([doNotMail.readActiveCampaign('No'), doNotMail.readActiveCampaign('yes'), doNotMail.toActiveCampaign(true)]).toEqual([
      reading(true),
      reading(false),
      fits('No'),
    ]);
  });

  test('what is not a yes-or-no value is not written', () => {
    expect([newsletter.toDynamics('Wants it').ok, newsletter.readDynamics(1).ok]).toEqual([false, false]);
  });

  const labels = fc.constantFrom('Yes', 'No', 'no', 'true', 'False', '1', '0', '', ' ', 'Allow', 'Do Not Allow', 'é', 'e\u0301');
  test('whatever the labels, what is written reads back as what it was', () => {
    fc.assert(
      fc.property(labels, labels, fc.boolean(), (trueLabel, falseLabel, value) => {
        const column = twoOptions(trueLabel, falseLabel);
        const written = column.toActiveCampaign(value);
        expect(written.ok && column.readActiveCampaign(written.raw)).toEqual(reading(value));
      }),
    );
  });
});

describe('a choice', () => {
  test.each([
    ['Advertisement', 1],
    [' ADVERTISEMENT ', 1],
    ['O\u0308ffentlichkeit', 2],
    ['Trade  Show', 9],
    ['', null],
  ])('"%s" is paired by its label, whatever its case and Unicode form', (raw, value) => {
    expect(choice.readActiveCampaign(raw)).toEqual(reading(value));
  });

  test('a label that Dynamics does not have stays what it is, and does not fit', () => {
    expect([choice.readActiveCampaign('Word of mouth'), choice.toDynamics('Word of mouth')]).toEqual([
      reading('Word of mouth'),
      noneOf('Word of mouth'),
    ]);
  });

  test('a number that is no option any more does not fit', () => {
    expect([choice.readDynamics(99), choice.toActiveCampaign(99)]).toEqual([reading(99), noneOf('99')]);
  });

  test('an option without a label cannot be told from no choice', () => {
    expect(choice.toActiveCampaign(12)).toEqual(noneOf('12'));
  });

  test('two options under one label are one: what is written does not come back as the other', () => {
    expect([choice.readDynamics(11), choice.readDynamics(1), choice.toActiveCampaign(1)]).toEqual([
      reading(1),
      reading(1),
      fits('Advertisement'),
    ]);
  });

  test('goes to either side and back unchanged', () => {
    for (const value of [1, 2, 9]) {
      const inDynamics = choice.toDynamics(value);
      const inActiveCampaign = choice.toActiveCampaign(value);
      expect([
        inDynamics.ok && choice.readDynamics(inDynamics.raw),
        inActiveCampaign.ok && choice.readActiveCampaign(inActiveCampaign.raw),
      ]).toEqual([reading(value), reading(value)]);
    }
  });
});

describe('several choices', () => {
  test.each([
    ['||Advertisement||Öffentlichkeit||', [1, 2]],
    ['||Öffentlichkeit||Advertisement||', [1, 2]],
    ['||advertisement||Advertisement||', [1]],
    ['||Öffentlichkeit||', [2]],
    ['Öffentlichkeit', [2]],
    ['|| ||', null],
    ['||||', null],
    ['', null],
    ['||Word of mouth||Advertisement||', [1, 'Word of mouth']],
  ])('"%s" is read without regard to order', (raw, value) => {
    expect(choices.readActiveCampaign(raw)).toEqual(reading(value));
  });

  test.each([
    ['9,1', [1, 9]],
    ['1, 9', [1, 9]],
    ['11,1', [1]],
    ['2', [2]],
    ['', null],
  ])('Dynamics sends them as "%s"', (raw, value) => {
    expect(choices.readDynamics(raw)).toEqual(reading(value));
  });

  test('what is no list of numbers is held', () => {
    expect(choices.readDynamics('1,two')).toEqual(misfit('value-not-convertible', '"1,two" is not a list of choices'));
  });

  test('one that the other side does not have holds the whole field', () => {
    expect([choices.toDynamics([1, 'Word of mouth']), choices.toActiveCampaign([1, 99])]).toEqual([noneOf('Word of mouth'), noneOf('99')]);
  });

  test('a label that would fall apart in the list of ActiveCampaign is held', () => {
    expect(choices.toActiveCampaign([13]).ok).toBe(false);
  });

  test('no choice empties the field', () => {
    expect([choices.toDynamics(null), choices.toActiveCampaign(null)]).toEqual([fits(null), fits('')]);
  });

  test('any of them go to either side and back unchanged', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(1, 2, 9), { minLength: 1 }), (chosen) => {
        const value = [...chosen].sort((a, b) => a - b);
        const inDynamics = choices.toDynamics(value);
        const inActiveCampaign = choices.toActiveCampaign(value);
        expect([
          inDynamics.ok && choices.readDynamics(inDynamics.raw),
          inActiveCampaign.ok && choices.readActiveCampaign(inActiveCampaign.raw),
        ]).toEqual([reading(value), reading(value)]);
      }),
    );
  });
});
