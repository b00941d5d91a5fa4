import { type Entity, entities } from '../../../shared/entity.ts';
import { type ConnectionCheck, type ConnectionReport, notPassed, passed, wasAnswered } from '../connection-check.ts';
import { ServiceError } from '../errors.ts';
import { createDynamicsClient, type DynamicsClientOptions } from './client.ts';
import { tables } from './tables.ts';
import type { DynamicsAccount, DynamicsClient, TableDefinition } from './types.ts';

/** Tries what the sync needs of Dynamics 365. Nothing is written. */
export async function checkDynamics(options: DynamicsClientOptions): Promise<ConnectionReport<DynamicsAccount>> {
  const service = 'dynamics';
  let client: DynamicsClient;
  let account: DynamicsAccount;
  try {
    // One row proves what a page would.
    client = createDynamicsClient({ ...options, pageSize: 1 });
    account = await client.whoAmI();
  } catch (error) {
    const failed = wasAnswered(error)
      ? notPassed('dynamics.signedIn', 'Signed in', error)
      : notPassed('dynamics.reachable', 'Dynamics 365 reachable', error);
    return { service, account: null, checks: [failed] };
  }
  const checks = [
    passed('dynamics.reachable', 'Dynamics 365 reachable', `${options.environmentUrl} answers.`),
    passed('dynamics.signedIn', 'Signed in', `As the user ${account.userId} of the organisation ${account.organizationId}.`),
  ];
  for (const entity of entities) checks.push(...(await checkTable(client, entity)));
  return { service, account, checks };
}

async function checkTable(client: DynamicsClient, entity: Entity): Promise<ConnectionCheck[]> {
  const { entitySet, primaryKey } = tables[entity];
  const present = { id: `dynamics.${entity}.present`, label: `Table of ${entitySet} present` };
  let table: TableDefinition;
  try {
    table = await client.table(entity);
  } catch (error) {
    // Contacts can be synced in an environment that has no leads.
    const outcome = entity === 'lead' && error instanceof ServiceError && error.code === 'not-available' ? 'warning' : 'failed';
    return [notPassed(present.id, present.label, error, outcome)];
  }
  const found = passed(present.id, present.label, `${table.columns.length} columns can be used.`);
  const readable = { id: `dynamics.${entity}.readable`, label: `May read ${entitySet}` };
  try {
    for await (const _ of client.rows(entity, { select: [primaryKey], top: 1 })) break;
  } catch (error) {
    return [found, notPassed(readable.id, readable.label, error)];
  }
  return [found, passed(readable.id, readable.label, 'A row was read.'), await checkChangeTracking(client, table)];
}

async function checkChangeTracking(client: DynamicsClient, table: TableDefinition): Promise<ConnectionCheck> {
  const { entitySet, primaryKey } = tables[table.entity];
  const id = `dynamics.${table.entity}.changeTracking`;
  const label = `Change tracking of ${entitySet}`;
  const without = 'Changes are found by the time of the last change instead, and deletions by a comparison once a day.';
  if (!table.changeTracking) {
    return {
      id,
      label,
      outcome: 'warning',
      message: `Change tracking is off for ${entitySet}. ${without}`,
      advice: 'Switch it on in the Power Apps maker portal: Tables > the table > Properties > Advanced options > Track changes.',
    };
  }
  try {
    for await (const _ of client.changes(table.entity, [primaryKey], null)) break;
    return passed(id, label, 'On and readable.');
  } catch (error) {
    const check = notPassed(id, label, error, 'warning');
    return { ...check, message: `${check.message} ${without}` };
  }
}
