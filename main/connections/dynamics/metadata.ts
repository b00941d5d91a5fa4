import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import { ServiceError } from '../errors.ts';
import { jsonBody } from '../http/json-body.ts';
import type { BatchRunner, PartResult } from './batch.ts';
import { castAnswer, castQuery, casts } from './column-metadata.ts';
import { errorOf, unexpectedAnswer } from './errors.ts';
import { noAnswer } from './links.ts';
import type { WebApi } from './requests.ts';
import type { TableDefinition } from './types.ts';

const definitionAnswer = z.object({
  EntitySetName: z.string(),
  ChangeTrackingEnabled: z.boolean().nullish(),
  IsOptimisticConcurrencyEnabled: z.boolean().nullish(),
});

/** The definition of a table and all its columns: one query for the table and one for each type of column, sent as one `$batch`. */
export async function readTable(api: WebApi, batches: BatchRunner, entity: Entity): Promise<TableDefinition> {
  const definition = `EntityDefinitions(LogicalName='${entity}')`;
  const what = `read the definition of the table ${entity}`;
  const [table, ...answers] = await batches.run(
    [
      `${definition}?$select=LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled`,
      ...casts.map((each) => `${definition}/${castQuery(each)}`),
    ].map((path) => ({ method: 'GET', path, headers: { Accept: 'application/json' } })),
    what,
  );
  const described = read(api, table, what, definitionAnswer, entity);
  return {
    entity,
    entitySetName: described.EntitySetName,
    changeTracking: described.ChangeTrackingEnabled ?? false,
    optimisticConcurrency: described.IsOptimisticConcurrencyEnabled ?? false,
    columns: casts.flatMap((each, index) => read(api, answers[index], what, castAnswer(each), entity)),
  };
}

function read<Schema extends z.ZodType>(
  api: WebApi,
  result: PartResult | undefined,
  what: string,
  schema: Schema,
  entity: Entity,
): z.output<Schema> {
  if (result?.kind !== 'answered') throw noAnswer(api.host, what);
  if (result.answer.status !== 200) {
    const error = errorOf(result.answer, api.host, what);
    throw error.code === 'not-found' || error.code === 'not-available' ? tableMissing(error, api.host, entity) : error;
  }
  const parsed = schema.safeParse(jsonBody(result.answer));
  if (!parsed.success) throw unexpectedAnswer(result.answer, api.host);
  return parsed.data;
}

function tableMissing(error: ServiceError, host: string, entity: Entity): ServiceError {
  return new ServiceError({
    ...error.details,
    code: 'not-available',
    message: `The environment ${host} has no table of ${entity === 'lead' ? 'leads' : 'contacts'}.`,
    advice:
      entity === 'lead'
        ? 'Leads come with the Dynamics 365 Sales app. Install it in this environment, connect another one, or switch leads off.'
        : 'Check that this is a Dynamics 365 environment with a customer engagement app, or connect another one.',
  });
}
