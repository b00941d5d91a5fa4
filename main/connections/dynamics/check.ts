import { secretEnd, secretEndAdvice } from '../../../shared/client-secret-end.ts';
import { type Entity, entities } from '../../../shared/entity.ts';
import type { Mapping } from '../../../shared/settings.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Check, clockProof, failed, notPassed, type Proof, passed, unproved, warning, wasAnswered } from '../checklist.ts';
import { ServiceError } from '../errors.ts';
import { createDynamicsClient, type DynamicsClientOptions, webApiOf } from './client.ts';
import { type Depth, privilegeName, type Right, readRights, readUserName, rights } from './rights.ts';
import { tables } from './tables.ts';
import type { DynamicsAccount, DynamicsClient, TableDefinition } from './types.ts';

export interface DynamicsCheckOptions extends DynamicsClientOptions {
  /** Of each entity that is synced. */
  readonly mappings: Readonly<Partial<Record<Entity, readonly Mapping[]>>>;
  /** Who needs the rights, as an admin knows them: "the application user". */
  readonly who: string;
  /** The day on which the client secret ends; null where there is none, or nobody has entered it. */
  readonly secretEndsOn: string | null;
}

/** What later checks need of earlier ones. */
interface Found {
  account: DynamicsAccount | ServiceError | null;
  readonly tables: Partial<Record<Entity, TableDefinition>>;
  readonly rights: Partial<Record<Entity, ReadonlyMap<Right, Depth> | ServiceError>>;
  serviceTime: number | null;
  askedAt: number;
}

const signedIn = ['dynamics.reachable', 'dynamics.signedIn'];

/** What the sync needs of Dynamics 365. Nothing is written. */
export function dynamicsChecks(options: DynamicsCheckOptions): readonly Check[] {
  const { clock, secretEndsOn } = options;
  // One row proves what a page would.
  const client = createDynamicsClient({ ...options, pageSize: 1 });
  const api = webApiOf(options);
  const found: Found = { account: null, tables: {}, rights: {}, serviceTime: null, askedAt: 0 };

  const reachable: Check = {
    id: 'dynamics.reachable',
    label: 'Dynamics 365 reachable',
    needs: [],
    prove: async () => {
      found.account = await client.whoAmI().catch((error: ServiceError) => {
        if (wasAnswered(error)) return error;
        throw error;
      });
      return passed(`${api.host} answers.`);
    },
  };
  const entered: Check = {
    id: 'dynamics.signedIn',
    label: 'Signed in',
    needs: ['dynamics.reachable'],
    prove: async () => {
      const { userId } = accountOf(found);
      const name = await readUserName(api, userId).catch((error: unknown) => {
        // Who may not see users is still signed in.
        if (error instanceof ServiceError) return null;
        throw error;
      });
      return passed(name === null ? `As the user ${userId}.` : `As ${name}.`);
    },
  };
  const inStep: Check = {
    id: 'dynamics.clock',
    label: 'Clock in step',
    needs: signedIn,
    prove: async () => clockProof('Dynamics 365', found.serviceTime, found.askedAt),
  };

  return [
    reachable,
    entered,
    ...entities.flatMap((entity) => {
      const mappings = options.mappings[entity];
      if (mappings === undefined) return [];
      const { entitySet } = tables[entity];
      const present = `dynamics.${entity}.present`;
      const read = `dynamics.${entity}.read`;
      return [
        { id: present, label: `Table of ${entitySet}`, needs: signedIn, prove: () => tableProof(client, entity, found) },
        ...rights.map((right) => ({
          id: `dynamics.${entity}.${right}`,
          label: `May ${verbs[right]} ${entitySet}`,
          needs: [...signedIn, present],
          prove: async () => {
            found.rights[entity] ??= await readRights(api, accountOf(found).userId, entity).catch((error: ServiceError) => error);
            if (right === 'read') return readProof(client, entity, found, options);
            return rightProof(right, entity, found.rights[entity], options.who);
          },
        })),
        {
          id: `dynamics.${entity}.changeTracking`,
          label: `Change tracking of ${entitySet}`,
          needs: [...signedIn, present, read],
          prove: () => changeTrackingProof(client, entity, found),
        },
        {
          id: `dynamics.${entity}.columns`,
          label: `Mapped fields of ${entitySet}`,
          needs: [...signedIn, present],
          prove: async () => columnsProof(found.tables[entity], mappings),
        },
      ];
    }),
    inStep,
    ...(secretEndsOn === null ? [] : [secretCheck(secretEndsOn, clock)]),
  ];
}

const secretCheck = (endsOn: string, clock: Pick<Clock, 'now'>): Check => ({
  id: 'dynamics.secretEnd',
  label: 'Client secret good for a while',
  needs: [],
  prove: async () => {
    const { state, message } = secretEnd(endsOn, clock.now());
    if (state === 'fine') return passed(message);
    return state === 'ended' ? failed(message, secretEndAdvice) : warning(message, secretEndAdvice);
  },
});

const verbs: Readonly<Record<Right, string>> = { read: 'read', create: 'create', write: 'change' };
const roleWords: Readonly<Record<Right, string>> = { read: 'Read', create: 'Create', write: 'Write' };
const tableWords: Readonly<Record<Entity, string>> = { lead: 'Lead', contact: 'Contact' };

function accountOf({ account }: Found): DynamicsAccount {
  if (account === null || account instanceof ServiceError) throw account;
  return account;
}

async function tableProof(client: DynamicsClient, entity: Entity, found: Found): Promise<Proof> {
  try {
    const table = await client.table(entity);
    found.tables[entity] = table;
    return passed(`${table.columns.length} columns can be used.`);
  } catch (error) {
    // Contacts can be synced in an environment that has no leads; what is built on the table is not tried either way.
    if (entity !== 'lead' || !(error instanceof ServiceError) || error.code !== 'not-available') throw error;
    const { message, advice = '' } = notPassed(error);
    return failed(`${message} Contacts can be synced without it.`, advice);
  }
}

async function readProof(client: DynamicsClient, entity: Entity, found: Found, options: DynamicsCheckOptions): Promise<Proof> {
  const { entitySet, primaryKey } = tables[entity];
  const held = found.rights[entity];
  const proof = rightProof('read', entity, held, options.who);
  if (proof.outcome === 'failed') return proof;
  for await (const page of client.rows(entity, { select: [primaryKey], top: 1 })) {
    found.serviceTime = page.serverTime;
    found.askedAt = options.clock.now();
    break;
  }
  return held instanceof ServiceError ? passed(`The ${entitySet} could be read.`) : proof;
}

/** A right by the roles of the user. What the user may not ask about shows when it is first used. */
function rightProof(right: Right, entity: Entity, held: ReadonlyMap<Right, Depth> | ServiceError | undefined, who: string): Proof {
  const privilege = privilegeName(right, entity);
  if (held === undefined || held instanceof ServiceError) return unproved('Will be proved by the first write.');
  const depth = held.get(right);
  const give = `Give ${who} a security role with ${roleWords[right]} on ${tableWords[entity]} at Organization level.`;
  if (depth === undefined) return failed(`The right ${privilege} is missing.`, `${give} (Power Platform admin center > Security roles.)`);
  if (depth === 'Global') return passed(`In the whole organisation (${privilege}).`);
  const reach = depth === 'Basic' ? 'only those of its own' : 'only those of its business unit';
  if (right === 'create') return passed(`${privilege}, ${reach}.`);
  const consequence = right === 'read' ? `others are not seen` : 'changes to others are refused';
  return warning(`${privilege} reaches ${reach}: ${consequence}.`, give);
}

async function changeTrackingProof(client: DynamicsClient, entity: Entity, found: Found): Promise<Proof> {
  const { entitySet, primaryKey } = tables[entity];
  const without = 'Changes are found by the time of the last change instead, and deletions by a comparison once a day.';
  if (found.tables[entity]?.changeTracking !== true) {
    return warning(
      `Change tracking is off for ${entitySet}. ${without}`,
      'Switch it on in the Power Apps maker portal: Tables > the table > Properties > Advanced options > Track changes.',
    );
  }
  try {
    for await (const _ of client.changes(entity, [primaryKey], null)) break;
    return passed('On and readable.');
  } catch (error) {
    const proof = notPassed(error, 'warning');
    return { ...proof, message: `${proof.message} ${without}` };
  }
}

/** By the definition of the table: which columns are there, and which are kept from some users. */
function columnsProof(table: TableDefinition | undefined, mappings: readonly Mapping[]): Proof {
  const columns = new Map(table?.columns.map((column) => [column.name, column]));
  const names = ['emailaddress1', ...mappings.map(({ dynamics }) => dynamics)];
  const missing = names.filter((name) => columns.get(name)?.readable !== true);
  if (missing.length > 0) {
    return failed(
      `Mapped, but not to be read here: ${missing.join(', ')}.`,
      'Choose other columns on the screen Data Configuration, or take the mappings out.',
    );
  }
  const secured = names.filter((name) => columns.get(name)?.secured === true);
  if (secured.length > 0) {
    return warning(
      `Under column security: ${secured.join(', ')}. Whether they may be read and changed shows with the first person.`,
      'Add the user to a column security profile that allows to read and update them (Power Platform admin center > Column security profiles).',
    );
  }
  return passed(names.length === 1 ? 'The e-mail address is there.' : `All ${names.length} are there.`);
}
