import type { RowTable } from '../rows/row-table.ts';
import type { StoredRow } from '../rows/stored-row.ts';
import { candidates } from './candidates.ts';
import type { Predicate } from './compile-filter.ts';
import type { Filter } from './filter-syntax.ts';
import { compareKeys, type NameOf, type Ordering, type SortKey, sortKeyReader } from './ordering.ts';

export interface RowQuery {
  readonly filter: Filter | null;
  readonly predicate: Predicate;
  readonly orderings: readonly Ordering[];
}

export interface FoundRow {
  readonly row: StoredRow;
  readonly key: SortKey;
}

export interface RowFinder {
  /**
   * Rows that match, in their order, after the row with the sort key `after` (from the first one where it is null). Rows are looked
   * at as they are taken, so that a page costs what it holds and not what the table holds.
   */
  find(table: RowTable, query: RowQuery, after: SortKey | null): Generator<FoundRow>;
}

interface SortedIds {
  readonly revision: number;
  readonly ids: readonly string[];
}

/** Keeps the sorted ids of each order in use until the table changes. */
export function createRowFinder(nameOf: NameOf): RowFinder {
  const sorted = new Map<string, SortedIds>();

  const inOrder = (table: RowTable, orderings: readonly Ordering[]): readonly string[] => {
    if (orderings.length === 0) return table.idsInOrder();
    const name = `${table.schema.logicalName}:${JSON.stringify(orderings)}`;
    const known = sorted.get(name);
    if (known?.revision === table.revision) return known.ids;
    const ids = sortedIds([...table.values()], table, orderings);
    sorted.set(name, { revision: table.revision, ids });
    return ids;
  };

  const sortedIds = (rows: readonly StoredRow[], table: RowTable, orderings: readonly Ordering[]): readonly string[] => {
    const keyOf = sortKeyReader(table, orderings, nameOf);
    const keys = rows.map(keyOf).sort((one, other) => compareKeys(orderings, one, other));
    return keys.map((key) => key.id);
  };

  const among = (table: RowTable, query: RowQuery): readonly string[] => {
    const ids = query.filter === null ? null : candidates(query.filter, table);
    if (ids === null) return inOrder(table, query.orderings);
    const rows = [...ids].map((id) => table.get(id)).filter((row) => row !== undefined);
    return sortedIds(rows, table, query.orderings);
  };

  return {
    *find(table, query, after) {
      const keyOf = sortKeyReader(table, query.orderings, nameOf);
      const ids = among(table, query);
      const keyAt = (index: number) => keyOfId(table, ids[index], keyOf);
      for (let index = after === null ? 0 : firstAfter(ids.length, keyAt, query.orderings, after); index < ids.length; index += 1) {
        const row = table.get(ids[index] ?? '');
        if (row !== undefined && query.predicate(row.columns)) yield { row, key: keyOf(row) };
      }
    },
  };
}

function keyOfId(table: RowTable, id: string | undefined, keyOf: (row: StoredRow) => SortKey): SortKey | null {
  const row = table.get(id ?? '');
  return row === undefined ? null : keyOf(row);
}

/** Where the rows after `after` begin. */
function firstAfter(length: number, keyAt: (index: number) => SortKey | null, orderings: readonly Ordering[], after: SortKey): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = keyAt(middle);
    if (key !== null && compareKeys(orderings, key, after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
