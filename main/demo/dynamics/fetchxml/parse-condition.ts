import { invalidArgument } from '../dataverse-error.ts';
import { comparableFromText, familyOf } from '../odata/comparable.ts';
import type { Comparison, Filter, Literal } from '../odata/filter-syntax.ts';
import type { SampleColumn } from '../schema/column.ts';

/** FetchXML operators that are a query function of the Web API under another name. */
const functions: Readonly<Record<string, string>> = {
  eq: 'In',
  in: 'In',
  'not-in': 'NotIn',
  between: 'Between',
  'not-between': 'NotBetween',
  on: 'On',
  'on-or-after': 'OnOrAfter',
  'on-or-before': 'OnOrBefore',
  today: 'Today',
  yesterday: 'Yesterday',
  'last-seven-days': 'Last7Days',
  'last-x-days': 'LastXDays',
  'next-x-days': 'NextXDays',
  'contain-values': 'ContainValues',
  'not-contain-values': 'DoesNotContainValues',
};

const comparisons: Readonly<Record<string, Comparison>> = { gt: 'gt', ge: 'ge', lt: 'lt', le: 'le' };

const patterns: Readonly<Record<string, 'like' | 'startswith' | 'endswith'>> = {
  like: 'like',
  'begins-with': 'startswith',
  'ends-with': 'endswith',
};

const opposites: Readonly<Record<string, string>> = {
  ne: 'eq',
  neq: 'eq',
  'not-like': 'like',
  'not-begin-with': 'begins-with',
  'not-end-with': 'ends-with',
  'not-null': 'null',
};

/** @throws DataverseError for an operator that the sample environment does not know and a value that is not of the column's type. */
export function parseCondition(column: SampleColumn, property: string, operator: string, values: readonly string[]): Filter {
  const opposite = opposites[operator];
  if (opposite !== undefined) return { kind: 'not', part: parseCondition(column, property, opposite, values) };
  if (operator === 'null') return { kind: 'compare', operator: 'eq', property, value: { type: 'null' } };

  const name = functions[operator];
  if (name !== undefined) return { kind: 'function', name, property, values };

  const [value] = values;
  if (value === undefined) throw invalidArgument(`The condition operator '${operator}' is not valid here or needs a value.`);
  const pattern = patterns[operator];
  if (pattern !== undefined) return { kind: 'text', function: pattern, property, pattern: value };
  const comparison = comparisons[operator];
  if (comparison === undefined) throw invalidArgument(`The condition operator '${operator}' is not known.`);
  return { kind: 'compare', operator: comparison, property, value: literalFromText(column, value) };
}

function literalFromText(column: SampleColumn, text: string): Literal {
  const value = comparableFromText(column, text);
  if (typeof value === 'boolean') return { type: 'boolean', value };
  const family = familyOf(column);
  if (family === 'time') return { type: 'dateTime', value: new Date(Number(value)).toISOString() };
  if (typeof value === 'number') return { type: 'number', value };
  if (family === 'date') return { type: 'date', value };
  return { type: family === 'guid' ? 'guid' : 'string', value };
}
