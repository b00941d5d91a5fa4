import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import type { BatchRunner } from './batch.ts';
import { countingFetchXml, isFetchXml, isLimitedToTop } from './fetch-xml-paging.ts';
import { readLink } from './links.ts';
import { columnName } from './odata-literal.ts';
import { brokenView, rowsPage } from './queries.ts';
import type { WebApi } from './requests.ts';
import { tables } from './tables.ts';
import type { FirstRows, FirstRowsQuery } from './types.ts';

const countAnnotation = '@Microsoft.Dynamics.CRM.totalrecordcount';
const limitAnnotation = '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded';
const headers = {
  prefer:
    'odata.include-annotations="Microsoft.Dynamics.CRM.totalrecordcount,Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded,Microsoft.Dynamics.CRM.morerecords"',
};

/** The service counts no further. */
const largestCount = 5_000;

const isExact = (count: number, limitExceeded: boolean | undefined): boolean => limitExceeded !== true && count < largestCount;

/** The first rows of a query and how many there are in all: one request. */
export async function readFirstRows(api: WebApi, batches: BatchRunner, entity: Entity, query: FirstRowsQuery): Promise<FirstRows> {
  const { entitySet } = tables[entity];
  const options = [
    `$select=${query.select.map(columnName).join(',')}`,
    '$count=true',
    `$top=${query.top}`,
    ...(query.filter === undefined ? [] : [`$filter=${encodeURIComponent(query.filter)}`]),
    ...(query.orderBy === undefined ? [] : [`$orderby=${encodeURIComponent(query.orderBy)}`]),
  ];
  const { value } = await readLink(
    api,
    batches,
    `${api.root}${entitySet}?${options.join('&')}`,
    headers,
    `count the ${entitySet}`,
    rowsPage(entity).extend({ '@odata.count': z.int(), [limitAnnotation]: z.boolean().optional() }),
  );
  const count = value['@odata.count'];
  return { rows: value.value, count, exact: isExact(count, value[limitAnnotation] === true) };
}

/** The same of a saved view. One that is limited to its first rows is read whole: the service does not count it. */
export async function readFirstRowsByFetchXml(
  api: WebApi,
  batches: BatchRunner,
  entity: Entity,
  fetchXml: string,
  top: number,
): Promise<FirstRows> {
  const { entitySet } = tables[entity];
  if (!isFetchXml(fetchXml)) throw brokenView(entity);
  const limited = isLimitedToTop(fetchXml);
  const query = limited ? fetchXml : countingFetchXml(fetchXml, top);
  const { value } = await readLink(
    api,
    batches,
    `${api.root}${entitySet}?fetchXml=${encodeURIComponent(query)}`,
    headers,
    `count the ${entitySet} of a view`,
    rowsPage(entity).extend({ [countAnnotation]: z.int().optional(), [limitAnnotation]: z.boolean().optional() }),
  );
  const rows = value.value.slice(0, top);
  const counted = value[countAnnotation];
  if (limited || typeof counted !== 'number' || counted < 0) return { rows, count: value.value.length, exact: limited };
  return { rows, count: counted, exact: isExact(counted, value[limitAnnotation] === true) };
}
