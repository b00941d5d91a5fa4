import { type Entity, entities } from '../../../shared/entity.ts';
import type { LookupTarget } from '../../../shared/field-pairs.ts';
import type { DynamicsClient } from '../../connections/dynamics/types.ts';
import { plannedOnceRead, planState } from '../../store/plan-state.ts';
import type { RecordPosition } from '../../store/records.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import type { FieldMap } from '../mapping/field-map.ts';

const dayMs = 24 * 60 * 60 * 1000;
const page = 1000;

/**
 * Reads the names that mapped lookups show: those of rows that changed and are not known yet, and once a day all of them again. Whoever
 * points to something that was renamed is planned again.
 */
export async function readLookupNames(
  store: SyncStore,
  dynamics: DynamicsClient,
  maps: Readonly<Record<Entity, FieldMap>>,
  now: number,
): Promise<void> {
  const lookups = entities.flatMap((entity) =>
    maps[entity].fields.flatMap(({ column, lookup }) => (lookup === null ? [] : [{ entity, column, lookup }])),
  );
  if (lookups.length === 0) return;
  const targets = [...new Set(lookups.flatMap(({ lookup }) => lookup))];

  const wanted = new Set(store.lookupNames.stale(now, dayMs));
  for (const state of plannedOnceRead) {
    for (let after: RecordPosition | null = null; ; ) {
      const records: ReturnType<typeof store.records.inState> = store.records.inState(state, after, page);
      for (const record of records) {
        for (const { entity, column } of lookups) {
          const id = record.entity === entity ? record.columns[column] : null;
          if (typeof id === 'string' && !store.lookupNames.isKnown(id)) wanted.add(id);
        }
      }
      const last = records.at(-1);
      if (last === undefined) break;
      after = last;
    }
  }
  if (wanted.size === 0) return;
  const renamed = keepNames(store, [...wanted], await dynamics.lookupNames(targets, [...wanted]), now);
  if (renamed.size > 0) planAgain(store, lookups, renamed);
}

/** @returns ids that have another name than before. */
function keepNames(store: SyncStore, ids: readonly string[], names: ReadonlyMap<string, string>, now: number): ReadonlySet<string> {
  const renamed = new Set<string>();
  transaction(store.database, () => {
    for (const id of ids) {
      const name = names.get(id) ?? '';
      if (store.lookupNames.isKnown(id) && (store.lookupNames.name(id) ?? '') !== name) renamed.add(id);
      store.lookupNames.set(id, name, now);
    }
  });
  return renamed;
}

interface LookupColumn {
  readonly entity: Entity;
  readonly column: string;
  readonly lookup: readonly LookupTarget[];
}

function planAgain(store: SyncStore, lookups: readonly LookupColumn[], renamed: ReadonlySet<string>): void {
  for (const entity of entities) {
    const columns = lookups.filter((lookup) => lookup.entity === entity).map(({ column }) => column);
    if (columns.length === 0) continue;
    for (let after = ''; ; ) {
      const records = store.records.page(entity, after, page);
      const last = records.at(-1);
      if (last === undefined) break;
      transaction(store.database, () => {
        for (const record of records) {
          const shows = columns.some((column) => renamed.has(String(record.columns[column] ?? '')));
          if (shows) store.records.setState(entity, record.id, planState.changed);
        }
      });
      after = last.id;
    }
  }
}
