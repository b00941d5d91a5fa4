import { z } from 'zod';
import type { SampleStore } from '../../sample-store.ts';
import { contactTable } from '../schema/contact.ts';
import {
  accountTable,
  currencyTable,
  organizationTable,
  savedQueryTable,
  systemUserTable,
  teamTable,
  userQueryTable,
} from '../schema/environment-tables.ts';
import { leadTable } from '../schema/lead.ts';
import { createRowTable, type RestorableTable, type RowTable } from './row-table.ts';
import { parseStoredRow, type StoredRow } from './stored-row.ts';

export const schemas = [
  leadTable,
  contactTable,
  accountTable,
  systemUserTable,
  teamTable,
  currencyTable,
  organizationTable,
  savedQueryTable,
  userQueryTable,
] as const;

/** Columns that rows are looked up by: e-mail addresses, and lookups that follow a row which is deleted or merged. */
const indexed = [
  'emailaddress1',
  'emailaddress2',
  'emailaddress3',
  '_originatingleadid_value',
  '_parentcontactid_value',
  '_customerid_value',
  '_parentcustomerid_value',
  '_masterid_value',
  'azureactivedirectoryobjectid',
];

/** All tables of the sample environment, with one row version for the whole of it. */
export interface Database {
  /** @throws Error for a table that the sample environment does not have: a mistake of the caller, never of a request. */
  table(logicalName: string): RowTable;
  find(logicalName: string): RowTable | undefined;
  bySetName(entitySetName: string): RowTable | undefined;
  /** The highest row version that was given out. */
  version(): number;
  /** Uses up a row version without a row, as a change of the metadata does. */
  advanceVersion(): number;
  /** Carries out all of `change` or, when it throws, nothing. Nested calls belong to the outermost one. */
  atomically<Result>(change: () => Result): Result;
}

/** What was there before a write of the change set that is under way. */
interface JournalEntry {
  readonly table: string;
  readonly id: string;
  readonly before: StoredRow | undefined;
}

const deletion = z.object({ table: z.string(), id: z.string(), version: z.number() });

/** Opens the tables in `store`, with the rows that are in it. */
export function openDatabase(store: SampleStore): Database {
  const deletions = store.collection('dynamics.deletion', (stored) => deletion.parse(stored));
  const tables = new Map<string, RestorableTable>();
  let version = 1_000_000;
  const nextVersion = () => {
    version += 1;
    return version;
  };
  let journal: JournalEntry[] | null = null;

  for (const { version: used } of deletions.values()) version = Math.max(version, used);
  for (const schema of schemas) {
    const rows = store.collection(`dynamics.${schema.logicalName}`, parseStoredRow);
    for (const row of rows.values()) version = Math.max(version, row.version);
    const table = createRowTable({
      schema,
      rows,
      deletions,
      indexed,
      nextVersion,
      beforeWrite: (id, before) => {
        journal?.push({ table: schema.logicalName, id, before });
      },
    });
    tables.set(schema.logicalName, table);
  }

  return {
    table(logicalName) {
      const table = tables.get(logicalName);
      if (table === undefined) throw new Error(`The sample environment has no table "${logicalName}"`);
      return table;
    },
    find: (logicalName) => tables.get(logicalName),
    bySetName: (entitySetName) => [...tables.values()].find((table) => table.schema.entitySetName === entitySetName),
    version: () => version,
    advanceVersion: nextVersion,
    atomically(change) {
      if (journal !== null) return change();
      const writes: JournalEntry[] = [];
      journal = writes;
      try {
        return store.inOneWrite(change);
      } catch (error) {
        store.inOneWrite(() => {
          for (const { table, id, before } of writes.reverse()) tables.get(table)?.restore(id, before);
        });
        throw error;
      } finally {
        journal = null;
      }
    },
  };
}
