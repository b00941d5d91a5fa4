import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import type { DynamicsId } from '../../../shared/ids.ts';
import { ServiceError } from '../errors.ts';
import { serverTime } from '../http/exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import type { BatchRunner } from './batch.ts';
import { errorOf, unexpectedAnswer } from './errors.ts';
import { fetchXmlPage, isFetchXml, isLimitedToTop, pagingCookie } from './fetch-xml-paging.ts';
import { linkToFollow, noAnswer, readLink } from './links.ts';
import { columnName } from './odata-literal.ts';
import type { WebApi } from './requests.ts';
import { rowSchema } from './row.ts';
import { tables } from './tables.ts';
import type { Row, RowPage, RowQuery } from './types.ts';

const cookieAnnotation = '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie';
const moreAnnotation = '@Microsoft.Dynamics.CRM.morerecords';

export function rowsPage(entity: Entity) {
  return z.object({ value: z.array(rowSchema(entity)), '@odata.nextLink': z.string().optional() });
}

export async function* readRows(
  api: WebApi,
  batches: BatchRunner,
  entity: Entity,
  query: RowQuery,
  pageSize: number,
): AsyncGenerator<RowPage> {
  const { entitySet } = tables[entity];
  const options = [
    `$select=${query.select.map(columnName).join(',')}`,
    ...(query.filter === undefined ? [] : [`$filter=${encodeURIComponent(query.filter)}`]),
    ...(query.orderBy === undefined ? [] : [`$orderby=${encodeURIComponent(query.orderBy)}`]),
    ...(query.top === undefined ? [] : [`$top=${query.top}`]),
  ];
  // With a page size the service ignores $top.
  const headers: Record<string, string> = query.top === undefined ? { prefer: `odata.maxpagesize=${pageSize}` } : {};
  const answer = rowsPage(entity);
  let url = `${api.root}${entitySet}?${options.join('&')}`;
  for (;;) {
    const page = await readLink(api, batches, url, headers, `read the ${entitySet}`, answer);
    yield { rows: page.value.value, serverTime: serverTime(page.headers) };
    const nextLink = page.value['@odata.nextLink'];
    if (nextLink === undefined) return;
    url = linkToFollow(api, nextLink);
  }
}

export async function* readRowsByFetchXml(
  api: WebApi,
  batches: BatchRunner,
  entity: Entity,
  fetchXml: string,
  pageSize: number,
): AsyncGenerator<RowPage> {
  const { entitySet } = tables[entity];
  const answer = rowsPage(entity).extend({ [cookieAnnotation]: z.string().optional(), [moreAnnotation]: z.boolean().optional() });
  const headers = { prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"' };
  if (!isFetchXml(fetchXml)) throw brokenView(entity);
  const paged = !isLimitedToTop(fetchXml);
  let cookie: string | null = null;
  for (let number = 1; ; number += 1) {
    const query = paged ? fetchXmlPage(fetchXml, number, pageSize, cookie) : fetchXml;
    const url = `${api.root}${entitySet}?fetchXml=${encodeURIComponent(query)}`;
    const page = await readLink(api, batches, url, headers, `read the ${entitySet} of a view`, answer);
    yield { rows: page.value.value, serverTime: serverTime(page.headers) };
    const cookieText = page.value[cookieAnnotation];
    cookie = pagingCookie(typeof cookieText === 'string' ? cookieText : undefined);
    const more = page.value[moreAnnotation] ?? cookie !== null;
    if (!paged || more !== true || page.value.value.length === 0) return;
  }
}

export function brokenView(entity: Entity): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'refused-value',
    message: `The view that was chosen for the ${tables[entity].entitySet} holds no query.`,
    advice: 'Open the view in Dynamics 365 and save it again, or choose another one.',
  });
}

/** Rows by their keys; one that does not exist is left out. */
export async function readRowsById(
  api: WebApi,
  batches: BatchRunner,
  entity: Entity,
  ids: readonly DynamicsId[],
  select: readonly string[],
): Promise<readonly Row[]> {
  const { entitySet } = tables[entity];
  const what = `read the ${entitySet}`;
  const columns = select.map(columnName).join(',');
  const results = await batches.run(
    ids.map((id) => ({ method: 'GET', path: `${entitySet}(${id})?$select=${columns}`, headers: { Accept: 'application/json' } })),
    what,
  );
  const answer = rowSchema(entity);
  return results.flatMap((result) => {
    if (result.kind === 'unanswered') throw noAnswer(api.host, what);
    if (result.answer.status !== 200) {
      const error = errorOf(result.answer, api.host, what);
      if (error.code === 'not-found') return [];
      throw error;
    }
    const row = answer.safeParse(jsonBody(result.answer));
    if (!row.success) throw unexpectedAnswer(result.answer, api.host);
    return [row.data];
  });
}
