import { folded } from '../odata/text-pattern.ts';
import type { StoredRow } from './stored-row.ts';

/** Row ids by the value of one column, without regard to case; kept up to date row by row. */
export interface ValueIndex {
  /** A copy: whoever walks over it may write meanwhile. */
  idsWith(value: string): readonly string[];
  replace(before: StoredRow | undefined, after: StoredRow | undefined): void;
}

export function createValueIndex(property: string, rows: Iterable<StoredRow>): ValueIndex {
  const ids = new Map<string, string[]>();
  const indexedValue = (row: StoredRow | undefined) => {
    const value = row?.columns[property];
    return typeof value === 'string' ? folded(value) : null;
  };
  const replace = (before: StoredRow | undefined, after: StoredRow | undefined) => {
    const [old, fresh] = [indexedValue(before), indexedValue(after)];
    if (old === fresh) return;
    if (old !== null) {
      const rest = (ids.get(old) ?? []).filter((id) => id !== before?.id);
      if (rest.length > 0) ids.set(old, rest);
      else ids.delete(old);
    }
    if (fresh !== null && after !== undefined) {
      const others = ids.get(fresh);
      if (others === undefined) ids.set(fresh, [after.id]);
      else others.push(after.id);
    }
  };
  for (const row of rows) replace(undefined, row);
  return { idsWith: (value) => [...(ids.get(folded(value)) ?? [])], replace };
}
