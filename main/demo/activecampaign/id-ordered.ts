/** Rows in the order of their ids, so that a page by `id_greater` costs the page and not the table. */

interface WithId {
  readonly id: number;
}

/** Index of the first row with an id above `id`; the length where there is none. */
export function firstAbove(rows: readonly WithId[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.id ?? Infinity) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A set of rows that comes and goes in any order and is read in the order of ids. */
export interface IdOrderedSet<Row extends WithId> {
  readonly size: number;
  add(row: Row): void;
  delete(id: number): void;
  /** Put in order when it is read after a change: thousands of changes in a row cost one sort. */
  ordered(): readonly Row[];
}

export function createIdOrderedSet<Row extends WithId>(): IdOrderedSet<Row> {
  const rows = new Map<number, Row>();
  let ordered: Row[] | null = [];
  return {
    get size() {
      return rows.size;
    },
    add(row) {
      // New rows have the highest id, mostly: the order stays.
      const last = ordered?.at(-1);
      if (ordered !== null && (last === undefined || last.id < row.id)) ordered.push(row);
      else ordered = null;
      rows.set(row.id, row);
    },
    delete(id) {
      if (rows.delete(id)) ordered = null;
    },
    ordered() {
      ordered ??= [...rows.values()].sort((one, other) => one.id - other.id);
      return ordered;
    },
  };
}
