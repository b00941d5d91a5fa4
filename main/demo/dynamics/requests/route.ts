import type { HttpResponse } from '../../../connections/http/transport.ts';
import { json } from '../answers/response.ts';
import { DataverseError, notSupportedBySample, resourceNotFound } from '../dataverse-error.ts';
import { businessUnitId, organizationId } from '../environment.ts';
import { readDefinitions } from '../metadata/definitions.ts';
import { heldPrivileges } from '../privileges.ts';
import type { RowTable } from '../rows/row-table.ts';
import { isInstalled } from '../table-traits.ts';
import { collectionAction, merge, rowAction } from './actions.ts';
import type { Call, CallHandler, Environment } from './call.ts';
import { readCollection, readCount } from './read-collection.ts';
import { createRow, deleteRow, readRow, rowIdOf, upsertRow } from './row-requests.ts';

const namespace = 'Microsoft.Dynamics.CRM.';
const privilegesFunction = `${namespace}RetrieveUserSetOfPrivilegesByNames`;

/** Finds what a request is about and carries it out. @throws DataverseError when it is refused. */
export const route: CallHandler = (call, environment) => {
  if (/^WhoAmI(?:\(\))?$/.test(call.path)) return whoAmI(call);
  if (call.path === 'Merge') return allow(call, 'POST', () => merge(call, environment));
  if (/^EntityDefinitions\b/.test(call.path)) return allow(call, 'GET', () => readDefinitions(call, environment));

  const [, setName = '', key, rest] = /^(\w+)(?:\(([^)]*)\))?(?:\/(.+))?$/.exec(call.path) ?? [];
  const table = environment.database.bySetName(setName);
  if (table === undefined || !isInstalled(table.schema, environment.variant)) throw resourceNotFound(setName || call.path);
  return key === undefined ? onCollection(call, environment, table, rest) : onRow(call, environment, table, rowIdOf(key, table), rest);
};

function onCollection(call: Call, environment: Environment, table: RowTable, rest: string | undefined): HttpResponse {
  if (rest === '$count') return allow(call, 'GET', () => readCount(call, environment, table));
  if (rest?.startsWith(namespace)) {
    return allow(call, 'POST', () => collectionAction(call, environment, table, rest.slice(namespace.length)));
  }
  if (rest !== undefined) throw resourceNotFound(rest);
  switch (call.method) {
    case 'GET':
      return readCollection(call, environment, table);
    case 'POST':
      return createRow(call, environment, table);
    case 'PATCH':
    case 'PUT':
    case 'DELETE':
      throw methodNotAllowed(call);
  }
}

function onRow(call: Call, environment: Environment, table: RowTable, id: string, rest: string | undefined): HttpResponse {
  if (table.schema.logicalName === 'systemuser' && rest?.startsWith(privilegesFunction)) {
    return allow(call, 'GET', () => heldPrivileges(call, environment, rest.slice(privilegesFunction.length)));
  }
  if (rest?.startsWith(namespace)) return allow(call, 'POST', () => rowAction(call, environment, table, id, rest.slice(namespace.length)));
  if (rest !== undefined) throw notSupportedBySample(`'${rest}' of a row`);
  switch (call.method) {
    case 'GET':
      return readRow(call, environment, table, id);
    case 'PATCH':
      return upsertRow(call, environment, table, id);
    case 'DELETE':
      return deleteRow(call, environment, table, id);
    case 'POST':
    case 'PUT':
      throw methodNotAllowed(call);
  }
}

function whoAmI(call: Call): HttpResponse {
  return allow(call, 'GET', () =>
    json(200, {
      '@odata.context': `${call.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: businessUnitId,
      UserId: call.userId,
      OrganizationId: organizationId,
    }),
  );
}

function allow(call: Call, method: Call['method'], answer: () => HttpResponse): HttpResponse {
  if (call.method !== method) throw methodNotAllowed(call);
  return answer();
}

const methodNotAllowed = (call: Call) =>
  new DataverseError(405, '0x80060888', `The requested resource does not support http method '${call.method}'.`);
