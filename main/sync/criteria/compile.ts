import { isCalendarDate, parseMoment } from '../../../shared/date-text.ts';
import type { Condition, Criteria } from '../../../shared/settings.ts';
import {
  booleanLiteral,
  columnName,
  dateLiteral,
  momentLiteral,
  numberLiteral,
  patternLiteral,
  textLiteral,
} from '../../connections/dynamics/odata-literal.ts';
import type { Column, ColumnType, ColumnValue } from '../../connections/dynamics/types.ts';
import { propertyName } from '../mapping/property-name.ts';
import { withoutCase } from './without-case.ts';

type Columns = Readonly<Record<string, ColumnValue>>;
type Scalar = string | number | boolean;

/**
 * Criteria in two forms that mean the same: a filter for Dynamics, and a test of a row that was read (change tracking takes no filter).
 * Each operator states both side by side, so that one cannot change without the other.
 */
export interface CompiledCriteria {
  /** OData `$filter`, not yet percent-encoded. */
  readonly filter: string;
  readonly matches: (row: Columns) => boolean;
}

interface Compared {
  readonly filter: string;
  readonly matches: (value: ColumnValue) => boolean;
}

export class CriteriaError extends Error {
  /** Key path below the entity's `criteria`. */
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'CriteriaError';
    this.path = path;
  }
}

/**
 * The columns that must be read so that the criteria can be judged here, under the names by which they are selected.
 * @param columns of the table, by logical name.
 */
export function criteriaColumns(criteria: Criteria, columns: ReadonlyMap<string, Column>): readonly string[] {
  if (criteria.match !== 'conditions') return [];
  const names = criteria.conditions.flatMap(({ field }) => {
    const column = columns.get(field);
    return column === undefined ? [] : [propertyName(column)];
  });
  return [...new Set(names)];
}

/**
 * @param columns of the table, by logical name.
 * @throws CriteriaError for a column that does not exist or a value that is not of its type.
 */
export function compileConditions(
  criteria: Extract<Criteria, { match: 'conditions' }>,
  columns: ReadonlyMap<string, Column>,
): CompiledCriteria {
  const parts = criteria.conditions.map((condition, index) => {
    const path = `conditions[${index}]`;
    const column = columns.get(condition.field);
    if (column === undefined) throw new CriteriaError(`${path}.field`, `Dynamics has no column "${condition.field}" that can be compared`);
    return { property: propertyName(column), ...compileCondition(condition, column, path) };
  });
  return {
    filter: parts.map((part) => `(${part.filter})`).join(` ${criteria.join} `),
    matches: (row) => {
      const test = (part: (typeof parts)[number]) => part.matches(row[part.property] ?? null);
      return criteria.join === 'and' ? parts.every(test) : parts.some(test);
    },
  };
}

function compileCondition(condition: Condition, column: Column, path: string): Compared {
  const name = columnName(propertyName(column));
  const isText = column.type.kind === 'text' || column.type.kind === 'multilineText';
  switch (condition.operator) {
    case 'isEmpty':
      return {
        filter: isText ? `${name} eq null or ${name} eq ''` : `${name} eq null`,
        matches: (value) => value === null || value === '',
      };
    case 'isNotEmpty':
      return {
        filter: isText ? `${name} ne null and ${name} ne ''` : `${name} ne null`,
        matches: (value) => value !== null && value !== '',
      };
    case 'contains':
      return pattern(`contains(${name},`, condition.value, column, path, (text, part) => text.includes(part));
    case 'startsWith':
      return pattern(`startswith(${name},`, condition.value, column, path, (text, part) => text.startsWith(part));
    case 'endsWith':
      return pattern(`endswith(${name},`, condition.value, column, path, (text, part) => text.endsWith(part));
    case 'isAnyOf': {
      const options = condition.value.map((value, index) => equals(name, value, column.type, `${path}.value[${index}]`));
      return {
        filter: options.map((option) => option.filter).join(' or '),
        matches: (value) => options.some((option) => option.matches(value)),
      };
    }
    case 'equals':
      return equals(name, condition.value, column.type, `${path}.value`);
    case 'notEquals': {
      const same = equals(name, condition.value, column.type, `${path}.value`);
      // A row without a value is not equal to it; SQL alone would leave it out.
      return { filter: `not (${same.filter}) or ${name} eq null`, matches: (value) => !same.matches(value) };
    }
    case 'greaterThan':
      return ordered(name, 'gt', sizeOperand(condition.value, column, path, 'last'), (order) => order > 0);
    case 'lessThan':
      return ordered(name, 'lt', sizeOperand(condition.value, column, path, 'first'), (order) => order < 0);
    case 'onOrAfter':
      return ordered(name, 'ge', dateOperand(condition.value, column.type, `${path}.value`, 'first'), (order) => order >= 0);
    case 'onOrBefore':
      return ordered(name, 'le', dateOperand(condition.value, column.type, `${path}.value`, 'last'), (order) => order <= 0);
  }
}

/** A value to compare with: as a literal, and as what a row's value is brought to. */
interface Operand {
  readonly literal: string;
  readonly comparable: string | number | boolean;
  readonly read: (value: Exclude<ColumnValue, null>) => string | number | boolean | null;
}

const timeOf = (value: Exclude<ColumnValue, null>): number | null => {
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? null : time;
};

function operand(value: Scalar, type: ColumnType, path: string): Operand {
  const refuse = (wanted: string): never => {
    throw new CriteriaError(path, `${JSON.stringify(value)} is not ${wanted}`);
  };
  switch (type.kind) {
    case 'text':
    case 'multilineText':
      return { literal: textLiteral(String(value)), comparable: withoutCase(String(value)), read: (other) => withoutCase(String(other)) };
    case 'wholeNumber':
    case 'bigInteger':
    case 'decimal':
    case 'float':
    case 'money': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) return refuse('a number');
      return { literal: numberLiteral(number), comparable: number, read: Number };
    }
    case 'choice': {
      const label = typeof value === 'string' ? withoutCase(value) : null;
      const number = typeof value === 'number' ? value : type.options.find((option) => withoutCase(option.label) === label)?.value;
      if (number === undefined) return refuse(`one of the options ${type.options.map((option) => `"${option.label}"`).join(', ')}`);
      return { literal: numberLiteral(number), comparable: number, read: Number };
    }
    case 'twoOptions': {
      const text = typeof value === 'string' ? withoutCase(value) : null;
      const flag =
        typeof value === 'boolean'
          ? value
          : text === withoutCase(type.trueLabel)
            ? true
            : text === withoutCase(type.falseLabel)
              ? false
              : null;
      if (flag === null) return refuse(`true, false, "${type.trueLabel}" or "${type.falseLabel}"`);
      return { literal: booleanLiteral(flag), comparable: flag, read: (other) => other === true };
    }
    case 'dateTime':
      return dateOperand(value, type, path, 'first');
    case 'choices':
    case 'lookup':
      return refuse(`comparable: a condition cannot use a ${type.kind} column`);
  }
}

const dayMs = 24 * 60 * 60 * 1000;

/** A date stands for its first or its last second in UTC where the column keeps a time. */
function dateOperand(value: Scalar, type: ColumnType, path: string, edge: 'first' | 'last'): Operand {
  if (type.kind !== 'dateTime') throw new CriteriaError(path, 'only a date column can be compared with a date');
  const text = String(value);
  const isDay = isCalendarDate(text);
  const time = isDay ? Date.parse(text) : parseMoment(text)?.time;
  if (time === undefined) throw new CriteriaError(path, `${JSON.stringify(value)} is not a date such as "2024-02-29"`);
  if (type.behavior === 'dateOnly') {
    const day = new Date(time).toISOString().slice(0, 10);
    return { literal: dateLiteral(day), comparable: Date.parse(day), read: timeOf };
  }
  const moment = isDay && edge === 'last' ? time + dayMs - 1000 : time;
  return { literal: momentLiteral(moment), comparable: Math.floor(moment / 1000) * 1000, read: timeOf };
}

/** Text has no size: in which order a database sorts it depends on its language. */
function sizeOperand(value: Scalar, { name, type }: Column, path: string, edge: 'first' | 'last'): Operand {
  switch (type.kind) {
    case 'text':
    case 'multilineText':
    case 'twoOptions':
      throw new CriteriaError(
        `${path}.operator`,
        `only numbers and dates are more or less than another; "${name}" is a ${type.kind} column`,
      );
    case 'dateTime':
      return dateOperand(value, type, `${path}.value`, edge);
    default:
      return operand(value, type, `${path}.value`);
  }
}

/** A day equals every moment of it where the column keeps a time. */
function equals(name: string, value: Scalar, type: ColumnType, path: string): Compared {
  if (type.kind === 'dateTime' && type.behavior !== 'dateOnly' && isCalendarDate(String(value))) {
    const from = ordered(name, 'ge', dateOperand(value, type, path, 'first'), (order) => order >= 0);
    const until = ordered(name, 'le', dateOperand(value, type, path, 'last'), (order) => order <= 0);
    return { filter: `(${from.filter} and ${until.filter})`, matches: (found) => from.matches(found) && until.matches(found) };
  }
  const wanted = operand(value, type, path);
  return {
    filter: `${name} eq ${wanted.literal}`,
    matches: (found) => found !== null && wanted.read(found) === wanted.comparable,
  };
}

function ordered(name: string, operator: 'gt' | 'lt' | 'ge' | 'le', wanted: Operand, holds: (order: number) => boolean): Compared {
  return {
    filter: `${name} ${operator} ${wanted.literal}`,
    matches: (value) => {
      const read = value === null ? null : wanted.read(value);
      if (read === null) return false;
      return holds(read < wanted.comparable ? -1 : read > wanted.comparable ? 1 : 0);
    },
  };
}

function pattern(call: string, value: string, column: Column, path: string, holds: (text: string, part: string) => boolean): Compared {
  if (column.type.kind !== 'text' && column.type.kind !== 'multilineText') {
    throw new CriteriaError(`${path}.operator`, `only a text column can be searched; "${column.name}" is a ${column.type.kind} column`);
  }
  return {
    filter: `${call}${patternLiteral(value)})`,
    matches: (found) => found !== null && holds(withoutCase(String(found)), withoutCase(value)),
  };
}
