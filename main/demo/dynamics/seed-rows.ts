import type { ColumnValue } from '../../connections/dynamics/types.ts';
import type { SampleRow } from '../data-set/types.ts';
import { salesPeople, salesTeamId, users } from './environment.ts';
import type { Database } from './rows/database.ts';
import { computed, defaults } from './writes/row-writer.ts';

/** Puts the leads and contacts of a data set into tables that are still empty. Their values are taken as they are. */
export function seedRows(
  database: Database,
  data: { readonly leads: readonly SampleRow[]; readonly contacts: readonly SampleRow[] },
  clock: { now(): number },
): void {
  const owners = [...salesPeople, salesTeamId];
  const now = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  for (const [name, rows] of [['lead', data.leads] as const, ['contact', data.contacts] as const]) {
    const table = database.table(name);
    if (table.size > 0) continue;
    const shared: Record<string, ColumnValue> = {
      ...defaults(table.schema),
      statecode: 0,
      statuscode: 1,
      createdon: now,
      modifiedon: now,
      _createdby_value: users.ingrid,
      _modifiedby_value: users.ingrid,
    };
    for (const [index, row] of rows.entries()) {
      table.put(row.id, {
        ...shared,
        _ownerid_value: owners[index % owners.length] ?? users.ingrid,
        ...row.columns,
        [table.schema.primaryId]: row.id,
        ...computed(row.columns, table.schema),
      });
    }
  }
}
