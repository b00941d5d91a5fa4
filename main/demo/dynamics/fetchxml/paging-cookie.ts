import { invalidArgument } from '../dataverse-error.ts';
import { comparableFromText } from '../odata/comparable.ts';
import { columnOf } from '../odata/compile-filter.ts';
import type { Ordering, SortKey } from '../odata/ordering.ts';
import type { TableSchema } from '../schema/table.ts';
import { escapeXml, parseXml } from './xml.ts';

/**
 * The annotation `fetchxmlpagingcookie` after a page: the cookie proper is an attribute of it, encoded twice, and has to be decoded
 * twice before it can go into the `paging-cookie` of the next page's FetchXML.
 * https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/page-results
 */
export function pagingCookieAfter(page: number, table: TableSchema, orderings: readonly Ordering[], last: SortKey): string {
  const values = orderings.map(({ property }, index) => {
    const value = last.values[index];
    return value === null || value === undefined ? `<${property} lastnull="1" />` : `<${property} last="${escapeXml(String(value))}" />`;
  });
  const id = `<${table.primaryId} last="{${last.id.toUpperCase()}}" />`;
  const cookie = encodeURIComponent(encodeURIComponent(`<cookie page="${page}">${values.join('')}${id}</cookie>`));
  return `<cookie pagenumber="${page + 1}" pagingcookie="${cookie}" istracking="False" />`;
}

/** Where the page after the one that gave this cookie begins. @throws DataverseError when the cookie belongs to another query. */
export function readPagingCookie(cookie: string, table: TableSchema, orderings: readonly Ordering[]): SortKey {
  const parts = parseXml(cookie).children;
  const lastOf = (name: string) => parts.find((part) => part.name === name)?.attributes ?? {};
  const id = lastOf(table.primaryId).last;
  if (id === undefined) throw invalidArgument('Malformed XML in the paging cookie.');
  const values = orderings.map(({ property }) => {
    const { last, lastnull } = lastOf(property);
    if (lastnull === '1') return null;
    if (last === undefined) throw invalidArgument('The paging cookie does not belong to this query.');
    const column = columnOf(table, property);
    // The key of a time is in milliseconds; that of a lookup is the name it sorts by.
    if (column.type.kind === 'lookup') return last;
    return /^-?\d+$/.test(last) && column.type.kind === 'dateTime' ? Number(last) : comparableFromText(column, last);
  });
  return { values, id: id.replace(/[{}]/g, '').toLowerCase() };
}
