import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { badRequest } from '../dataverse-error.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { Literal } from './filter-syntax.ts';
import { folded } from './text-pattern.ts';

/**
 * A value in the form in which two values of one column can be compared with `===` and `<`: text folded, times in milliseconds
 * since the epoch, dates as `YYYY-MM-DD`.
 */
export type Comparable = string | number | boolean;

type Family = 'text' | 'guid' | 'number' | 'boolean' | 'date' | 'time';

export function familyOf(column: SampleColumn): Family {
  const { type } = column;
  switch (type.kind) {
    case 'id':
    case 'lookup':
      return 'guid';
    case 'integer':
    case 'bigInt':
    case 'decimal':
    case 'double':
    case 'money':
    case 'picklist':
    case 'state':
    case 'status':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'dateTime':
      return type.behavior === 'DateOnly' ? 'date' : 'time';
    case 'string':
    case 'memo':
    case 'multiSelect':
    case 'virtual':
    case 'entityName':
      return 'text';
  }
}

/** Turns stored values of a column into comparable ones. */
export function comparableOf(column: SampleColumn): (value: ColumnValue | undefined) => Comparable | null {
  switch (familyOf(column)) {
    case 'text':
    case 'guid':
      return (value) => (value === null || value === undefined ? null : folded(String(value)));
    case 'time':
      return (value) => (value === null || value === undefined ? null : Date.parse(String(value)));
    case 'number':
    case 'boolean':
    case 'date':
      return (value) => value ?? null;
  }
}

const edmNames: Readonly<Record<Family, string>> = {
  text: 'Edm.String',
  guid: 'Edm.Guid',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  date: 'Edm.Date',
  time: 'Edm.DateTimeOffset',
};

const operatorKinds = { eq: 'Equal', ne: 'NotEqual', gt: 'GreaterThan', ge: 'GreaterThanOrEqual', lt: 'LessThan', le: 'LessThanOrEqual' };

/**
 * The value that a comparison of this column names, as a comparable one; null for `null`.
 * @throws DataverseError when it is of another type than the column: a choice is compared with its integer, a lookup with a bare GUID.
 */
export function operandOf(column: SampleColumn, literal: Literal, operator: keyof typeof operatorKinds): Comparable | null {
  const family = familyOf(column);
  const mismatch = () =>
    badRequest(
      `A binary operator with incompatible types was detected. Found operand types '${edmNames[family]}' and '${literal.type}' for operator kind '${operatorKinds[operator]}'.`,
    );
  switch (literal.type) {
    case 'null':
      return null;
    case 'string':
      if (family !== 'text') throw mismatch();
      return folded(literal.value);
    case 'guid':
      if (family !== 'guid') throw mismatch();
      return literal.value;
    case 'number':
    case 'boolean':
      if (family !== literal.type) throw mismatch();
      return literal.value;
    case 'date':
    case 'dateTime':
      if (family === 'date') return literal.value.slice(0, 10);
      if (family === 'time') return Date.parse(literal.value);
      throw mismatch();
    case 'enum':
      throw mismatch();
  }
}

/**
 * A value that came as text (in a query function or in FetchXML), as a comparable one of this column.
 * @throws DataverseError when the text is not such a value.
 */
export function comparableFromText(column: SampleColumn, text: string): Comparable {
  const family = familyOf(column);
  const refuse = () => badRequest(`The value '${text}' of '${column.name}' is not of type '${edmNames[family]}'.`);
  switch (family) {
    case 'text':
      return folded(text);
    case 'guid':
      return folded(text).replace(/^\{|\}$/g, '');
    case 'number':
      if (text.trim() === '' || Number.isNaN(Number(text))) throw refuse();
      return Number(text);
    case 'boolean':
      if (!/^(?:true|false|0|1)$/i.test(text)) throw refuse();
      return folded(text) === 'true' || text === '1';
    case 'date':
    case 'time': {
      const time = Date.parse(/Z|[+-]\d\d:\d\d$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`);
      if (Number.isNaN(time)) throw refuse();
      return family === 'date' ? new Date(time).toISOString().slice(0, 10) : time;
    }
  }
}
