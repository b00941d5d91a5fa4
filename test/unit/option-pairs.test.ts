import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { misfit, reading } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { fits } from '../../main/sync/mapping/converter.ts';
import { type OptionCorrection, pairOptions } from '../../shared/option-pairs.ts';

/** Options paired with those that the field in ActiveCampaign offers, and as somebody has corrected it. */

const options = [
  { value: 1, label: 'Cold' },
  { value: 2, label: 'Warm' },
  { value: 3, label: 'Hot' },
];
const offered = ['COLD', 'Lukewarm', 'Boiling', 'Frosty'];
const noNames = () => null;
const choice = (corrections: readonly OptionCorrection[] = [], texts: readonly string[] = offered) =>
  createConverter('dropdown', { kind: 'choice', options }, 'UTC', noNames, { offered: texts, corrections });
const choices = (corrections: readonly OptionCorrection[] = []) =>
  createConverter('listbox', { kind: 'choices', options }, 'UTC', noNames, { offered, corrections });
const noPair = (label: string) => misfit('no-such-option', `the field in ActiveCampaign has no option that "${label}" is paired with`);

test('an option is paired by its label, else as it was corrected, else with none', () => {
  const pairs = pairOptions(options, offered, [
    { dynamics: 2, activeCampaign: 'lukewarm' },
    { dynamics: 3, activeCampaign: 'Gone' },
  ]);
  expect(pairs).toEqual([
    { value: 1, label: 'Cold', activeCampaign: 'COLD', corrected: false },
    { value: 2, label: 'Warm', activeCampaign: 'Lukewarm', corrected: true },
    { value: 3, label: 'Hot', activeCampaign: null, corrected: true },
  ]);
});

describe('a choice', () => {
  test('is written as the option is spelled in ActiveCampaign', () => {
    expect([choice().toActiveCampaign(1), choice([{ dynamics: 2, activeCampaign: 'Lukewarm' }]).toActiveCampaign(2)]).toEqual([
      fits('COLD'),
      fits('Lukewarm'),
    ]);
  });

  test('that has no counterpart is not written, and the label says which', () => {
    expect([choice().toActiveCampaign(2), choices().toActiveCampaign([1, 3])]).toEqual([noPair('Warm'), noPair('Hot')]);
  });

  test('is read by its pair; the label that was paired otherwise means nothing any more', () => {
    const corrected = choice([{ dynamics: 1, activeCampaign: 'Frosty' }]);
    expect([corrected.readActiveCampaign('frosty'), corrected.readActiveCampaign('Cold'), corrected.toDynamics('Cold').ok]).toEqual([
      reading(1),
      reading('Cold'),
      false,
    ]);
  });

  test('text that the field does not offer any more still means the option with that label', () => {
    expect(choice().readActiveCampaign('warm')).toEqual(reading(2));
  });

  test('two options under one of ActiveCampaign are one: the one that has it by its label', () => {
    const both = choice([{ dynamics: 3, activeCampaign: 'Cold' }]);
    expect([both.readActiveCampaign('COLD'), both.readDynamics(3), both.toActiveCampaign(3)]).toEqual([
      reading(1),
      reading(1),
      fits('COLD'),
    ]);
  });

  test('without a counterpart is still called by its label on screen', () => {
    expect([choice().inWords?.(3), choices().inWords?.([1, 99])]).toEqual(['Hot', 'Cold, 99']);
  });
});

describe('two options', () => {
  const newsletter = (corrections: readonly OptionCorrection[]) =>
    createConverter('text', { kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' }, 'UTC', noNames, { offered: [], corrections });

  test('are written and read as they were corrected, and understood by label all the same', () => {
    const norwegian = newsletter([
      { dynamics: true, activeCampaign: 'Ja' },
      { dynamics: false, activeCampaign: 'Nei' },
    ]);
    expect([norwegian.toActiveCampaign(true), norwegian.toActiveCampaign(false), norwegian.readActiveCampaign('nei')]).toEqual([
      fits('Ja'),
      fits('Nei'),
      reading(false),
    ]);
    expect(norwegian.readActiveCampaign('yes')).toEqual(reading(true));
  });
});

const text = fc.constantFrom(...offered, 'Cold', 'Warm', 'hot', 'Ja', 'No', 'true', 'Gone', '||');
const correction = fc.record({ dynamics: fc.constantFrom(1, 2, 3), activeCampaign: text });
const corrected = fc.uniqueArray(correction, { selector: ({ dynamics }) => dynamics });

test('whatever is paired with whatever, what is written reads back as what it was', () => {
  fc.assert(
    fc.property(corrected, fc.uniqueArray(text), fc.integer({ min: 1, max: 3 }), (corrections, texts, value) => {
      const converter = choice(corrections, texts);
      const canonical = converter.readDynamics(value);
      const written = canonical.ok ? converter.toActiveCampaign(canonical.value) : canonical;
      fc.pre(written.ok);
      expect(texts).toContain(written.raw);
      expect(converter.readActiveCampaign(written.raw)).toEqual(canonical);
    }),
    { numRuns: 1000 },
  );
});

const word = fc.record({ dynamics: fc.boolean(), activeCampaign: text });
test('whatever word stands for yes or no, what is written reads back as what it was', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { selector: ({ dynamics }) => dynamics }), fc.boolean(), (corrections, value) => {
      const converter = createConverter('text', { kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' }, 'UTC', noNames, {
        offered: null,
        corrections,
      });
      const written = converter.toActiveCampaign(value);
      expect(written.ok && converter.readActiveCampaign(written.raw)).toEqual(reading(value));
    }),
  );
});
