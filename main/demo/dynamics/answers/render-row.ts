import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { noSuchColumn } from '../dataverse-error.ts';
import { wantsAnnotation } from '../odata/query-options.ts';
import type { Database } from '../rows/database.ts';
import { etagOf, type StoredRow } from '../rows/stored-row.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import { formattedValue, referredRow } from './formatted-value.ts';

export interface Rendering {
  /** Names of the columns; null for all. */
  readonly select: readonly string[] | null;
  /** Wanted annotations, as in `odata.include-annotations`. */
  readonly annotations: readonly string[];
  /** Views and FetchXML leave columns without a value out; OData reads give null. */
  readonly omitNulls: boolean;
  /** Columns that this user may not see read as if they had no value. */
  readonly isSecured: (column: SampleColumn) => boolean;
}

const formatted = 'OData.Community.Display.V1.FormattedValue';
const lookupName = 'Microsoft.Dynamics.CRM.lookuplogicalname';
const navigationName = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/**
 * Makes rows into what an answer holds. The primary key and `@odata.etag` are always there, and a money column brings its currency.
 * @throws DataverseError when a column that is selected does not exist.
 */
export function rowRenderer(database: Database, schema: TableSchema, rendering: Rendering): (row: StoredRow) => Record<string, unknown> {
  const columns = selectedColumns(schema, rendering.select);
  const annotate = [formatted, lookupName, navigationName].filter((name) => wantsAnnotation(rendering.annotations, name));

  return (row) => {
    const rendered: Record<string, unknown> = { '@odata.etag': etagOf(row) };
    for (const [name, column] of columns) {
      const value = name === 'versionnumber' ? row.version : rendering.isSecured(column) ? null : (row.columns[name] ?? null);
      if (value === null && rendering.omitNulls) continue;
      rendered[name] = value;
      if (annotate.length > 0) Object.assign(rendered, annotationsOf(database, name, column, value, annotate));
    }
    return rendered;
  };
}

function selectedColumns(schema: TableSchema, select: readonly string[] | null): readonly (readonly [string, SampleColumn])[] {
  if (select === null) return [...schema.properties];
  const names = new Set(select);
  if (select.some((name) => schema.properties.get(name)?.type.kind === 'money')) names.add('_transactioncurrencyid_value');
  names.add(schema.primaryId);
  return [...names].map((name) => {
    const column = schema.properties.get(name);
    if (column === undefined) throw noSuchColumn(schema.logicalName, name);
    return [name, column];
  });
}

function annotationsOf(
  database: Database,
  name: string,
  column: SampleColumn,
  value: ColumnValue,
  wanted: readonly string[],
): Record<string, string> {
  const annotations: Record<string, string> = {};
  const add = (annotation: string, text: string | null | undefined) => {
    if (text !== null && text !== undefined && wanted.includes(annotation)) annotations[`${name}@${annotation}`] = text;
  };
  add(formatted, formattedValue(database, column, value));
  if (column.type.kind === 'lookup') {
    const referred = referredRow(database, value, Object.keys(column.type.navigation));
    add(navigationName, referred === null ? null : column.type.navigation[referred.table]);
    add(lookupName, referred?.table);
  }
  return annotations;
}
