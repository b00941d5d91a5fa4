/** Rows in an array ordered by id, so that a page by `id_greater` costs the page and not the table. */

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

export function insertById<Row extends WithId>(rows: Row[], row: Row): void {
  rows.splice(firstAbove(rows, row.id), 0, row);
}

export function removeById(rows: WithId[], id: number): void {
  const index = firstAbove(rows, id) - 1;
  if (rows[index]?.id === id) rows.splice(index, 1);
}
