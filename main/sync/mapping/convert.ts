import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import type { ActiveCampaignFieldType } from '../../../shared/field-pairs.ts';
import type { ColumnType, ColumnValue } from '../../connections/dynamics/types.ts';
import { canonicalText, type Misfit, misfit, type Reading, reading } from './canonical.ts';
import { createZone } from './zone.ts';

/** What to write, or why the value does not fit. */
export type Fit<Raw> = { readonly ok: true; readonly raw: Raw } | Misfit;

/** Reads and writes one mapped field on both sides. Pure. */
export interface Converter {
  readDynamics(raw: ColumnValue): Reading;
  readActiveCampaign(raw: string): Reading;
  toDynamics(value: CanonicalValue): Fit<ColumnValue>;
  toActiveCampaign(value: CanonicalValue): Fit<string>;
}

const fits = <Raw>(raw: Raw): Fit<Raw> => ({ ok: true, raw });
const notConvertible = (value: unknown, wanted: string) => misfit('value-not-convertible', `"${String(value)}" is not ${wanted}`);

/**
 * @param activeCampaign type of the field there; `text` for first name, last name and phone.
 * @param dynamics type of the column.
 * @param timeZone IANA name; the zone in which a date without a time becomes a point in time and back (user-local columns).
 */
export function createConverter(activeCampaign: ActiveCampaignFieldType, dynamics: ColumnType, timeZone: string): Converter {
  switch (dynamics.kind) {
    case 'text':
    case 'multilineText':
      return textConverter(dynamics.maxLength);
    case 'wholeNumber':
    case 'bigInteger':
      return numberConverter(0, dynamics.min, dynamics.max);
    case 'decimal':
    case 'float':
    case 'money':
      return numberConverter(dynamics.precision, dynamics.min, dynamics.max);
    case 'twoOptions':
      return twoOptionsConverter(dynamics.trueLabel, dynamics.falseLabel);
    case 'choice':
      return choiceConverter(dynamics.options);
    case 'choices':
      return choicesConverter(dynamics.options);
    case 'dateTime':
      return dateConverter(activeCampaign, dynamics, timeZone);
    case 'lookup':
      return lookupConverter();
    default:
      return dynamics satisfies never;
  }
}

function textConverter(maxLength: number): Converter {
  return {
    readDynamics: (raw) => reading(raw === null ? null : canonicalText(String(raw))),
    readActiveCampaign: (raw) => reading(canonicalText(raw)),
    toDynamics: (value) => {
      if (value === null) return fits(null);
      const text = String(value);
      // Dataverse counts UTF-16 code units, as JavaScript does.
      if (text.length > maxLength) return misfit('value-too-long', `it has ${text.length} characters; Dynamics takes ${maxLength}`);
      return fits(text);
    },
    toActiveCampaign: (value) => fits(value === null ? '' : String(value)),
  };
}

/** A plain decimal number: an optional sign, digits, an optional point. "1,234" could mean two things and is refused. */
const decimalNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

function numberConverter(precision: number, min: number, max: number): Converter {
  const round = (value: number) => Number(value.toFixed(precision));
  return {
    readDynamics: (raw) => {
      if (raw === null) return reading(null);
      const value = Number(raw);
      return Number.isFinite(value) ? reading(round(value)) : notConvertible(raw, 'a number');
    },
    readActiveCampaign: (raw) => {
      const text = raw.replace(/[\s\u00a0\u202f]/g, '');
      if (text === '') return reading(null);
      if (!decimalNumber.test(text)) return notConvertible(raw, 'a number (digits, with a point before decimals)');
      const value = Number(text);
      if (precision === 0 && !Number.isInteger(value)) return notConvertible(raw, 'a whole number');
      return reading(round(value));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      if (typeof value !== 'number') return notConvertible(value, 'a number');
      if (value < min || value > max) return misfit('value-not-convertible', `${value} is outside of ${min} to ${max}`);
      return fits(value);
    },
    toActiveCampaign: (value) => fits(value === null ? '' : plainDecimal(Number(value))),
  };
}

/** Without an exponent, which the other side would not read as a number. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}

const yes = new Set(['yes', 'true', '1', 'y', 'on']);
const no = new Set(['no', 'false', '0', 'n', 'off']);

function twoOptionsConverter(trueLabel: string, falseLabel: string): Converter {
  const matches = (text: string, label: string) => text === label.normalize('NFC').trim().toLowerCase();
  return {
    readDynamics: (raw) => (raw === null || typeof raw === 'boolean' ? reading(raw) : notConvertible(raw, 'a yes-or-no value')),
    readActiveCampaign: (raw) => {
      const text = canonicalText(raw)?.toLowerCase();
      if (text === undefined) return reading(null);
      // The labels decide before the common words: a column may well call its true side "No".
      if (matches(text, trueLabel)) return reading(true);
      if (matches(text, falseLabel)) return reading(false);
      if (yes.has(text)) return reading(true);
      if (no.has(text)) return reading(false);
      return misfit('no-such-option', `"${raw}" is neither "${trueLabel}" nor "${falseLabel}"`);
    },
    toDynamics: (value) => (value === null || typeof value === 'boolean' ? fits(value) : notConvertible(value, 'a yes-or-no value')),
    toActiveCampaign: (value) => fits(value === null ? '' : value === true ? trueLabel : falseLabel),
  };
}

interface Option {
  readonly value: number;
  readonly label: string;
}

const optionKey = (label: string) => label.normalize('NFC').trim().toLowerCase();

/** Options paired by label, without regard to case. Two options under one label cannot be told apart: the first one stands. */
function optionPairs(options: readonly Option[]) {
  const byLabel = new Map<string, Option>();
  const byValue = new Map<number, Option>();
  for (const option of options) {
    if (!byLabel.has(optionKey(option.label))) byLabel.set(optionKey(option.label), option);
    byValue.set(option.value, option);
  }
  return {
    /** The option's number; the label itself where Dynamics has no such option. */
    fromLabel: (label: string): number | string => byLabel.get(optionKey(label))?.value ?? label,
    label: (value: number): string | undefined => byValue.get(value)?.label,
    noSuchOption: (value: string | number) =>
      misfit('no-such-option', `"${value}" is none of the options: ${options.map((option) => `"${option.label}"`).join(', ')}`),
  };
}

function choiceConverter(options: readonly Option[]): Converter {
  const pairs = optionPairs(options);
  return {
    readDynamics: (raw) => (raw === null || typeof raw === 'number' ? reading(raw) : notConvertible(raw, 'a choice')),
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

const inOrder = (values: readonly (string | number)[]): CanonicalValue => {
  const distinct = [...new Set(values)].sort((a, b) => (typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === 'number' ? -1 : 1));
  return distinct.length === 0 ? null : distinct;
};

/** A list of choices: `||A||C||` in ActiveCampaign, `"1,9"` in Dynamics. Their order means nothing. */
function choicesConverter(options: readonly Option[]): Converter {
  const pairs = optionPairs(options);
  return {
    readDynamics: (raw) => {
      if (raw === null) return reading(null);
      const numbers = String(raw)
        .split(',')
        .filter((part) => part.trim() !== '')
        .map(Number);
      return numbers.every(Number.isInteger) ? reading(inOrder(numbers)) : notConvertible(raw, 'a list of choices');
    },
    readActiveCampaign: (raw) => {
      const labels = raw.split('||').flatMap((part) => canonicalText(part) ?? []);
      return reading(inOrder(labels.map(pairs.fromLabel)));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      const chosen = Array.isArray(value) ? (value as readonly (string | number)[]) : [];
      const stranger = chosen.find((item) => typeof item === 'string');
      return stranger === undefined ? fits(chosen.join(',')) : pairs.noSuchOption(stranger);
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      const labels: string[] = [];
      for (const item of Array.isArray(value) ? (value as readonly (string | number)[]) : []) {
        const label = typeof item === 'number' ? pairs.label(item) : undefined;
        if (label === undefined) return pairs.noSuchOption(item);
        labels.push(label);
      }
      return fits(`||${labels.join('||')}||`);
    },
  };
}

const calendarDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i;
const earliestDynamicsDate = '1753-01-01';

function isCalendarDate(text: string): boolean {
  if (!calendarDate.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const utcSecond = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/**
 * Dates. The canonical form is a calendar date (`2024-02-29`) where either side keeps only that, else an instant to the second in UTC.
 * A time-zone independent column is a wall clock: its digits are taken as they are.
 */
function dateConverter(
  activeCampaign: ActiveCampaignFieldType,
  column: Extract<ColumnType, { kind: 'dateTime' }>,
  timeZone: string,
): Converter {
  const dateOnly = activeCampaign === 'date' || column.behavior === 'dateOnly';
  // A user-local column holds an instant even where only its date is shown; the date is the one of the user's zone.
  const zone = createZone(column.behavior === 'userLocal' ? timeZone : 'UTC');
  const canonical = (epochMs: number): CanonicalValue => (dateOnly ? zone.dateAt(epochMs) : utcSecond(epochMs));

  const parse = (raw: string): Reading => {
    const text = raw.trim();
    if (text === '' || text.startsWith('0000-00-00')) return reading(null);
    if (isCalendarDate(text)) return reading(dateOnly ? text : utcSecond(zone.midnightOf(text)));
    const epochMs = Date.parse(hasOffset.test(text) ? text : `${text.replace(' ', 'T')}Z`);
    return Number.isNaN(epochMs) ? notConvertible(raw, 'a date such as 2024-02-29') : reading(canonical(epochMs));
  };

  return {
    readDynamics: (raw) => (raw === null ? reading(null) : parse(String(raw))),
    readActiveCampaign: parse,
    toDynamics: (value) => {
      if (value === null) return fits(null);
      const text = String(value);
      if (text < earliestDynamicsDate)
        return misfit('value-not-convertible', `${text} is before ${earliestDynamicsDate}, the first date of Dynamics`);
      if (column.behavior === 'dateOnly') return fits(text.slice(0, 10));
      return fits(isCalendarDate(text) ? utcSecond(zone.midnightOf(text)) : text);
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      const text = String(value);
      if (activeCampaign === 'date') return fits(text.slice(0, 10));
      return fits(isCalendarDate(text) ? `${text}T00:00:00+00:00` : text.replace('Z', '+00:00'));
    },
  };
}

/** The name of the record that a lookup points to; ActiveCampaign shows it and never writes it. */
function lookupConverter(): Converter {
  return {
    ...textConverter(Number.POSITIVE_INFINITY),
    toDynamics: (value) => notConvertible(value, 'something that can be written to a lookup'),
  };
}
