import { noSuchColumn } from '../dataverse-error.ts';
import type { Columns } from '../rows/stored-row.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import { comparableOf, operandOf } from './comparable.ts';
import type { Comparison, Filter } from './filter-syntax.ts';
import { compileFunction } from './query-functions.ts';
import { likePattern } from './text-pattern.ts';

export type Predicate = (columns: Columns) => boolean;

/**
 * A filter as a function over the columns of a row. `now` (ms since the epoch) is what relative dates count from.
 *
 * A column without a value meets `ne`, `not contains(…)` and FetchXML's `ne` and `not-like`: Dataverse adds "or is null" to them,
 * which plain SQL would not.
 *
 * @throws DataverseError for a column that the table does not have and a value that is not of the column's type.
 */
export function compileFilter(filter: Filter, table: TableSchema, now: number): Predicate {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map((part) => compileFilter(part, table, now));
      return (columns) => parts.every((part) => part(columns));
    }
    case 'or': {
      const parts = filter.parts.map((part) => compileFilter(part, table, now));
      return (columns) => parts.some((part) => part(columns));
    }
    case 'not': {
      const part = compileFilter(filter.part, table, now);
      return (columns) => !part(columns);
    }
    case 'compare': {
      const column = columnOf(table, filter.property);
      const read = comparableOf(column);
      const operand = operandOf(column, filter.value, filter.operator);
      const meets = comparison(filter.operator);
      return (columns) => meets(read(columns[filter.property]), operand);
    }
    case 'text': {
      columnOf(table, filter.property);
      const matches = textMatcher(filter.function, filter.pattern);
      return (columns) => {
        const value = columns[filter.property];
        return typeof value === 'string' && matches(value);
      };
    }
    case 'function': {
      const meets = compileFunction(filter, columnOf(table, filter.property), now);
      return (columns) => meets(columns[filter.property] ?? null);
    }
  }
}

export function columnOf(table: TableSchema, property: string): SampleColumn {
  const column = table.properties.get(property);
  if (column === undefined) throw noSuchColumn(table.logicalName, property);
  return column;
}

type Operand = ReturnType<typeof operandOf>;

function comparison(operator: Comparison): (value: Operand, operand: Operand) => boolean {
  switch (operator) {
    case 'eq':
      return (value, operand) => value === operand;
    case 'ne':
      return (value, operand) => value !== operand;
    case 'gt':
      return (value, operand) => value !== null && operand !== null && value > operand;
    case 'ge':
      return (value, operand) => value !== null && operand !== null && value >= operand;
    case 'lt':
      return (value, operand) => value !== null && operand !== null && value < operand;
    case 'le':
      return (value, operand) => value !== null && operand !== null && value <= operand;
  }
}

function textMatcher(name: Extract<Filter, { kind: 'text' }>['function'], pattern: string): (value: string) => boolean {
  switch (name) {
    case 'contains':
      return likePattern(`%${pattern}%`);
    case 'startswith':
      return likePattern(`${pattern}%`);
    case 'endswith':
      return likePattern(`%${pattern}`);
    case 'like':
      return likePattern(pattern);
  }
}
