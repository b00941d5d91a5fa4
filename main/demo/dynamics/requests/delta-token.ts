import { DataverseError, invalidArgument } from '../dataverse-error.ts';
import { organizationId } from '../environment.ts';
import type { RowTable } from '../rows/row-table.ts';
import type { Environment } from './call.ts';

const dayMs = 86_400_000;

/** `<rowversion>!<timestamp>`, percent-encoded with small letters as Dataverse does it. */
export function deltaToken(version: number, now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${version}%21${month}%2f${day}%2f${year}%20${time.slice(0, 8).replaceAll(':', '%3a')}`;
}

/**
 * The row version that a token bears.
 * @throws DataverseError `0x80044352` when the token is older than the organisation keeps changes, or was made before the table changed.
 */
export function readDeltaToken(token: string, environment: Environment, table: RowTable): number {
  const match = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(token);
  if (match === null) throw invalidArgument('The delta token is malformed.');
  const [, version, month, day, year, time] = match;
  const madeAt = Date.parse(`${year}-${month}-${day}T${time}Z`);
  const keptDays = Number(environment.database.table('organization').get(organizationId)?.columns.expirechangetrackingindays ?? 7);
  const floor = environment.changeTrackingFloor.get(table.schema.logicalName) ?? 0;
  if (environment.clock.now() - madeAt > keptDays * dayMs || Number(version) < floor) {
    throw new DataverseError(
      environment.variant.expiredTokenStatus,
      '0x80044352',
      'Version stamp associated with the client has expired. Please perform a full sync.',
    );
  }
  return Number(version);
}
