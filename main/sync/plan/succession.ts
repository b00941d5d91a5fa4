import type { ObservedRecord } from '../../store/observed.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import type { PlanRules } from './rules.ts';

/**
 * The row that stands for this one in the end: what a lead was merged into may itself be qualified. Null where it stands for itself, or
 * where what stands for it is gone or does not sync.
 */
export function successorOf({ records }: SyncStore, rules: PlanRules, record: ObservedRecord): ObservedRecord | null {
  const met = new Set<string>([record.id]);
  let last: ObservedRecord | null = null;
  for (let next = record.succeededBy; next !== null && !met.has(next.id); ) {
    const row = records.byId(next.entity, next.id);
    if (row === null || row.gone || !rules.entities[row.entity].enabled) break;
    met.add(row.id);
    last = row;
    next = row.succeededBy;
  }
  return last;
}

/** Every row that this one stands for: those that were merged into it, the lead that it was qualified from, and theirs. */
export function forerunnersOf({ records }: SyncStore, record: ObservedRecord): readonly ObservedRecord[] {
  const found = new Map<string, ObservedRecord>([[record.id, record]]);
  // What is added while a map is walked through is met as well.
  for (const row of found.values()) for (const earlier of records.predecessors(row.entity, row.id)) found.set(earlier.id, earlier);
  found.delete(record.id);
  return [...found.values()];
}
