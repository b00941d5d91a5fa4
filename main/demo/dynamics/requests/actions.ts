import { z } from 'zod';
import type { HttpResponse } from '../../../connections/http/transport.ts';
import { rowRenderer } from '../answers/render-row.ts';
import { json, noContent } from '../answers/response.ts';
import { doesNotExist, invalidPayload, notSupportedBySample, resourceNotFound } from '../dataverse-error.ts';
import type { RowTable } from '../rows/row-table.ts';
import type { StoredRow } from '../rows/stored-row.ts';
import { mergeRows } from '../sales/merge.ts';
import { qualifyLead } from '../sales/qualify.ts';
import { asGuid } from '../writes/parse-value.ts';
import { type Call, columnSecurity, type Environment, jsonBody } from './call.ts';
import { checkWritable, columnsOf } from './row-requests.ts';

/** Actions bound to a collection: `POST leads/Microsoft.Dynamics.CRM.CreateMultiple`. All or nothing. */
export function collectionAction(call: Call, environment: Environment, table: RowTable, name: string): HttpResponse {
  checkWritable(table);
  const { database, writer, random } = environment;
  const { logicalName, primaryId } = table.schema;
  const targets = parse(z.object({ Targets: z.array(z.record(z.string(), z.unknown())).min(1) }), jsonBody(call)).Targets;
  for (const target of targets) {
    if (
      target['@odata.type'] !== `Microsoft.Dynamics.CRM.${logicalName}` &&
      target['@odata.type'] !== `#Microsoft.Dynamics.CRM.${logicalName}`
    ) {
      throw invalidPayload(`Each target needs '@odata.type': 'Microsoft.Dynamics.CRM.${logicalName}'.`);
    }
  }

  switch (name) {
    case 'CreateMultiple': {
      const ids = database.atomically(() =>
        targets.map((target) => {
          const columns = columnsOf(call, environment, table, 'create', target);
          const given = columns[primaryId];
          return writer.create(table, typeof given === 'string' ? given : random.uuid(), columns, call.userId).id;
        }),
      );
      return json(200, { '@odata.context': `${call.root}$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse`, Ids: ids });
    }
    case 'UpdateMultiple':
      // Row versions are not looked at here, even where `@odata.etag` is given.
      database.atomically(() => {
        for (const target of targets) {
          writer.update(table, asGuid(target[primaryId]), columnsOf(call, environment, table, 'update', target), call.userId);
        }
      });
      return noContent();
    default:
      throw resourceNotFound(`Microsoft.Dynamics.CRM.${name}`);
  }
}

const qualifyBody = z.object({
  CreateAccount: z.boolean().default(false),
  CreateContact: z.boolean().default(false),
  CreateOpportunity: z.boolean().default(false),
  Status: z.int(),
});

/** `POST leads(…)/Microsoft.Dynamics.CRM.QualifyLead` */
export function rowAction(call: Call, environment: Environment, table: RowTable, id: string, name: string): HttpResponse {
  if (name !== 'QualifyLead' || table.schema.logicalName !== 'lead') throw resourceNotFound(`Microsoft.Dynamics.CRM.${name}`);
  const body = parse(qualifyBody, jsonBody(call));
  if (body.CreateOpportunity) throw notSupportedBySample('An opportunity');
  const { contact, account } = qualifyLead(
    environment,
    id,
    { createContact: body.CreateContact, createAccount: body.CreateAccount },
    call.userId,
  );
  return json(200, {
    '@odata.context': `${call.root}$metadata#crmbaseentity`,
    value: [...created(call, environment, 'account', account), ...created(call, environment, 'contact', contact)],
  });
}

function created(call: Call, environment: Environment, table: 'account' | 'contact', row: StoredRow | null): Record<string, unknown>[] {
  if (row === null) return [];
  const { schema } = environment.database.table(table);
  const render = rowRenderer(environment.database, schema, {
    select: null,
    annotations: call.preferences.annotations,
    omitNulls: false,
    isSecured: columnSecurity(environment.variant, schema),
  });
  return [{ '@odata.type': `#Microsoft.Dynamics.CRM.${table}`, ...render(row) }];
}

const reference = z.record(z.string(), z.unknown());
const mergeBody = z.object({
  Target: reference,
  Subordinate: reference,
  UpdateContent: reference.optional(),
  PerformParentingChecks: z.boolean(),
});

/** `POST Merge` */
export function merge(call: Call, environment: Environment): HttpResponse {
  const body = parse(mergeBody, jsonBody(call));
  const target = referred(environment, body.Target);
  const subordinate = referred(environment, body.Subordinate);
  if (target.name !== subordinate.name) throw invalidPayload('Target and Subordinate must be of one table.');
  const table = environment.database.table(target.name);
  const update = body.UpdateContent === undefined ? {} : columnsOf(call, environment, table, 'update', body.UpdateContent);
  mergeRows(environment, target.name, target.id, subordinate.id, update, call.userId);
  return noContent();
}

function referred(
  environment: Environment,
  body: Readonly<Record<string, unknown>>,
): { readonly name: 'lead' | 'contact'; readonly id: string } {
  const name = String(body['@odata.type']).replace(/^#?Microsoft\.Dynamics\.CRM\./, '');
  if (name !== 'lead' && name !== 'contact') throw invalidPayload(`'${name}' cannot be merged.`);
  const table = environment.database.table(name);
  const id = asGuid(body[table.schema.primaryId]);
  if (table.get(id) === undefined) throw doesNotExist(name, id);
  return { name, id };
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidPayload(z.prettifyError(parsed.error));
  return parsed.data;
}
