import type { HttpResponse } from '../../../connections/http/transport.ts';
import { rowRenderer } from '../answers/render-row.ts';
import { json } from '../answers/response.ts';
import { badRequest, doesNotExist, invalidArgument } from '../dataverse-error.ts';
import { pagingCookieAfter, readPagingCookie } from '../fetchxml/paging-cookie.ts';
import { type FetchQuery, parseFetch } from '../fetchxml/parse-fetch.ts';
import { compileFilter } from '../odata/compile-filter.ts';
import type { FoundRow, RowQuery } from '../odata/find-rows.ts';
import { parseSortKey, type SortKey } from '../odata/ordering.ts';
import { nextLink, readSkipToken } from '../odata/paging.ts';
import { wantsAnnotation } from '../odata/query-options.ts';
import type { RowTable } from '../rows/row-table.ts';
import { asGuid } from '../writes/parse-value.ts';
import { type Call, columnSecurity, type Environment } from './call.ts';
import { countMatches, totals } from './count-rows.ts';

/** Without a paging cookie nothing behind this row can be reached. */
const rowsWithoutCookie = 50_000;

/** `GET leads?fetchXml=…`: pages by the fetch's own `page`, `count` and `paging-cookie`. */
export function readFetchXml(call: Call, environment: Environment, table: RowTable, source: string): HttpResponse {
  refuseSystemOptions(call);
  const fetch = parseFetch(source, table.schema);
  const size = Math.min(fetch.top ?? fetch.count ?? environment.variant.pageSize, environment.variant.pageSize);
  const after = fetch.pagingCookie === null ? null : readPagingCookie(fetch.pagingCookie, table.schema, fetch.orderings);
  const skipped = after === null ? (fetch.page - 1) * size : 0;
  if (skipped + size > rowsWithoutCookie) {
    throw invalidArgument('Paging cookie is required when trying to retrieve a set of records on any high pages.');
  }
  const found = takePage(environment, table, fetch, after, skipped, size);
  const more = found.length > size && fetch.top === null;
  const rows = found.slice(0, size);
  const last = rows.at(-1)?.key;
  const wanted = (name: string) => wantsAnnotation(call.preferences.annotations, `Microsoft.Dynamics.CRM.${name}`);
  const cookie = more && last !== undefined ? pagingCookieAfter(fetch.page, table.schema, fetch.orderings, last) : null;
  return json(200, {
    '@odata.context': `${call.root}$metadata#${table.schema.entitySetName}`,
    ...(fetch.totals ? totals(call, countMatches(environment, table, queryOf(environment, table, fetch))) : {}),
    ...(wanted('morerecords') ? { '@Microsoft.Dynamics.CRM.morerecords': more } : {}),
    ...(cookie !== null && wanted('fetchxmlpagingcookie') ? { '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie': cookie } : {}),
    value: render(call, environment, table, fetch, rows),
  });
}

/** `GET leads?savedQuery=…` or `userQuery=…`: pages by `odata.maxpagesize` and next links. */
export function readView(
  call: Call,
  environment: Environment,
  table: RowTable,
  kind: 'savedQuery' | 'userQuery',
  viewId: string,
): HttpResponse {
  refuseSystemOptions(call);
  const views = environment.database.table(kind === 'savedQuery' ? 'savedquery' : 'userquery');
  const view = views.get(asGuid(viewId));
  if (view === undefined) throw doesNotExist(views.schema.logicalName, viewId);
  const fetch = parseFetch(String(view.columns.fetchxml), table.schema);
  const size = Math.min(call.preferences.maxPageSize ?? environment.variant.pageSize, environment.variant.pageSize);
  const token = readSkipToken(call.options.raw);
  const after = token === null ? null : parseSortKey(token.state);
  const found = takePage(environment, table, fetch, after, 0, size);
  const rows = found.slice(0, size);
  const last = rows.at(-1)?.key;
  const url = `${call.root}${table.schema.entitySetName}`;
  return json(200, {
    '@odata.context': `${call.root}$metadata#${table.schema.entitySetName}`,
    value: render(call, environment, table, fetch, rows),
    ...(found.length > size && last !== undefined
      ? { '@odata.nextLink': nextLink(url, call.options.raw, (token?.page ?? 1) + 1, JSON.stringify(last)) }
      : {}),
  });
}

/** One row more than `size`, where there is one. */
function takePage(
  environment: Environment,
  table: RowTable,
  fetch: FetchQuery,
  after: SortKey | null,
  skipped: number,
  size: number,
): FoundRow[] {
  const found: FoundRow[] = [];
  let index = 0;
  for (const row of environment.finder.find(table, queryOf(environment, table, fetch), after)) {
    index += 1;
    if (index > skipped) found.push(row);
    if (found.length > size) break;
  }
  return found;
}

function queryOf({ clock }: Environment, { schema }: RowTable, { filter, orderings }: FetchQuery): RowQuery {
  return { filter, predicate: filter === null ? () => true : compileFilter(filter, schema, clock.now()), orderings };
}

function render(call: Call, environment: Environment, table: RowTable, fetch: FetchQuery, rows: readonly FoundRow[]) {
  const renderer = rowRenderer(environment.database, table.schema, {
    select: fetch.select,
    annotations: call.preferences.annotations,
    omitNulls: true,
    isSecured: columnSecurity(environment.variant, table.schema),
  });
  return rows.map(({ row }) => renderer(row));
}

function refuseSystemOptions(call: Call): void {
  const other = call.options.names.find((name) => name.startsWith('$') && name !== '$skiptoken');
  if (other !== undefined) throw badRequest(`The query parameter ${other} is not supported with a predefined query.`);
}
