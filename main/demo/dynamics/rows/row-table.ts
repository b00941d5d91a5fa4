import type { SampleCollection } from '../../sample-store.ts';
import type { TableSchema } from '../schema/table.ts';
import type { Columns, StoredRow } from './stored-row.ts';
import { createValueIndex, type ValueIndex } from './value-index.ts';
import { createVersionLog } from './version-log.ts';

/** A row that was deleted, as change tracking remembers it. */
export interface Deletion {
  readonly table: string;
  readonly id: string;
  readonly version: number;
}

/** The rows of one table with what queries and change tracking need. */
export interface RowTable {
  readonly schema: TableSchema;
  readonly size: number;
  /** Changes with every write; what was worked out from the rows is stale then. */
  readonly revision: number;
  get(id: string): StoredRow | undefined;
  values(): IterableIterator<StoredRow>;
  /** Creates or replaces a row, under a new version. */
  put(id: string, columns: Columns): StoredRow;
  /** False where there was no such row. */
  delete(id: string): boolean;
  /** Ids in the order in which a query without `$orderby` gives them. */
  idsInOrder(): readonly string[];
  /** Rows whose column has this value, found without looking at the others. Null where the column is not indexed. */
  idsWith(property: string, value: string): readonly string[] | null;
  changedAfter(version: number): IterableIterator<readonly [version: number, id: string]>;
  /** Rows that were deleted after `version` and do not exist again. */
  deletedAfter(version: number): IterableIterator<readonly [version: number, id: string]>;
}

export interface RowTableParts {
  readonly schema: TableSchema;
  readonly rows: SampleCollection<StoredRow>;
  readonly deletions: SampleCollection<Deletion>;
  readonly nextVersion: () => number;
  /** Called before each write with what was there, so that a change set can be taken back. */
  readonly beforeWrite: (id: string, before: StoredRow | undefined) => void;
  readonly indexed: readonly string[];
}

export interface RestorableTable extends RowTable {
  /** Puts back what was there before a write, under its old version. */
  restore(id: string, before: StoredRow | undefined): void;
}

export function createRowTable({ schema, rows, deletions, nextVersion, beforeWrite, indexed }: RowTableParts): RestorableTable {
  const deletionKey = (id: string) => `${schema.logicalName}/${id}`;
  const indexes = new Map<string, ValueIndex>();
  const changes = createVersionLog((version, id) => rows.get(id)?.version === version);
  const removals = createVersionLog((version, id) => rows.get(id) === undefined && deletions.get(deletionKey(id))?.version === version);
  let revision = 0;
  let ordered: readonly string[] | null = null;

  const byVersion = (one: { version: number }, other: { version: number }) => one.version - other.version;
  for (const row of [...rows.values()].sort(byVersion)) changes.add(row.version, row.id);
  const own = [...deletions.values()].filter((deletion) => deletion.table === schema.logicalName);
  for (const deletion of own.sort(byVersion)) removals.add(deletion.version, deletion.id);

  const replaced = (before: StoredRow | undefined, after: StoredRow | undefined) => {
    revision += 1;
    if (before === undefined || after === undefined) ordered = null;
    for (const index of indexes.values()) index.replace(before, after);
  };
  return {
    schema,
    get size() {
      return rows.size;
    },
    get revision() {
      return revision;
    },
    get: (id) => rows.get(id),
    values: () => rows.values(),
    put(id, columns) {
      const before = rows.get(id);
      beforeWrite(id, before);
      const row = { id, version: nextVersion(), columns };
      rows.put(id, row);
      changes.add(row.version, id);
      replaced(before, row);
      return row;
    },
    delete(id) {
      const before = rows.get(id);
      if (before === undefined) return false;
      beforeWrite(id, before);
      const version = nextVersion();
      rows.delete(id);
      deletions.put(deletionKey(id), { table: schema.logicalName, id, version });
      removals.add(version, id);
      replaced(before, undefined);
      return true;
    },
    restore(id, before) {
      const now = rows.get(id);
      if (before === undefined) rows.delete(id);
      else {
        rows.put(id, before);
        deletions.delete(deletionKey(id));
      }
      replaced(now, before);
    },
    idsInOrder() {
      ordered ??= Array.from(rows.values(), (row) => row.id).sort();
      return ordered;
    },
    idsWith(property, value) {
      if (!indexed.includes(property)) return null;
      let index = indexes.get(property);
      if (index === undefined) {
        index = createValueIndex(property, rows.values());
        indexes.set(property, index);
      }
      return index.idsWith(value);
    },
    changedAfter: (version) => changes.after(version),
    deletedAfter: (version) => removals.after(version),
  };
}
