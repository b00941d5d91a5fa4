import type { z } from 'zod';
import { serverTime } from '../http/exchange.ts';
import type { ApiRequests } from './requests.ts';

const pageSize = 100;

/**
 * Every row of a small collection, by `limit` and `offset`. Without `limit` ActiveCampaign answers 20 rows and says nothing of the rest;
 * `meta.total` is not relied on: a page that is not full is the last one.
 * @param name The collection, which is also its key in the answer.
 * @param answer The shape of one page; `rows` takes the rows out of it.
 */
export async function readAllPages<Schema extends z.ZodType, Row extends { readonly id: string }>(
  requests: ApiRequests,
  collection: {
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly what: string;
    readonly answer: Schema;
    readonly rows: (page: z.output<Schema>) => readonly Row[];
  },
): Promise<{
  readonly rows: readonly Row[];
  readonly pages: readonly z.output<Schema>[];
  /** The service's time at the first page. */
  readonly serverTime: number | null;
}> {
  const rows = new Map<string, Row>();
  const pages: z.output<Schema>[] = [];
  let startedAt: number | null = null;
  for (let offset = 0; ; offset += pageSize) {
    const { value, response } = await requests.call({
      method: 'GET',
      path: collection.path,
      query: new URLSearchParams({ ...collection.query, limit: String(pageSize), offset: String(offset) }),
      idempotent: true,
      what: collection.what,
      answer: collection.answer,
    });
    const found = collection.rows(value);
    pages.push(value);
    startedAt ??= serverTime(response.headers);
    const known = rows.size;
    // Rows shift between pages when somebody adds one meanwhile: the same id counts once.
    for (const row of found) rows.set(row.id, row);
    // A collection that ignores `offset` answers the same rows for ever.
    if (found.length < pageSize || rows.size === known) {
      return { rows: [...rows.values()], pages, serverTime: startedAt };
    }
  }
}
