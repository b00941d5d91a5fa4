import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { badRequest } from '../dataverse-error.ts';
import type { SampleColumn } from '../schema/column.ts';
import { type Comparable, comparableFromText, comparableOf, familyOf } from './comparable.ts';
import type { Filter } from './filter-syntax.ts';

const dayMs = 86_400_000;

type Call = Extract<Filter, { kind: 'function' }>;

/**
 * The query functions of the service (`Microsoft.Dynamics.CRM.…`) that the sample environment knows.
 * Days are those of a user whose time zone is UTC.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/queryfunctions
 */
export function compileFunction(call: Call, column: SampleColumn, now: number): (value: ColumnValue) => boolean {
  const read = comparableOf(column);
  const values = () => call.values.map((value) => comparableFromText(column, value));
  const pair = (): readonly [Comparable, Comparable] => {
    const [low, high, ...rest] = values();
    if (low === undefined || high === undefined || rest.length > 0) throw wrongArguments(call);
    return [low, high];
  };
  const within = (from: number, to: number) => inDays(column, from, to);

  switch (call.name) {
    case 'In':
    case 'NotIn': {
      const wanted = new Set<Comparable | null>(values());
      return (value) => wanted.has(read(value)) === (call.name === 'In');
    }
    case 'Between': {
      const [low, high] = pair();
      return (value) => isBetween(read(value), low, high);
    }
    case 'NotBetween': {
      const [low, high] = pair();
      return (value) => value !== null && !isBetween(read(value), low, high);
    }
    case 'On':
      return within(dayOf(call), dayOf(call) + dayMs);
    case 'OnOrAfter':
      return within(dayOf(call), Number.POSITIVE_INFINITY);
    case 'OnOrBefore':
      return within(Number.NEGATIVE_INFINITY, dayOf(call) + dayMs);
    case 'Today':
      return within(startOfDay(now), startOfDay(now) + dayMs);
    case 'Yesterday':
      return within(startOfDay(now) - dayMs, startOfDay(now));
    case 'Last7Days':
      return within(startOfDay(now) - 7 * dayMs, now + 1);
    case 'LastXDays':
      return within(startOfDay(now) - wholeNumber(call) * dayMs, now + 1);
    case 'NextXDays':
      return within(now, startOfDay(now) + (wholeNumber(call) + 1) * dayMs);
    case 'ContainValues':
    case 'DoesNotContainValues':
      return containsValues(call, column);
    default:
      throw badRequest(`'Microsoft.Dynamics.CRM.${call.name}' is not a query function that can be used here.`);
  }
}

const startOfDay = (time: number) => Math.floor(time / dayMs) * dayMs;

function isBetween(value: Comparable | null, low: Comparable, high: Comparable): boolean {
  return value !== null && value >= low && value <= high;
}

function inDays(column: SampleColumn, from: number, to: number): (value: ColumnValue) => boolean {
  const family = familyOf(column);
  if (family !== 'date' && family !== 'time') throw badRequest(`'${column.name}' is not a date.`);
  return (value) => {
    if (value === null) return false;
    const time = Date.parse(String(value));
    return time >= from && time < to;
  };
}

function dayOf(call: Call): number {
  const time = Date.parse(single(call).slice(0, 10));
  if (Number.isNaN(time)) throw wrongArguments(call);
  return time;
}

function wholeNumber(call: Call): number {
  const value = Number(single(call));
  if (!Number.isInteger(value) || value < 1) throw wrongArguments(call);
  return value;
}

function containsValues(call: Call, column: SampleColumn): (value: ColumnValue) => boolean {
  if (column.type.kind !== 'multiSelect') throw badRequest(`'${column.name}' does not hold several choices.`);
  const contains = call.name === 'ContainValues';
  return (value) => {
    const chosen = value === null ? [] : String(value).split(',');
    return call.values.some((wanted) => chosen.includes(wanted)) === contains;
  };
}

function single(call: Call): string {
  const [value, ...rest] = call.values;
  if (value === undefined || rest.length > 0) throw wrongArguments(call);
  return value;
}

const wrongArguments = (call: Call) => badRequest(`The arguments of 'Microsoft.Dynamics.CRM.${call.name}' are not valid.`);
