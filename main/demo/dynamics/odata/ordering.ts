import { z } from 'zod';
import type { ColumnValue } from '../../../connections/dynamics/types.ts';
import { badRequest } from '../dataverse-error.ts';
import type { RowTable } from '../rows/row-table.ts';
import type { StoredRow } from '../rows/stored-row.ts';
import { type Comparable, comparableOf } from './comparable.ts';
import { columnOf } from './compile-filter.ts';

export interface Ordering {
  readonly property: string;
  readonly descending: boolean;
}

/** What a row is sorted by: one value an ordering, then the id, which makes every order total. */
export interface SortKey {
  readonly values: readonly (Comparable | null)[];
  readonly id: string;
}

const sortKey = z.object({ values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])), id: z.string() });

/** Reads the sort key in the state of a skip token, which this service wrote itself. */
export const parseSortKey = (state: string): SortKey => sortKey.parse(JSON.parse(state));

/** Finds the name of the row that a lookup points to. */
export type NameOf = (value: ColumnValue, targets: readonly string[]) => string | null;

/** @throws DataverseError when the text is not a list of columns with `asc` or `desc`. */
export function parseOrderBy(source: string): Ordering[] {
  return source.split(',').map((part) => {
    const [property, direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (!property || rest.length > 0 || !/^(?:asc|desc)$/.test(direction)) throw badRequest(`Syntax error in '${source}'.`);
    return { property, descending: direction === 'desc' };
  });
}

/** Reads the sort key of a row: a choice sorts by its integer, a lookup by the name of the row it points to. */
export function sortKeyReader(table: RowTable, orderings: readonly Ordering[], nameOf: NameOf): (row: StoredRow) => SortKey {
  const readers = orderings.map(({ property }) => {
    const column = columnOf(table.schema, property);
    const read = comparableOf(column);
    if (column.type.kind !== 'lookup') return (row: StoredRow) => read(row.columns[property]);
    const targets = Object.keys(column.type.navigation);
    return (row: StoredRow) => nameOf(row.columns[property] ?? null, targets);
  });
  return (row) => ({ values: readers.map((read) => read(row)), id: row.id });
}

/** Rows without a value come first in a rising order, as in SQL Server. */
export function compareKeys(orderings: readonly Ordering[], one: SortKey, other: SortKey): number {
  for (const [index, { descending }] of orderings.entries()) {
    const order = compareValues(one.values[index] ?? null, other.values[index] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return compareValues(one.id, other.id);
}

function compareValues(one: Comparable | null, other: Comparable | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}
