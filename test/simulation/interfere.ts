import { z } from 'zod';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Database } from '../../main/store/database.ts';
import { writtenFields } from '../../main/sync/apply/read-back.ts';
import { operationSchema } from '../../main/sync/plan/operations.ts';
import { fieldPairs, pairsOf } from './mapped-fields.ts';
import type { AskedWrite } from './requests.ts';
import { nameInMapping } from './settings.ts';
import type { World } from './world.ts';

const waiting = z.object({ person_id: z.number().nullable(), payload: z.string() });

/** What the program has decided to write and has not written yet. */
export function waitingWrites(database: Database): readonly AskedWrite[] {
  const rows = database.prepare('SELECT person_id, payload FROM operation JOIN link ON link.id = operation.link WHERE committed = 1').all();
  return rows.flatMap((row): AskedWrite[] => {
    const { person_id: id, payload } = waiting.parse(row);
    const operation = operationSchema.parse(JSON.parse(payload));
    switch (operation.kind) {
      case 'updateRecord':
        return [{ kind: 'updateRow', table: operation.entity, id: operation.id, columns: operation.columns }];
      case 'writePerson':
        return [{ kind: 'changePerson', id, email: operation.email, values: Object.fromEntries(writtenFields(operation.write)) }];
      default:
        return [];
    }
  });
}

/** Somebody edits a field in the moment before the program writes to it. @returns a line for the trace; null where nothing fits. */
export function interfere(world: World, writes: readonly AskedWrite[], serial: number): string | null {
  const random = seededRandom(serial);
  world.ledger.remember();
  for (const write of writes) {
    if (write.kind === 'updateRow') {
      const pair = pairsOf(write.table).find(({ dynamics }) => dynamics in write.columns);
      if (pair === undefined || world.salesPeople.row(write.table, write.id) === null) continue;
      const value = pair.enteredInDynamics(random, serial);
      const moment = world.nextMoment();
      world.salesPeople.edit(write.table, write.id, { [pair.dynamics]: value });
      world.ledger.enteredInDynamics(write.table, write.id, pair.dynamics, moment);
      world.ledger.remember();
      return `${pair.dynamics} of ${write.table} ${write.id} = ${JSON.stringify(value)}`;
    }
    if (write.kind !== 'changePerson' && write.kind !== 'importPerson') continue;
    const id = write.kind === 'changePerson' && write.id !== null ? write.id : world.office.personByEmail(write.email ?? '')?.id;
    const pair = fieldPairs.find((candidate) => nameInMapping(world.office, candidate) in write.values);
    if (id === undefined || pair === undefined || world.office.person(id) === null) continue;
    const value = pair.enteredInActiveCampaign(random, serial);
    const moment = world.nextMoment();
    const own = !nameInMapping(world.office, pair).startsWith('field:');
    world.office.edit(id, own ? { [pair.activeCampaign]: value } : { fields: { [pair.activeCampaign]: value } });
    world.ledger.enteredInActiveCampaign(id, pair.activeCampaign, moment);
    world.ledger.remember();
    return `${pair.activeCampaign} of person ${id} = ${JSON.stringify(value)}`;
  }
  return null;
}
