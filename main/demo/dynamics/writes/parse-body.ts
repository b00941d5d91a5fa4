import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { badRequest, DataverseError, doesNotExist, invalidPayload, noSuchColumn } from '../dataverse-error.ts';
import type { Database } from '../rows/database.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import { asGuid, parseValue } from './parse-value.ts';

export type WriteMode = 'create' | 'update';

/** What a body may touch: column security keeps a user from columns that the table has. */
export interface WriteRights {
  readonly isSecured: (column: SampleColumn) => boolean;
}

/**
 * The columns that a body sets, by their name in a row and checked value by value. Annotations (`@odata.type`) say nothing; a lookup is
 * set through its navigation property (`parentcontactid@odata.bind`), never through `_parentcontactid_value`.
 * @throws DataverseError for the first thing in the body that Dataverse refuses.
 */
export function parseBody(
  body: Readonly<Record<string, unknown>>,
  table: TableSchema,
  mode: WriteMode,
  database: Database,
  rights: WriteRights,
): Record<string, ColumnValue> {
  const columns: Record<string, ColumnValue> = {};
  for (const [name, value] of Object.entries(body)) {
    const at = name.indexOf('@');
    if (at >= 0 && name.slice(at) !== '@odata.bind') continue;
    if (at > 0) {
      const { property, id } = parseBinding(name.slice(0, at), value, table, database);
      check(property, table, mode, rights);
      columns[property] = id;
      continue;
    }
    const column = table.properties.get(name);
    if (column === undefined) throw noSuchColumn(table.logicalName, name);
    if (column.type.kind === 'lookup') {
      throw badRequest('CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.');
    }
    if (column.type.kind !== 'id') check(name, table, mode, rights);
    columns[name] = parseValue(value, column, table);
  }
  return columns;
}

function check(property: string, table: TableSchema, mode: WriteMode, rights: WriteRights): void {
  const column = table.properties.get(property);
  if (column === undefined) throw noSuchColumn(table.logicalName, property);
  if (rights.isSecured(column)) {
    throw new DataverseError(403, '0x8004f507', `Caller does not have permission to ${mode} the attribute '${column.name}'.`);
  }
  const allowed = mode === 'create' ? column.creatable : column.updatable;
  if (!allowed) throw invalidPayload(`The attribute '${column.name}' of '${table.logicalName}' is read-only and not valid for ${mode}.`);
}

function parseBinding(
  navigation: string,
  value: unknown,
  table: TableSchema,
  database: Database,
): { readonly property: string; readonly id: string | null } {
  const target = table.navigation.get(navigation);
  if (target === undefined) {
    throw invalidPayload(
      `An undeclared property '${navigation}' which only has property annotations in the payload but no property value was found.`,
    );
  }
  if (value === null) return { property: target.property, id: null };
  const match = /^(?:https?:\/\/[^/]+)?(?:\/api\/data\/v9\.\d)?\/?(\w+)\(([^)]+)\)$/.exec(typeof value === 'string' ? value : '');
  const referred = database.bySetName(match?.[1] ?? '');
  if (match === null || referred?.schema.logicalName !== target.target) {
    throw invalidPayload(`The value ${JSON.stringify(value)} of '${navigation}' does not refer to a row of '${target.target}'.`);
  }
  const id = asGuid(match[2]);
  if (referred.get(id) === undefined) throw doesNotExist(target.target, id);
  return { property: target.property, id };
}
