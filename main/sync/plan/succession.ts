import type { ObservedRecord } from '../../store/observed.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import type { TakingPart } from './match.ts';

/**
 * The row that stands for this one in the end: what a lead was merged into may itself be qualified. One on the way that is gone or does not sync
 * is passed over; null where the row stands for itself, or nothing that stands for it is there and syncs.
 */
export function successorOf({ records }: SyncStore, rules: TakingPart, record: ObservedRecord): ObservedRecord | null {
  let last: ObservedRecord | null = null;
  for (const row of successorsOf(records, record)) if (!row.gone && rules.entities[row.entity].enabled) last = row;
  return last;
}

/** What the row was merged or qualified into, what became of that, and so on. */
export function successorsOf(records: SyncStore['records'], record: ObservedRecord): readonly ObservedRecord[] {
  const found = new Map<string, ObservedRecord>([[record.id, record]]);
  for (const { succeededBy } of found.values()) {
    const row = succeededBy === null ? null : records.byId(succeededBy.entity, succeededBy.id);
    if (row !== null && !found.has(row.id)) found.set(row.id, row);
  }
  found.delete(record.id);
  return [...found.values()];
}

/** Every row that this one stands for: those that were merged into it, the lead that it was qualified from, and theirs. */
export function forerunnersOf({ records }: SyncStore, record: ObservedRecord): readonly ObservedRecord[] {
  const found = new Map<string, ObservedRecord>([[record.id, record]]);
  // What is added while a map is walked through is met as well.
  for (const row of found.values()) for (const earlier of records.predecessors(row.entity, row.id)) found.set(earlier.id, earlier);
  found.delete(record.id);
  return [...found.values()];
}
