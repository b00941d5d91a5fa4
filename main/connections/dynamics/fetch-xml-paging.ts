/** Pages of a FetchXML query (PowerApps docs: fetchxml/page-results): number, size and cookie are attributes of its root. */

const root = /<fetch\b((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/;
const pagingAttribute = /\s+(?:page|count|paging-cookie|returntotalrecordcount)\s*=\s*(?:"[^"]*"|'[^']*')/g;

/** True where the text is a query at all. */
export function isFetchXml(text: string): boolean {
  return root.test(text);
}

/** True where the query limits itself to its first rows, which excludes paging. */
export function isLimitedToTop(fetchXml: string): boolean {
  return /\stop\s*=/.test(root.exec(fetchXml)?.[1] ?? '');
}

/**
 * The query for one page.
 * @param page From 1.
 * @param cookie As `pagingCookie` reads it from the page before; null for the first page.
 * @throws RangeError where `fetchXml` has no `fetch` element.
 */
export function fetchXmlPage(fetchXml: string, page: number, pageSize: number, cookie: string | null): string {
  return withPaging(fetchXml, `${cookie === null ? '' : ` paging-cookie="${escapeAttribute(cookie)}"`} page="${page}" count="${pageSize}"`);
}

/**
 * The query for the first rows, answered with how many there are in all (PowerApps docs: fetchxml/count-rows).
 * @throws RangeError where `fetchXml` has no `fetch` element.
 */
export function countingFetchXml(fetchXml: string, rows: number): string {
  return withPaging(fetchXml, ` page="1" count="${rows}" returntotalrecordcount="true"`);
}

function withPaging(fetchXml: string, paging: string): string {
  const match = root.exec(fetchXml);
  if (match === null) throw new RangeError('the view holds no FetchXML query');
  const [whole, attributes = '', selfClosing = ''] = match;
  const replaced = `<fetch${attributes.replace(pagingAttribute, '')}${paging}${selfClosing}>`;
  return fetchXml.slice(0, match.index) + replaced + fetchXml.slice(match.index + whole.length);
}

/**
 * The cookie inside the annotation `Microsoft.Dynamics.CRM.fetchxmlpagingcookie`, which is an element whose attribute `pagingcookie` is
 * percent-encoded twice.
 * @returns null where there is none.
 */
export function pagingCookie(annotation: string | undefined): string | null {
  const encoded = /\bpagingcookie="([^"]*)"/.exec(annotation ?? '')?.[1];
  if (encoded === undefined || encoded === '') return null;
  try {
    return decodeURIComponent(decodeURIComponent(encoded));
  } catch {
    return null;
  }
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
