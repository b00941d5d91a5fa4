import type { ActiveCampaignFieldType } from '../../../shared/field-pairs.ts';
import type { ColumnType } from '../../connections/dynamics/types.ts';
import { canonicalText, misfit, reading } from './canonical.ts';
import { dateConverter } from './convert-dates.ts';
import { choiceConverter, choicesConverter, type OptionPairing, pairedByLabel, twoOptionsConverter } from './convert-options.ts';
import { type Converter, fits, notConvertible } from './converter.ts';

/**
 * @param activeCampaign type of the field there; `text` for first name, last name and phone.
 * @param dynamics type of the column.
 * @param pairing of the options, where both sides have some; by label where it is left out.
 * @param timeZone IANA name; the zone in which a date without a time becomes a point in time and back (user-local columns).
 */
export function createConverter(
  activeCampaign: ActiveCampaignFieldType,
  dynamics: ColumnType,
  timeZone: string,
  lookupName: (id: string) => string | null,
  pairing: OptionPairing = pairedByLabel,
): Converter {
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
      return twoOptionsConverter(dynamics.trueLabel, dynamics.falseLabel, pairing);
    case 'choice':
      return choiceConverter(dynamics.options, pairing);
    case 'choices':
      return choicesConverter(dynamics.options, pairing);
    case 'dateTime':
      return dateConverter(activeCampaign, dynamics, timeZone);
    case 'lookup':
      return lookupConverter(lookupName);
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

/** The name of the record that a lookup points to; ActiveCampaign shows it and never writes it. */
function lookupConverter(lookupName: (id: string) => string | null): Converter {
  return {
    ...textConverter(Number.POSITIVE_INFINITY),
    readDynamics: (raw) => reading(raw === null ? null : canonicalText(lookupName(String(raw)) ?? '')),
    toDynamics: (value) => notConvertible(value, 'something that can be written to a lookup'),
  };
}

/**
 * A plain decimal number: an optional sign, digits (in threes where spaces part them), an optional point. "1,234" could mean two things
 * and is refused, and so is "12 34", which is more likely a telephone number.
 */
const decimalNumber = /^[+-]?((\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(\.\d*)?|\.\d+)$/;
const spaces = /[ \u00a0\u202f]/g;

function numberConverter(precision: number, min: number, max: number): Converter {
  // Adding 0 makes of -0 the 0 that it is on the other side.
  const round = (value: number) => Number(value.toFixed(precision)) + 0;
  const read = (raw: string | number, value: number) => {
    if (!Number.isFinite(value)) return notConvertible(raw, 'a number');
    if (precision === 0 && !Number.isInteger(value)) return notConvertible(raw, 'a whole number');
    // Beyond 2^53 two different numbers look alike, and one would silently become the other.
    if (precision === 0 && !Number.isSafeInteger(value)) return notConvertible(raw, `a whole number up to ${Number.MAX_SAFE_INTEGER}`);
    return reading(round(value));
  };
  return {
    readDynamics: (raw) => {
      if (raw === null) return reading(null);
      return typeof raw === 'boolean' ? notConvertible(raw, 'a number') : read(raw, Number(raw));
    },
    readActiveCampaign: (raw) => {
      const text = raw.trim();
      if (text === '') return reading(null);
      if (!decimalNumber.test(text)) return notConvertible(raw, 'a number (digits, with a point before decimals)');
      return read(raw, Number(text.replace(spaces, '')));
    },
    toDynamics: (value) => {
      if (value === null) return fits(null);
      if (typeof value !== 'number') return notConvertible(value, 'a number');
      if (value < min || value > max) return misfit('value-not-convertible', `${value} is outside of ${min} to ${max}`);
      return fits(value);
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      return typeof value === 'number' ? fits(plainDecimal(value)) : notConvertible(value, 'a number');
    },
  };
}

/** Without an exponent, which the other side would not read as a number. */
function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}
