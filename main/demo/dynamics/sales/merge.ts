import { DataverseError, doesNotExist, invalidArgument } from '../dataverse-error.ts';
import type { Environment } from '../requests/call.ts';
import type { Columns } from '../rows/stored-row.ts';

/**
 * Merges two leads or two contacts: the winner takes `update`, the loser is deactivated and points to it (`merged`, `masterid`).
 * @throws DataverseError when one of them does not exist, they are the same row, or the loser was merged before.
 */
export function mergeRows(
  environment: Environment,
  tableName: 'lead' | 'contact',
  winnerId: string,
  loserId: string,
  update: Columns,
  userId: string,
): void {
  const { database, writer } = environment;
  const table = database.table(tableName);
  const loser = table.get(loserId);
  if (table.get(winnerId) === undefined) throw doesNotExist(tableName, winnerId);
  if (loser === undefined) throw doesNotExist(tableName, loserId);
  if (winnerId === loserId) throw invalidArgument('A row cannot be merged with itself.');
  if (loser.columns.merged === true) throw new DataverseError(400, '0x80040203', 'The subordinate row has been merged before.');

  database.atomically(() => {
    writer.update(table, winnerId, update, userId);
    writer.update(
      table,
      loserId,
      {
        ...(tableName === 'lead' ? { statecode: 2, statuscode: 7 } : { statecode: 1, statuscode: 2 }),
        merged: true,
        _masterid_value: winnerId,
      },
      userId,
    );
    if (tableName === 'contact') moveReferences(environment, winnerId, loserId, userId);
  });
}

/** What belonged to the losing contact belongs to the winning one. */
function moveReferences(environment: Environment, winnerId: string, loserId: string, userId: string): void {
  const leads = environment.database.table('lead');
  for (const property of ['_parentcontactid_value', '_customerid_value']) {
    for (const id of leads.idsWith(property, loserId) ?? []) environment.writer.update(leads, id, { [property]: winnerId }, userId);
  }
}
