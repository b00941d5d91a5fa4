import type { HttpResponse } from '../../../connections/http/transport.ts';
import { rowRenderer } from '../answers/render-row.ts';
import { json, plainText } from '../answers/response.ts';
import { badRequest } from '../dataverse-error.ts';
import { compileFilter } from '../odata/compile-filter.ts';
import type { RowQuery } from '../odata/find-rows.ts';
import { parseOrderBy, parseSortKey, type SortKey } from '../odata/ordering.ts';
import { nextLink, readSkipToken } from '../odata/paging.ts';
import { parseFilter } from '../odata/parse-filter.ts';
import { requirePrivilege } from '../privileges.ts';
import type { RowTable } from '../rows/row-table.ts';
import { type Call, checkOptionNames, columnSecurity, type Environment, selection } from './call.ts';
import { countLimit, countMatches, totals } from './count-rows.ts';
import { countChanges, readChanges } from './read-changes.ts';
import { readFetchXml, readView } from './read-fetch.ts';

/** `GET leads?…` in all its forms. */
export function readCollection(call: Call, environment: Environment, table: RowTable): HttpResponse {
  requirePrivilege('Read', table.schema.schemaName, call, environment);
  const fetchXml = call.options.option('fetchXml');
  if (fetchXml !== undefined) return readFetchXml(call, environment, table, fetchXml);
  for (const kind of ['savedQuery', 'userQuery'] as const) {
    const viewId = call.options.option(kind);
    if (viewId !== undefined) return readView(call, environment, table, kind, viewId);
  }
  const token = readSkipToken(call.options.raw);
  if (token?.tracking || call.preferences.trackChanges || call.options.option('$deltatoken') !== undefined) {
    return readChanges(call, environment, table, token);
  }
  checkOptionNames(call.options);
  return readRows(call, environment, table, token);
}

/** `GET leads/$count` */
export function readCount(call: Call, environment: Environment, table: RowTable): HttpResponse {
  const deltaToken = call.options.option('$deltatoken');
  if (deltaToken !== undefined) return plainText(String(countChanges(call, environment, table, deltaToken)));
  return plainText(String(Math.min(countMatches(environment, table, queryOf(call, environment, table)), countLimit)));
}

function readRows(call: Call, environment: Environment, table: RowTable, token: ReturnType<typeof readSkipToken>): HttpResponse {
  const { schema } = table;
  const query = queryOf(call, environment, table);
  const top = topOf(call);
  const pageSize = Math.min(call.preferences.maxPageSize ?? top ?? environment.variant.pageSize, environment.variant.pageSize);
  const select = selection(call.options);
  const render = rowRenderer(environment.database, schema, {
    select,
    annotations: call.preferences.annotations,
    omitNulls: false,
    isSecured: columnSecurity(environment.variant, schema),
  });

  const after: SortKey | null = token === null ? null : parseSortKey(token.state);
  const rows: Record<string, unknown>[] = [];
  let last: SortKey | null = null;
  let more = false;
  for (const { row, key } of environment.finder.find(table, query, after)) {
    more = rows.length === pageSize;
    if (more) break;
    rows.push(render(row));
    last = key;
  }
  // $top without a page size is a limit, not a page.
  const pages = top === null || call.preferences.maxPageSize !== null;
  return json(
    200,
    {
      '@odata.context': `${call.root}$metadata#${schema.entitySetName}${select === null ? '' : `(${select.join(',')})`}`,
      ...(call.options.option('$count') === 'true' ? counted(call, environment, table, query) : {}),
      value: rows,
      ...(more && pages && last !== null
        ? {
            '@odata.nextLink': nextLink(
              `${call.root}${schema.entitySetName}`,
              call.options.raw,
              (token?.page ?? 1) + 1,
              JSON.stringify(last),
            ),
          }
        : {}),
    },
    appliedPageSize(call),
  );
}

/** `Preference-Applied` for the page size, where one was asked for. */
function appliedPageSize(call: Call): Record<string, string> {
  const { maxPageSize } = call.preferences;
  return maxPageSize === null ? {} : { 'preference-applied': `odata.maxpagesize=${maxPageSize}` };
}

function queryOf(call: Call, environment: Environment, table: RowTable): RowQuery {
  const text = call.options.option('$filter');
  const filter = text === undefined ? null : parseFilter(text, call.options.aliases);
  const orderBy = call.options.option('$orderby');
  return {
    filter,
    predicate: filter === null ? () => true : compileFilter(filter, table.schema, environment.clock.now()),
    orderings: orderBy === undefined ? [] : parseOrderBy(orderBy),
  };
}

function topOf(call: Call): number | null {
  const text = call.options.option('$top');
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for $top query option found.`);
  return Number(text);
}

function counted(call: Call, environment: Environment, table: RowTable, query: RowQuery): Record<string, unknown> {
  const count = countMatches(environment, table, query);
  return { '@odata.count': Math.min(count, countLimit), ...totals(call, count) };
}
