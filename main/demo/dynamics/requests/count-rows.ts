import type { RowQuery } from '../odata/find-rows.ts';
import { wantsAnnotation } from '../odata/query-options.ts';
import type { RowTable } from '../rows/row-table.ts';
import type { Call, Environment } from './call.ts';

/** `$count`, `/$count` and `returntotalrecordcount` go no further. */
export const countLimit = 5_000;

/** At most one more than the limit. */
export function countMatches(environment: Environment, table: RowTable, query: RowQuery): number {
  if (query.filter === null) return Math.min(table.size, countLimit + 1);
  let count = 0;
  for (const _ of environment.finder.find(table, { ...query, orderings: [] }, null)) {
    count += 1;
    if (count > countLimit) break;
  }
  return count;
}

/** The annotations about a count, as far as they are asked for. @param count as `countMatches` answers it. */
export function totals(call: Call, count: number): Record<string, unknown> {
  const wanted = (name: string) => wantsAnnotation(call.preferences.annotations, `Microsoft.Dynamics.CRM.${name}`);
  return {
    ...(wanted('totalrecordcount') ? { '@Microsoft.Dynamics.CRM.totalrecordcount': Math.min(count, countLimit) } : {}),
    ...(wanted('totalrecordcountlimitexceeded') ? { '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': count > countLimit } : {}),
  };
}
