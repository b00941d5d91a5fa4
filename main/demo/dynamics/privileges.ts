import { z } from 'zod';
import type { HttpResponse } from '../../connections/http/transport.ts';
import { json } from './answers/response.ts';
import { badRequest, DataverseError } from './dataverse-error.ts';
import { businessUnitId } from './environment.ts';
import { metadataId } from './metadata/attribute.ts';
import type { Call, Environment } from './requests/call.ts';
import type { DynamicsVariant } from './variant.ts';

/** How far a privilege reaches: own rows, the business unit, it and those below, the organisation. */
export type PrivilegeDepth = 'Basic' | 'Local' | 'Deep' | 'Global';

const known = /^prv(Read|Create|Write|Delete|Append|AppendTo)(Lead|Contact)$/;

/** Null for a privilege that the roles of the user do not give. */
function depthOf(name: string, variant: DynamicsVariant): PrivilegeDepth | null {
  const given = variant.privileges[name];
  if (given !== undefined) return given;
  return name.startsWith('prvRead') && !variant.organizationLevelRead ? 'Local' : 'Global';
}

/** @throws DataverseError where the user lacks the privilege. */
export function requirePrivilege(
  verb: 'Read' | 'Create' | 'Write' | 'Delete',
  schemaName: string,
  call: Call,
  { variant }: Environment,
): void {
  const name = `prv${verb}${schemaName}`;
  if (!known.test(name) || depthOf(name, variant) !== null) return;
  throw new DataverseError(403, '0x80040220', `Principal user (Id=${call.userId}, type=8) is missing ${name} privilege.`);
}

const names = z.array(z.string());

/**
 * `GET systemusers(…)/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p1)?@p1=["prvReadLead"]`: those of the
 * named privileges that the user holds, by own roles and those of teams.
 * @throws DataverseError where the environment does not let this user ask, or has no such privilege.
 */
export function heldPrivileges(call: Call, { variant }: Environment, parameters: string): HttpResponse {
  if (!variant.privilegesReadable) {
    throw new DataverseError(403, '0x80040220', `Principal user (Id=${call.userId}, type=8) is missing prvReadRole privilege.`);
  }
  const alias = /^\(PrivilegeNames=(@\w+)\)$/.exec(parameters)?.[1] ?? '';
  const asked = names.safeParse(parsed(call.options.aliases.get(alias)));
  if (!asked.success) throw badRequest('The parameter PrivilegeNames is not a list of names.');
  const unknown = asked.data.find((name) => !known.test(name));
  if (unknown !== undefined) throw new DataverseError(404, '0x80040217', `A privilege with the name ${unknown} does not exist.`);
  return json(200, {
    '@odata.context': `${call.root}$metadata#Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNamesResponse`,
    RolePrivileges: asked.data.flatMap((name) => {
      const depth = depthOf(name, variant);
      if (depth === null) return [];
      return [{ Depth: depth, PrivilegeId: metadataId(name), BusinessUnitId: businessUnitId, PrivilegeName: name }];
    }),
  });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
