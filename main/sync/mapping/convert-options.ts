import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import { canonicalText, misfit, type Reading, reading } from './canonical.ts';
import { type Converter, fits, notConvertible } from './converter.ts';

interface Option {
  readonly value: number;
  readonly label: string;
}

/** Labels are paired without regard to case. */
const labelKey = (label: string) => canonicalText(label)?.toLowerCase() ?? '';

const yes = new Set(['yes', 'true', '1', 'y', 'on']);
const no = new Set(['no', 'false', '0', 'n', 'off']);

export function twoOptionsConverter(trueLabel: string, falseLabel: string): Converter {
  /** Null for text that means neither. */
  const meaning = (text: string): boolean | null => {
    const key = labelKey(text);
    // The labels decide before the common words: a column may well call its true side "No".
    if (key === labelKey(trueLabel)) return true;
    if (key === labelKey(falseLabel)) return false;
    if (yes.has(key)) return true;
    return no.has(key) ? false : null;
  };
  // A label that is empty, or the same on both sides, would read back as something else.
  const word = (value: boolean): string =>
    [value ? trueLabel : falseLabel, value ? 'Yes' : 'No'].find((text) => labelKey(text) !== '' && meaning(text) === value) ??
    String(value);

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

/**
 * Options paired by label. Two options under one label cannot be told apart in ActiveCampaign: both are the first one, so that what is
 * written there does not come back as the other.
 */
function optionPairs(options: readonly Option[]) {
  const byLabel = new Map<string, Option>();
  const byValue = new Map<number, Option>();
  for (const option of options) {
    const key = labelKey(option.label);
    const first = byLabel.get(key) ?? option;
    byLabel.set(key, first);
    byValue.set(option.value, first);
  }
  return {
    /** The option's number; the label itself where Dynamics has no such option. */
    fromLabel: (label: string): number | string => byLabel.get(labelKey(label))?.value ?? label,
    /** The number that stands for all options under its label. */
    first: (value: number): number => byValue.get(value)?.value ?? value,
    /** What to write in ActiveCampaign; undefined for a number that is no option, and for an option without a label. */
    label: (value: string | number): string | undefined =>
      typeof value === 'number' ? (canonicalText(byValue.get(value)?.label ?? '') ?? undefined) : undefined,
    noSuchOption: (value: string | number) =>
      misfit('no-such-option', `"${value}" is none of the options: ${options.map((option) => `"${option.label}"`).join(', ')}`),
  };
}

export function choiceConverter(options: readonly Option[]): Converter {
  const pairs = optionPairs(options);
  return {
    readDynamics: (raw) => {
      if (raw === null) return reading(null);
      return typeof raw === 'number' ? reading(pairs.first(raw)) : notConvertible(raw, 'a choice');
    },
    readActiveCampaign: (raw) => {
      const text = canonicalText(raw);
      return reading(text === null ? null : pairs.fromLabel(text));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      return typeof value === 'number' ? fits(value) : pairs.noSuchOption(String(value));
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      const label = typeof value === 'number' ? pairs.label(value) : undefined;
      return label === undefined ? pairs.noSuchOption(String(value)) : fits(label);
    },
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
export function choicesConverter(options: readonly Option[]): Converter {
  const pairs = optionPairs(options);

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
      return reading(inOrder(labels.map(pairs.fromLabel)));
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
        const label = pairs.label(item);
        if (label === undefined) return pairs.noSuchOption(item);
        if (label.includes(separator))
          return notConvertible(label, `a label that ActiveCampaign can keep in a list: it holds "${separator}"`);
        labels.push(label);
      }
      return fits(`${separator}${labels.join(separator)}${separator}`);
    },
  };
}
