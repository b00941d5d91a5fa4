import { z } from 'zod';
import type { HttpResponse } from '../../../connections/http/transport.ts';
import { rowRenderer } from '../answers/render-row.ts';
import { json } from '../answers/response.ts';
import { badRequest, DataverseError } from '../dataverse-error.ts';
import { nextLink, type SkipToken } from '../odata/paging.ts';
import type { RowTable } from '../rows/row-table.ts';
import { changeTracking } from '../table-traits.ts';
import { type Call, checkOptionNames, columnSecurity, type Environment, selection } from './call.ts';
import { deltaToken, readDeltaToken } from './delta-token.ts';

/**
 * Change tracking: all readable rows first, then what changed since a token.
 * https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems
 */

const position = z.discriminatedUnion('phase', [
  /** The first load: rows by id. `since` is the version at its first page. */
  z.object({ phase: z.literal('load'), since: z.number(), after: z.string() }),
  /** Changed rows, oldest change first. */
  z.object({ phase: z.literal('changed'), since: z.number(), after: z.number() }),
  /** Deleted rows; `upTo` is the version up to which changed rows have been given. */
  z.object({ phase: z.literal('deleted'), since: z.number(), upTo: z.number(), after: z.number() }),
]);
type Position = z.infer<typeof position>;

interface Page {
  readonly value: readonly Record<string, unknown>[];
  /** Where the next page begins, or the version that the token of the last page bears. */
  readonly end: { readonly next: Position } | { readonly version: number };
}

export function readChanges(call: Call, environment: Environment, table: RowTable, token: SkipToken | null): HttpResponse {
  checkTracking(call, environment, table);
  checkOptionNames(call.options);
  const start = token === null ? startOf(call, environment, table) : position.parse(JSON.parse(token.state));
  const { value, end } = readPage(call, environment, table, start);
  const { entitySetName } = table.schema;
  const url = `${call.root}${entitySetName}`;
  const select = call.options.option('$select');
  const context = `${call.root}$metadata#${entitySetName}${select === undefined ? '' : `(${select})`}`;
  return json(
    200,
    {
      '@odata.context': start.phase === 'load' ? context : `${context}/$delta`,
      value,
      ...('next' in end
        ? { '@odata.nextLink': nextLink(url, call.options.raw, (token?.page ?? 1) + 1, JSON.stringify(end.next), true) }
        : deltaLink(call, url, select, deltaToken(end.version, environment.clock.now()))),
    },
    { 'preference-applied': 'odata.track-changes' },
  );
}

/** Number of rows that were changed or deleted since a token. */
export function countChanges(call: Call, environment: Environment, table: RowTable, token: string): number {
  checkTracking(call, environment, table);
  const since = readDeltaToken(token, environment, table);
  return [...table.changedAfter(since)].length + [...table.deletedAfter(since)].length;
}

/** An old report has annotations cost the delta link: https://github.com/MicrosoftDocs/powerapps-docs/issues/439 */
function deltaLink(call: Call, url: string, select: string | undefined, token: string): Record<string, string> {
  if (call.preferences.annotations.length > 0) return {};
  const selected = select === undefined ? '' : `$select=${encodeURIComponent(select).replaceAll('%2C', ',')}&`;
  return { '@odata.deltaLink': `${url}?${selected}$deltatoken=${token}` };
}

function checkTracking(call: Call, environment: Environment, table: RowTable): void {
  const { logicalName, schemaName } = table.schema;
  for (const name of ['$filter', '$orderby', '$expand', '$top']) {
    if (call.options.option(name) !== undefined) {
      throw badRequest(`The "${name}" query parameter isn't supported when Change Tracking is enabled.`);
    }
  }
  if (!changeTracking(table.schema, environment.variant)) {
    throw new DataverseError(400, '0x80072491', `Change tracking isn't enabled for entity: ${logicalName}.`);
  }
  if (!environment.variant.organizationLevelRead) {
    throw new DataverseError(
      403,
      '0x80040220',
      `Principal user (Id=${call.userId}, type=8) is missing prvRead${schemaName} privilege at organization level, which change tracking needs.`,
    );
  }
}

function startOf(call: Call, environment: Environment, table: RowTable): Position {
  const token = call.options.option('$deltatoken');
  if (token === undefined) return { phase: 'load', since: environment.database.version(), after: '' };
  const since = readDeltaToken(token, environment, table);
  return { phase: 'changed', since, after: since };
}

function readPage(call: Call, environment: Environment, table: RowTable, start: Position): Page {
  const size = Math.min(call.preferences.maxPageSize ?? environment.variant.pageSize, environment.variant.pageSize);
  const render = rowRenderer(environment.database, table.schema, {
    select: selection(call.options),
    annotations: call.preferences.annotations,
    omitNulls: false,
    isSecured: columnSecurity(environment.variant, table.schema),
  });
  const rendered = (ids: readonly string[]) =>
    ids
      .map((id) => table.get(id))
      .filter((row) => row !== undefined)
      .map(render);
  const now = environment.database.version();

  switch (start.phase) {
    case 'load': {
      const ids = idsAfter(table.idsInOrder(), start.after, size + 1);
      const last = ids[size - 1];
      if (ids.length > size && last !== undefined) return { value: rendered(ids.slice(0, size)), end: { next: { ...start, after: last } } };
      return { value: rendered(ids), end: { version: environment.variant.firstLoadMissesEdits ? now : start.since } };
    }
    case 'changed': {
      const changed = take(table.changedAfter(start.after), size + 1);
      const last = changed[size - 1];
      const rows = rendered(changed.slice(0, size).map(([, id]) => id));
      if (changed.length > size && last !== undefined) return { value: rows, end: { next: { ...start, after: last[0] } } };
      const rest = deletedPage(call, table, { phase: 'deleted', since: start.since, upTo: now, after: start.since }, size - rows.length);
      return { value: [...rows, ...rest.value], end: rest.end };
    }
    case 'deleted':
      return deletedPage(call, table, start, size);
  }
}

function deletedPage(call: Call, table: RowTable, start: Extract<Position, { phase: 'deleted' }>, size: number): Page {
  const deleted = take(table.deletedAfter(start.after), size + 1);
  const given = deleted.slice(0, size);
  const value = given.map(([, id]) => ({
    '@odata.context': `${call.root}$metadata#${table.schema.entitySetName}/$deletedEntity`,
    id,
    reason: 'deleted',
  }));
  if (deleted.length <= size) return { value, end: { version: start.upTo } };
  return { value, end: { next: { ...start, after: given.at(-1)?.[0] ?? start.after } } };
}

function take<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}

function idsAfter(ids: readonly string[], after: string, count: number): string[] {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') > after) high = middle;
    else low = middle + 1;
  }
  return ids.slice(low, low + count);
}
