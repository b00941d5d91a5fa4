import type { HttpResponse } from '../../connections/http/transport.ts';
import type { Directory } from './directory.ts';
import type { TokenIdentity } from './tokens.ts';

/** A Dynamics environment of the sample tenant. */
export interface DirectoryEnvironment {
  /** Origin. */
  readonly url: string;
  readonly id: string;
  readonly uniqueName: string;
  readonly friendlyName: string;
}

/**
 * The list of the environments that a user may enter, as a discovery host of Dynamics 365 has it.
 * https://learn.microsoft.com/power-apps/developer/data-platform/discovery-service
 */
export const instancesPath = '/api/discovery/v2.0/Instances';

export const isDiscoveryHost = (audience: string): boolean => audience.startsWith('https://globaldisco.');

/** Only the user of the directory is a user of its environments. */
export function instances(
  identity: TokenIdentity | null,
  environments: readonly DirectoryEnvironment[],
  directory: Directory,
): HttpResponse {
  if (identity === null || !isDiscoveryHost(identity.audience)) return json(401, { error: { code: '', message: 'Unauthorized' } });
  const listed = identity.user.objectId === directory.user.objectId ? environments : [];
  return json(200, {
    '@odata.context': `${identity.audience}/api/discovery/v2.0/$metadata#Instances`,
    value: listed.map(({ url, id, uniqueName, friendlyName }) => ({
      ApiUrl: url,
      Url: url,
      FriendlyName: friendlyName,
      UniqueName: uniqueName,
      Id: id,
      TenantId: directory.tenantId,
      State: 0,
    })),
  });
}

const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; odata.metadata=minimal' },
  body: JSON.stringify(body),
});
