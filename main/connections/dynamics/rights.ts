import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import type { DynamicsId } from '../../../shared/ids.ts';
import type { WebApi } from './requests.ts';

/** What may be done with the rows of a table. */
export const rights = ['read', 'create', 'write'] as const;
export type Right = (typeof rights)[number];

/** How far a right goes: own rows, those of the business unit, of it and those below, of the whole organisation. */
const depths = ['Basic', 'Local', 'Deep', 'Global'] as const;
export type Depth = (typeof depths)[number];

const verbs: Readonly<Record<Right, string>> = { read: 'Read', create: 'Create', write: 'Write' };
const tableNames: Readonly<Record<Entity, string>> = { lead: 'Lead', contact: 'Contact' };

/** As security roles and error messages name it: `prvWriteLead`. */
export const privilegeName = (right: Right, entity: Entity): string => `prv${verbs[right]}${tableNames[entity]}`;

const heldAnswer = z.object({ RolePrivileges: z.array(z.object({ PrivilegeName: z.string(), Depth: z.enum(depths) })) });

/**
 * The rights of a user on a table, by their own roles and those of their teams. A right that is not held is absent.
 * @throws ServiceError also where the user may not ask for this.
 */
export async function readRights(api: WebApi, userId: DynamicsId, entity: Entity): Promise<ReadonlyMap<Right, Depth>> {
  const names = encodeURIComponent(JSON.stringify(rights.map((right) => privilegeName(right, entity))));
  const query = `Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p1)?@p1=${names}`;
  const { value } = await api.read(
    { method: 'GET', url: `${api.root}systemusers(${userId})/${query}` },
    'read the rights of the user',
    heldAnswer,
  );
  const held = new Map(value.RolePrivileges.map(({ PrivilegeName, Depth }) => [PrivilegeName.toLowerCase(), Depth]));
  return new Map(
    rights.flatMap((right): [Right, Depth][] => {
      const depth = held.get(privilegeName(right, entity).toLowerCase());
      return depth === undefined ? [] : [[right, depth]];
    }),
  );
}

const userAnswer = z.object({ fullname: z.string().nullish() });

/** The name of a user. @throws ServiceError also where the user may not see users. */
export async function readUserName(api: WebApi, userId: DynamicsId): Promise<string | null> {
  const { value } = await api.read(
    { method: 'GET', url: `${api.root}systemusers(${userId})?$select=fullname` },
    'read the name of the user',
    userAnswer,
  );
  return value.fullname ?? null;
}
