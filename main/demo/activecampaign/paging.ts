/** `limit` (20 where absent or unusable, never more than 100) and `offset` of a request; larger limits are capped without a word. */
export function paging(query: URLSearchParams): { readonly limit: number; readonly offset: number } {
  const limit = Number.parseInt(query.get('limit') ?? '', 10);
  const offset = Number.parseInt(query.get('offset') ?? '', 10);
  return { limit: limit > 0 ? Math.min(limit, 100) : 20, offset: offset > 0 ? offset : 0 };
}

/** One page of rows that are all at hand, with the `meta` that goes with it. */
export function page<Row>(
  query: URLSearchParams,
  rows: readonly Row[],
): { readonly rows: readonly Row[]; readonly meta: { total: string } } {
  const { limit, offset } = paging(query);
  return { rows: rows.slice(offset, offset + limit), meta: { total: String(rows.length) } };
}

/** The id in a query parameter; null where it is absent or none. */
export function idParameter(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}
