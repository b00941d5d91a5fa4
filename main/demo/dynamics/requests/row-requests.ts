import type { HttpResponse } from '../../../connections/http/transport.ts';
import { rowRenderer } from '../answers/render-row.ts';
import { json, noContent, notModified } from '../answers/response.ts';
import {
  concurrencyNotEnabled,
  DataverseError,
  doesNotExist,
  duplicateRecord,
  notSupportedBySample,
  versionMismatch,
} from '../dataverse-error.ts';
import { requirePrivilege } from '../privileges.ts';
import type { RowTable } from '../rows/row-table.ts';
import { etagOf, type StoredRow } from '../rows/stored-row.ts';
import { optimisticConcurrency } from '../table-traits.ts';
import { parseBody } from '../writes/parse-body.ts';
import { asGuid } from '../writes/parse-value.ts';
import { type Call, checkOptionNames, columnSecurity, type Environment, jsonBody, selection } from './call.ts';

/**
 * Requests about one row.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/perform-conditional-operations-using-web-api
 */

/** `GET leads(…)` */
export function readRow(call: Call, environment: Environment, table: RowTable, id: string): HttpResponse {
  requirePrivilege('Read', table.schema.schemaName, call, environment);
  checkOptionNames(call.options);
  const row = table.get(id);
  if (row === undefined) throw doesNotExist(table.schema.logicalName, id);
  // Annotations disable the 304 answer.
  if (call.headers['if-none-match'] === etagOf(row) && call.preferences.annotations.length === 0) return notModified();
  return json(200, { '@odata.context': contextOf(call, table), ...rendered(call, environment, table, row) });
}

/** `POST leads` */
export function createRow(call: Call, environment: Environment, table: RowTable): HttpResponse {
  checkWritable(table);
  requirePrivilege('Create', table.schema.schemaName, call, environment);
  const columns = columnsOf(call, environment, table, 'create');
  const given = columns[table.schema.primaryId];
  const id = typeof given === 'string' ? given : environment.random.uuid();
  const row = environment.database.atomically(() => environment.writer.create(table, id, columns, call.userId));
  return written(call, environment, table, row, 201);
}

/** `PATCH leads(…)`: without a condition it updates **or creates**. */
export function upsertRow(call: Call, environment: Environment, table: RowTable, id: string): HttpResponse {
  checkWritable(table);
  const before = table.get(id);
  requirePrivilege(before === undefined ? 'Create' : 'Write', table.schema.schemaName, call, environment);
  checkConditions(call, environment, table, id, before);
  const columns = columnsOf(call, environment, table, before === undefined ? 'create' : 'update');
  const named = columns[table.schema.primaryId];
  if (named !== undefined && named !== id) throw new DataverseError(400, '0x80040203', 'The id in the body is not the id in the address.');
  if (before === undefined) {
    const row = environment.database.atomically(() => environment.writer.create(table, id, columns, call.userId));
    return written(call, environment, table, row, 201);
  }
  checkEditable(environment, table, before);
  const row = environment.database.atomically(() => environment.writer.update(table, id, columns, call.userId));
  return written(call, environment, table, row, 200);
}

/** `DELETE leads(…)` */
export function deleteRow(call: Call, environment: Environment, table: RowTable, id: string): HttpResponse {
  checkWritable(table);
  checkConditions(call, environment, table, id, table.get(id));
  environment.database.atomically(() => environment.writer.delete(table, id));
  return noContent();
}

function checkConditions(call: Call, environment: Environment, table: RowTable, id: string, row: StoredRow | undefined): void {
  const ifMatch = call.headers['if-match'];
  if (ifMatch !== undefined) {
    if (row === undefined) throw doesNotExist(table.schema.logicalName, id);
    if (ifMatch !== '*') {
      if (!optimisticConcurrency(table.schema, environment.variant)) throw concurrencyNotEnabled(table.schema.logicalName);
      if (ifMatch !== etagOf(row)) throw versionMismatch();
    }
  }
  if (call.headers['if-none-match'] === '*' && row !== undefined) throw duplicateRecord();
}

/** The checked columns of a body. */
export function columnsOf(call: Call, environment: Environment, table: RowTable, mode: 'create' | 'update', body = jsonBody(call)) {
  const columns = parseBody(body, table.schema, mode, environment.database, {
    isSecured: columnSecurity(environment.variant, table.schema),
  });
  if (mode === 'update') return columns;
  if (!environment.variant.stateOnCreate) {
    delete columns.statecode;
    delete columns.statuscode;
  }
  const missing = [...table.schema.properties.values()].find(
    (column) => column.required === 'ApplicationRequired' && (columns[column.name] ?? null) === null,
  );
  if (missing !== undefined && environment.variant.enforcesBusinessRequired) {
    throw new DataverseError(400, '0x80040265', `Required fields: "${missing.label}" must have a value.`);
  }
  return columns;
}

function checkEditable(environment: Environment, table: RowTable, row: StoredRow): void {
  const qualified = table.schema.logicalName === 'lead' && row.columns.statecode === 1;
  if (qualified && environment.variant.qualifiedLeadsReadOnly) {
    throw new DataverseError(400, '0x80040265', 'A qualified lead is read-only.');
  }
}

export function checkWritable(table: RowTable): void {
  if (!table.schema.writable) throw notSupportedBySample(`Writing to '${table.schema.logicalName}'`);
}

function written(call: Call, environment: Environment, table: RowTable, row: StoredRow, status: 200 | 201): HttpResponse {
  const entityId = `${call.root}${table.schema.entitySetName}(${row.id})`;
  if (!call.preferences.returnRepresentation) return noContent({ 'odata-entityid': entityId });
  return json(
    status,
    { '@odata.context': contextOf(call, table), ...rendered(call, environment, table, row) },
    { 'odata-entityid': entityId, 'preference-applied': 'return=representation' },
  );
}

function rendered(call: Call, environment: Environment, table: RowTable, row: StoredRow): Record<string, unknown> {
  return rowRenderer(environment.database, table.schema, {
    select: selection(call.options),
    annotations: call.preferences.annotations,
    omitNulls: false,
    isSecured: columnSecurity(environment.variant, table.schema),
  })(row);
}

function contextOf(call: Call, table: RowTable): string {
  const select = selection(call.options);
  return `${call.root}$metadata#${table.schema.entitySetName}${select === null ? '' : `(${select.join(',')})`}/$entity`;
}

/** The id in `leads(…)`. @throws DataverseError for an alternate key: lead and contact have none. */
export function rowIdOf(key: string, table: RowTable): string {
  const named = new RegExp(`^(?:${table.schema.primaryId}=)?(.+)$`).exec(key)?.[1] ?? key;
  if (named.includes('=')) {
    throw new DataverseError(400, '0x80060890', `The key '${key}' is not defined for the table '${table.schema.logicalName}'.`);
  }
  return asGuid(named);
}
