import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import { type DynamicsOption, type OptionCorrection, optionKey, type PairedOption, pairOptions } from '../../../shared/option-pairs.ts';
import { canonicalText, misfit, type Reading, reading } from './canonical.ts';
import { type Converter, type Fit, fits, notConvertible } from './converter.ts';

/** How the options of one column are paired with those of one field. */
export interface OptionPairing {
  /** The options of the field; null where they are not known, or where it takes any text. */
  readonly offered: readonly string[] | null;
  readonly corrections: readonly OptionCorrection[];
}

export const pairedByLabel: OptionPairing = { offered: null, corrections: [] };

const yes = new Set(['yes', 'true', '1', 'y', 'on']);
const no = new Set(['no', 'false', '0', 'n', 'off']);

/** Text stands for the two options, so that every word can be paired: there is nothing that it would have to be one of. */
export function twoOptionsConverter(trueLabel: string, falseLabel: string, { corrections }: OptionPairing): Converter {
  const corrected = (value: boolean) => corrections.find(({ dynamics }) => dynamics === value)?.activeCampaign;
  const words = [
    { word: corrected(true), value: true },
    { word: corrected(false), value: false },
    { word: trueLabel, value: true },
    { word: falseLabel, value: false },
  ];
  /** Null for text that means neither. */
  const meaning = (text: string): boolean | null => {
    const key = optionKey(text);
    // The labels decide before the common words: a column may well call its true side "No".
    const own = words.find(({ word }) => word !== undefined && optionKey(word) === key);
    if (own !== undefined) return own.value;
    if (yes.has(key)) return true;
    return no.has(key) ? false : null;
  };
  // A label that is empty, or the same on both sides, would read back as something else.
  const word = (value: boolean): string =>
    [corrected(value), value ? trueLabel : falseLabel, value ? 'Yes' : 'No'].find(
      (text) => text !== undefined && optionKey(text) !== '' && meaning(text) === value,
    ) ?? String(value);

  return {
    readDynamics: (raw) => (raw === null || typeof raw === 'boolean' ? reading(raw) : notConvertible(raw, 'a yes-or-no value')),
    readActiveCampaign: (raw) => {
      if (canonicalText(raw) === null) return reading(null);
      const value = meaning(raw);
      return value === null ? misfit('no-such-option', `"${raw}" is neither "${trueLabel}" nor "${falseLabel}"`) : reading(value);
    },
    toDynamics: (value) => (value === null || typeof value === 'boolean' ? fits(value) : notConvertible(value, 'a yes-or-no value')),
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      return typeof value === 'boolean' ? fits(word(value)) : notConvertible(value, 'a yes-or-no value');
    },
  };
}

type Option = DynamicsOption<number>;

/**
 * Both ways of one pairing. Two options of Dynamics under one option of ActiveCampaign cannot be told apart there: both are the first one,
 * so that what is written there does not come back as the other.
 */
function optionPairs(options: readonly Option[], { offered, corrections }: OptionPairing) {
  const paired = pairOptions(options, offered, corrections);
  // Text that the field does not offer (any more) still means the option with that label, unless somebody has paired that one otherwise.
  const keyOf = ({ activeCampaign, corrected, label }: PairedOption) => optionKey(activeCampaign ?? (corrected ? '' : label));
  const byText = new Map<string, PairedOption<number>>();
  for (const option of [...paired.filter(({ corrected }) => !corrected), ...paired]) {
    const key = keyOf(option);
    if (key !== '' && !byText.has(key)) byText.set(key, option);
  }
  const byValue = new Map(paired.map((option) => [option.value, byText.get(keyOf(option)) ?? option]));
  const noSuchOption = (value: string | number) =>
    misfit('no-such-option', `"${value}" is none of the options: ${options.map((option) => `"${option.label}"`).join(', ')}`);
  return {
    /** The option's number; the text itself where it is paired with none. */
    fromText: (text: string): number | string => byText.get(optionKey(text))?.value ?? text,
    /** The number that stands for all options under one text. */
    first: (value: number): number => byValue.get(value)?.value ?? value,
    /** What to write in ActiveCampaign. */
    toText: (value: string | number): Fit<string> => {
      const option = typeof value === 'number' ? byValue.get(value) : undefined;
      if (option === undefined || optionKey(option.label) === '') return noSuchOption(value);
      if (option.activeCampaign !== null) return fits(option.activeCampaign);
      return misfit('no-such-option', `the field in ActiveCampaign has no option that "${option.label}" is paired with`);
    },
    noSuchOption,
    inWords: (value: CanonicalValue): string =>
      [value]
        .flat()
        .map((item) => options.find((option) => option.value === item)?.label ?? String(item))
        .join(', '),
  };
}

export function choiceConverter(options: readonly Option[], pairing: OptionPairing): Converter {
  const pairs = optionPairs(options, pairing);
  return {
    readDynamics: (raw) => {
      if (raw === null) return reading(null);
      return typeof raw === 'number' ? reading(pairs.first(raw)) : notConvertible(raw, 'a choice');
    },
    readActiveCampaign: (raw) => {
      const text = canonicalText(raw);
      return reading(text === null ? null : pairs.fromText(text));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      return typeof value === 'number' ? fits(value) : pairs.noSuchOption(String(value));
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      return typeof value === 'number' || typeof value === 'string' ? pairs.toText(value) : pairs.noSuchOption(String(value));
    },
    inWords: pairs.inWords,
  };
}

type Chosen = readonly (string | number)[];

const isChosen = (value: CanonicalValue): value is Chosen => Array.isArray(value);
const separator = '||';

/** Distinct, numbers before labels that have no number, each in order. */
const inOrder = (values: Chosen): CanonicalValue => {
  const distinct = [...new Set(values)].sort((a, b) => (typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === 'number' ? -1 : 1));
  return distinct.length === 0 ? null : distinct;
};

/** A list of choices: `||A||C||` in ActiveCampaign, `"1,9"` in Dynamics. Their order means nothing. */
export function choicesConverter(options: readonly Option[], pairing: OptionPairing): Converter {
  const pairs = optionPairs(options, pairing);

  const readDynamics = (raw: string): Reading => {
    const numbers = raw
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(Number);
    return numbers.every(Number.isInteger) ? reading(inOrder(numbers.map(pairs.first))) : notConvertible(raw, 'a list of choices');
  };

  return {
    readDynamics: (raw) => (raw === null ? reading(null) : readDynamics(String(raw))),
    readActiveCampaign: (raw) => {
      const labels = raw.split(separator).flatMap((part) => canonicalText(part) ?? []);
      return reading(inOrder(labels.map(pairs.fromText)));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      if (!isChosen(value)) return notConvertible(value, 'a list of choices');
      const stranger = value.find((item) => typeof item === 'string');
      return stranger === undefined ? fits(value.join(',')) : pairs.noSuchOption(stranger);
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      if (!isChosen(value)) return notConvertible(value, 'a list of choices');
      const labels: string[] = [];
      for (const item of value) {
        const label = pairs.toText(item);
        if (!label.ok) return label;
        if (label.raw.includes(separator))
          return notConvertible(label.raw, `a label that ActiveCampaign can keep in a list: it holds "${separator}"`);
        labels.push(label.raw);
      }
      return fits(`${separator}${labels.join(separator)}${separator}`);
    },
    inWords: pairs.inWords,
  };
}
