import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import type { ConnectionPorts } from '../http/exchange.ts';
import type { Pace } from '../http/pacing.ts';
import { readEnvironmentUrl } from './address.ts';
import { createBatchRunner } from './batch.ts';
import { readChanges } from './changes.ts';
import { readFirstRows, readFirstRowsByFetchXml } from './first-rows.ts';
import { readLookupNames } from './lookup-names.ts';
import { readTable } from './metadata.ts';
import { readRows, readRowsByFetchXml, readRowsById } from './queries.ts';
import { type AccessTokens, createWebApi, type WebApi } from './requests.ts';
import { rowId } from './row.ts';
import type { DynamicsClient } from './types.ts';
import { readViews } from './views.ts';
import { writeRows } from './write.ts';

/** Service protection counts 6,000 requests and 20 minutes of execution in 5 minutes for each user (PowerApps docs: api-limits). */
export const dynamicsPace: Pace = { startsPerSecond: 15, inFlight: 2 };

/** The most that the service sends at once. */
const largestPage = 5_000;

export interface DynamicsClientOptions extends ConnectionPorts {
  readonly environmentUrl: string;
  readonly tokens: AccessTokens;
  /** Rows a page, at most 5,000, which is the default. */
  readonly pageSize?: number;
}

/** @throws ServiceError `not-the-service` where the address cannot be that of an environment. */
export function createDynamicsClient(options: DynamicsClientOptions): DynamicsClient {
  const { pageSize = largestPage } = options;
  const api = webApiOf(options);
  const batches = createBatchRunner(api, options);
  return {
    async whoAmI() {
      const { value } = await api.read({ method: 'GET', url: `${api.root}WhoAmI` }, 'read the signed-in user', whoAmIAnswer);
      return { organizationId: value.OrganizationId, userId: value.UserId };
    },
    table: (entity) => readTable(api, batches, entity),
    changes: (entity, select, deltaLink) => readChanges(api, entity, select, deltaLink, pageSize),
    rows: (entity, query) => readRows(api, batches, entity, query, pageSize),
    rowsByFetchXml: (entity, fetchXml) => readRowsByFetchXml(api, batches, entity, fetchXml, pageSize),
    firstRows: (entity, query) => readFirstRows(api, batches, entity, query),
    firstRowsByFetchXml: (entity, fetchXml, top) => readFirstRowsByFetchXml(api, batches, entity, fetchXml, top),
    rowsById: (entity, ids, select) => readRowsById(api, batches, entity, ids, select),
    lookupNames: (targets, ids) => readLookupNames(api, batches, targets, ids),
    views: (entity) => readViews(api, entity),
    write: (writes) => writeRows(api, batches, writes),
  };
}

/** The requests of a client. @throws ServiceError `not-the-service` where the address cannot be that of an environment. */
export function webApiOf({ environmentUrl, ...options }: DynamicsClientOptions): WebApi {
  const address = readEnvironmentUrl(environmentUrl);
  if (address.kind === 'refused') throw new ServiceError({ service: 'dynamics', code: 'not-the-service', ...address.problem });
  return createWebApi({ ...options, origin: address.origin });
}

const whoAmIAnswer = z.object({ OrganizationId: z.string().min(1), UserId: rowId });
