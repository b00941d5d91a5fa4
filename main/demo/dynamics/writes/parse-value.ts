import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { DataverseError, invalidArgument, invalidPayload } from '../dataverse-error.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';

const earliestDate = '1753-01-01';

/**
 * A value as it was sent, checked against its column and in the form in which rows keep it (times in UTC to the second, decimals to
 * their precision).
 * @throws DataverseError for a value of the wrong type, one that is too long, out of range, or not among the choices.
 */
export function parseValue(value: unknown, column: SampleColumn, table: TableSchema): ColumnValue {
  if (value === null) {
    if (column.required === 'SystemRequired') throw invalidArgument(`Attribute '${column.name}' cannot be set to NULL.`);
    return null;
  }
  const { type } = column;
  switch (type.kind) {
    case 'string':
    case 'memo':
      return withinLength(asString(value, column), type.maxLength, column, table);
    case 'integer':
    case 'bigInt':
      return withinRange(asInteger(value, column), type, column, table);
    case 'decimal':
    case 'double':
    case 'money':
      return rounded(withinRange(asNumber(value, column), type, column, table), type.precision);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, 'Edm.Boolean');
      return value;
    case 'dateTime':
      return type.behavior === 'DateOnly' ? asDate(asString(value, column)) : asTime(asString(value, column), type.behavior);
    case 'picklist':
    case 'state':
    case 'status':
      return oneOf(asInteger(value, column), type.options, column, table);
    case 'multiSelect':
      return severalOf(asString(value, column), type.options, column, table);
    case 'id':
      return asGuid(value);
    case 'lookup':
    case 'virtual':
    case 'entityName':
      throw invalidArgument(`Attribute '${column.name}' cannot be written.`);
  }
}

/** @throws DataverseError when it is not a GUID. */
export function asGuid(value: unknown): string {
  if (typeof value !== 'string' || !/^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i.test(value)) throw wrongType(value, 'Edm.Guid');
  return value.replace(/[{}]/g, '').toLowerCase();
}

const wrongType = (value: unknown, edmType: string) =>
  invalidPayload(`Cannot convert the literal '${JSON.stringify(value)}' to the expected type '${edmType}'.`);

function asString(value: unknown, column: SampleColumn): string {
  if (typeof value !== 'string') throw wrongType(value, column.type.kind === 'dateTime' ? 'Edm.DateTimeOffset' : 'Edm.String');
  return value;
}

function asNumber(value: unknown, column: SampleColumn): number {
  if (typeof value !== 'number') throw wrongType(value, column.type.kind === 'double' ? 'Edm.Double' : 'Edm.Decimal');
  return value;
}

function asInteger(value: unknown, column: SampleColumn): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw wrongType(value, column.type.kind === 'bigInt' ? 'Edm.Int64' : 'Edm.Int32');
  return value;
}

function withinLength(value: string, maxLength: number, column: SampleColumn, table: TableSchema): string {
  if (value.length <= maxLength) return value;
  throw new DataverseError(
    400,
    '0x80044331',
    `A validation error occurred.  The length of the '${column.name}' attribute of the '${table.logicalName}' entity exceeded the maximum allowed length of '${maxLength}'.`,
  );
}

function withinRange(
  value: number,
  range: { readonly min: number; readonly max: number },
  column: SampleColumn,
  table: TableSchema,
): number {
  if (value >= range.min && value <= range.max) return value;
  throw invalidArgument(
    `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.logicalName}' is outside the valid range(${range.min} to ${range.max}).`,
  );
}

const rounded = (value: number, precision: number) => Number(value.toFixed(Math.min(precision, 20)));

function oneOf(value: number, options: readonly { readonly value: number }[], column: SampleColumn, table: TableSchema): number {
  if (options.some((option) => option.value === value)) return value;
  throw new DataverseError(
    400,
    '0x8004431a',
    `A validation error occurred. The value '${value}' of '${column.name}' on record of type '${table.logicalName}' is outside the valid range. Accepted Values: ${options.map((option) => option.value).join(',')}`,
  );
}

/** "1,9": at most 150 choices, kept once each and in rising order. An empty text is no choice at all. */
function severalOf(value: string, options: readonly { readonly value: number }[], column: SampleColumn, table: TableSchema): string | null {
  if (value.trim() === '') return null;
  const chosen = value.split(',').map((part) => oneOf(Number(part.trim()), options, column, table));
  const unique = [...new Set(chosen)].sort((one, other) => one - other);
  if (unique.length > 150) throw invalidArgument(`'${column.name}' takes at most 150 choices.`);
  return unique.join(',');
}

function asDate(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw wrongType(text, 'Edm.Date');
  return notTooEarly(text);
}

function asTime(text: string, behavior: 'UserLocal' | 'TimeZoneIndependent'): string {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d))?$/i.exec(text);
  const time = Date.parse(text);
  if (parts === null || Number.isNaN(time)) throw wrongType(text, 'Edm.DateTimeOffset');
  // Independent of time zones: kept as it was typed, whatever the offset said.
  const [, day = '', clock = '00:00', seconds = ':00'] = parts;
  const kept = behavior === 'TimeZoneIndependent' ? `${day}T${clock}${seconds}Z` : `${new Date(time).toISOString().slice(0, 19)}Z`;
  return notTooEarly(kept);
}

function notTooEarly(text: string): string {
  if (text.slice(0, 10) < earliestDate)
    throw invalidArgument(`DateTime is less than minumum value supported by CrmDateTime. Actual value: ${text}`);
  return text;
}
