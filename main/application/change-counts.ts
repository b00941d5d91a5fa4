import type { ChangeCounts, ChangeQuestion } from '../../shared/change-counts.ts';
import type { Entity } from '../../shared/entity.ts';
import type { Criteria } from '../../shared/settings.ts';
import type { Row } from '../connections/dynamics/types.ts';
import type { ObservedRecord } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { CriteriaError, compileConditions, criteriaColumns } from '../sync/criteria/compile.ts';
import { keptMetadata } from '../sync/metadata.ts';
import { judgedColumns } from '../sync/read/observe.ts';

const page = 1000;

/** Whom a change of the Data Configuration would concern, by what the last run has left: asks neither service. */
export async function countChange(store: SyncStore, { entity, criteria }: ChangeQuestion, signal: AbortSignal): Promise<ChangeCounts> {
  return {
    linked: store.links.countActiveOf(entity),
    conflicts: store.problems.countOf('conflict', entity),
    criteria: criteria === null ? null : await countCriteria(store, entity, criteria, signal),
  };
}

async function countCriteria(store: SyncStore, entity: Entity, criteria: Criteria, signal: AbortSignal): Promise<ChangeCounts['criteria']> {
  const judge = judgeOf(store, entity, criteria);
  if (judge === null) return null;
  let newcomers = 0;
  let leavers = 0;
  for (let after = ''; ; ) {
    const records = store.records.page(entity, after, page);
    const last = records.at(-1);
    if (last === undefined) return { newcomers, leavers };
    for (const record of records) {
      if (record.gone || record.succeededBy !== null) continue;
      const columns = judgedColumns(record);
      // What was not read so far cannot be judged from here.
      if (judge.columns.some((name) => !(name in columns))) return null;
      const meets = judge.matches(columns);
      if (meets === record.meetsCriteria) continue;
      if (!meets) leavers += isLinked(store, record) ? 1 : 0;
      else if (!isKnown(store, record)) newcomers += 1;
    }
    after = last.id;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

/** Null where only Dynamics can tell who meets the criteria. */
function judgeOf(
  store: SyncStore,
  entity: Entity,
  criteria: Criteria,
): { readonly matches: (columns: Row['columns']) => boolean; readonly columns: readonly string[] } | null {
  if (criteria.match === 'all') return { matches: () => true, columns: [] };
  const table = keptMetadata(store)?.tables[entity];
  if (criteria.match === 'view' || table == null) return null;
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  try {
    return { matches: compileConditions(criteria, columns).matches, columns: criteriaColumns(criteria, columns) };
  } catch (error) {
    if (error instanceof CriteriaError) return null;
    throw error;
  }
}

const isLinked = ({ links }: SyncStore, { entity, id }: ObservedRecord): boolean => links.ofRecord(entity, id) !== null;

/** Whose sync has ended does not come back by meeting criteria. */
const isKnown = (store: SyncStore, record: ObservedRecord): boolean =>
  isLinked(store, record) || store.links.endedOfRecord(record.entity, record.id) !== null;
