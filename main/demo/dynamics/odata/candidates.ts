import type { RowTable } from '../rows/row-table.ts';
import type { Filter } from './filter-syntax.ts';

/**
 * Ids among which all rows that meet the filter are, where an index or the primary key says so; null where every row must be looked
 * at. A search for 500 e-mail addresses among 100,000 rows looks at 500 rows.
 */
export function candidates(filter: Filter, table: RowTable): ReadonlySet<string> | null {
  switch (filter.kind) {
    case 'and': {
      const found = filter.parts.map((part) => candidates(part, table)).filter((ids) => ids !== null);
      return found.length === 0 ? null : found.reduce((smallest, ids) => (ids.size < smallest.size ? ids : smallest));
    }
    case 'or': {
      const all = new Set<string>();
      for (const part of filter.parts) {
        const ids = candidates(part, table);
        if (ids === null) return null;
        for (const id of ids) all.add(id);
      }
      return all;
    }
    case 'compare':
      if (filter.operator !== 'eq' || (filter.value.type !== 'string' && filter.value.type !== 'guid')) return null;
      return withValues(table, filter.property, [filter.value.value]);
    case 'function':
      return filter.name === 'In' ? withValues(table, filter.property, filter.values) : null;
    case 'not':
    case 'text':
      return null;
  }
}

function withValues(table: RowTable, property: string, values: readonly string[]): ReadonlySet<string> | null {
  if (property === table.schema.primaryId) return new Set(values.map((value) => value.toLowerCase().replace(/^\{|\}$/g, '')));
  const ids = new Set<string>();
  for (const value of values) {
    const found = table.idsWith(property, value);
    if (found === null) return null;
    for (const id of found) ids.add(id);
  }
  return ids;
}
