import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { DataverseError, doesNotExist, duplicateRecord, invalidArgument } from '../dataverse-error.ts';
import { currencyId } from '../environment.ts';
import type { Database } from '../rows/database.ts';
import type { RowTable } from '../rows/row-table.ts';
import type { Columns, StoredRow } from '../rows/stored-row.ts';
import type { TableSchema } from '../schema/table.ts';

/** What a write does beyond the columns it names: defaults, computed columns, stamps, states, cascades. */
export interface RowWriter {
  /** @throws DataverseError when a row with this id exists. */
  create(table: RowTable, id: string, columns: Columns, userId: string): StoredRow;
  /** @throws DataverseError when the row does not exist, or its state and status do not fit together. */
  update(table: RowTable, id: string, columns: Columns, userId: string): StoredRow;
  /** @throws DataverseError when the row does not exist. */
  delete(table: RowTable, id: string): void;
}

export function createRowWriter(database: Database, clock: { now(): number }): RowWriter {
  const stamp = () => `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;

  const remove = (table: RowTable, id: string) => {
    if (!table.delete(id)) throw doesNotExist(table.schema.logicalName, id);
    for (const { from, property, cascade } of references[table.schema.logicalName] ?? []) {
      const referring = database.table(from);
      for (const other of referring.idsWith(property, id) ?? []) {
        const row = referring.get(other);
        if (row === undefined) continue;
        if (cascade === 'delete') remove(referring, other);
        else referring.put(other, { ...row.columns, [property]: null });
      }
    }
  };

  return {
    create(table, id, columns, userId) {
      if (table.get(id) !== undefined) throw duplicateRecord();
      const now = stamp();
      const { overriddencreatedon, ...given } = columns;
      const row = {
        ...defaults(table.schema),
        _ownerid_value: userId,
        ...given,
        [table.schema.primaryId]: id,
        ...computed(given, table.schema),
        ...createdState(table.schema, given),
        createdon: overriddencreatedon ?? now,
        ...(overriddencreatedon === undefined ? {} : { overriddencreatedon: now }),
        modifiedon: now,
        _createdby_value: userId,
        _modifiedby_value: userId,
      };
      return table.put(id, onlyKnown(row, table.schema));
    },
    update(table, id, columns, userId) {
      const before = table.get(id);
      if (before === undefined) throw doesNotExist(table.schema.logicalName, id);
      const { [table.schema.primaryId]: _, ...given } = columns;
      const merged = { ...before.columns, ...given };
      const row = {
        ...merged,
        ...computed(merged, table.schema),
        ...updatedState(table.schema, before.columns, given),
        modifiedon: stamp(),
        _modifiedby_value: userId,
      };
      return table.put(id, onlyKnown(row, table.schema));
    },
    delete: remove,
  };
}

/** What becomes of rows that point to a deleted one, by the table of the deleted row. */
const references: Readonly<
  Record<string, readonly { readonly from: string; readonly property: string; readonly cascade: 'delete' | 'clear' }[]>
> = {
  contact: [
    { from: 'lead', property: '_customerid_value', cascade: 'delete' },
    { from: 'lead', property: '_parentcontactid_value', cascade: 'clear' },
    { from: 'contact', property: '_parentcustomerid_value', cascade: 'clear' },
  ],
  lead: [{ from: 'contact', property: '_originatingleadid_value', cascade: 'clear' }],
};

export function defaults(schema: TableSchema): Record<string, ColumnValue> {
  const columns: Record<string, ColumnValue> = schema.properties.has('_transactioncurrencyid_value')
    ? { _transactioncurrencyid_value: currencyId, exchangerate: 1 }
    : {};
  for (const { name, type } of schema.columns) {
    if ('defaultValue' in type && type.defaultValue !== undefined) columns[name] = type.defaultValue;
  }
  return columns;
}

/** `fullname` follows the parts of the name, and each `*_base` its amount (the exchange rate is 1). */
export function computed(columns: Columns, schema: TableSchema): Record<string, ColumnValue> {
  const values: Record<string, ColumnValue> = {};
  if (schema.primaryName === 'fullname') {
    const parts = [columns.firstname, columns.lastname].filter((part) => part !== null && part !== undefined && part !== '');
    values.fullname = parts.length === 0 ? null : parts.join(' ');
  }
  for (const { name, type } of schema.columns) {
    if (type.kind === 'money' && name.endsWith('_base')) values[name] = columns[name.slice(0, -'_base'.length)] ?? null;
  }
  return values;
}

const onlyKnown = (columns: Columns, schema: TableSchema): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => schema.properties.has(name)));

function statusesOf(schema: TableSchema) {
  const status = schema.properties.get('statuscode')?.type;
  return status?.kind === 'status' ? status.options : [];
}

function createdState(schema: TableSchema, given: Columns): Record<string, ColumnValue> {
  const state = given.statecode ?? statusesOf(schema).find((option) => option.value === given.statuscode)?.state ?? 0;
  return fittingState(schema, Number(state), given.statuscode ?? null);
}

function updatedState(schema: TableSchema, before: Columns, given: Columns): Record<string, ColumnValue> {
  const state = Number(given.statecode ?? before.statecode ?? 0);
  const kept = state === before.statecode ? before.statuscode : null;
  return fittingState(schema, state, given.statuscode ?? kept ?? null);
}

/** A state without a status takes the first one that belongs to it. */
function fittingState(schema: TableSchema, state: number, status: ColumnValue): Record<string, ColumnValue> {
  const fitting = statusesOf(schema).filter((option) => option.state === state);
  if (statusesOf(schema).length === 0) return {};
  const [first] = fitting;
  if (first === undefined) throw invalidArgument(`${state} is not a valid state.`);
  if (status === null) return { statecode: state, statuscode: first.value };
  if (fitting.some((option) => option.value === status)) return { statecode: state, statuscode: status };
  throw new DataverseError(
    400,
    '0x80048408',
    `${String(status)} is not a valid status code for state code ${schema.schemaName}State.${state} on ${schema.logicalName}.`,
  );
}
