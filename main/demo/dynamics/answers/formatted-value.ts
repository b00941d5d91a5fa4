import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import type { Database } from '../rows/database.ts';
import type { SampleColumn } from '../schema/column.ts';

/** The row that a lookup points to. */
export interface ReferredRow {
  readonly table: string;
  readonly name: string | null;
}

/** Finds what a lookup points to among the tables that it may point to. */
export function referredRow(database: Database, id: ColumnValue, targets: readonly string[]): ReferredRow | null {
  if (typeof id !== 'string') return null;
  for (const target of targets) {
    const table = database.find(target);
    const row = table?.get(id);
    if (table === undefined || row === undefined) continue;
    const name = row.columns[table.schema.primaryName];
    return { table: target, name: typeof name === 'string' ? name : null };
  }
  return null;
}

/**
 * The value as a form shows it (`…@OData.Community.Display.V1.FormattedValue`), in the language and the formats of a user in the
 * United States. Null where the annotation is left out: plain text has none.
 */
export function formattedValue(database: Database, column: SampleColumn, value: ColumnValue): string | null {
  if (value === null) return null;
  const { type } = column;
  switch (type.kind) {
    case 'picklist':
    case 'state':
    case 'status':
      return type.options.find((option) => option.value === value)?.label ?? null;
    case 'multiSelect':
      return String(value)
        .split(',')
        .map((chosen) => type.options.find((option) => option.value === Number(chosen))?.label ?? chosen)
        .join('; ');
    case 'boolean':
      return value === true ? type.trueLabel : type.falseLabel;
    case 'lookup':
      return referredRow(database, value, Object.keys(type.navigation))?.name ?? null;
    case 'money':
      return `kr${Number(value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    case 'integer':
    case 'bigInt':
    case 'decimal':
    case 'double':
      return Number(value).toLocaleString('en-US');
    case 'dateTime': {
      const dateOnly = type.format === 'DateOnly' || type.behavior === 'DateOnly';
      const time = new Date(String(value));
      return dateOnly ? time.toLocaleDateString('en-US', { timeZone: 'UTC' }) : time.toLocaleString('en-US', { timeZone: 'UTC' });
    }
    case 'id':
    case 'string':
    case 'memo':
    case 'virtual':
    case 'entityName':
      return null;
  }
}
