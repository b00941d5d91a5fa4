import { type ICachePlugin, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { HttpTransport } from '../http/transport.ts';
import { createEntraNetwork, type EntraNetwork } from './entra-network.ts';
import { redirectTarget } from './login-host.ts';
import { incompleteSignIn } from './user-sign-in-errors.ts';

export interface UserSignInPorts {
  /** `LEADFERRY_ENTRA_URL`, where it is set. */
  readonly entraUrl: string | undefined;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** What a person signs in with and to. */
export interface UserSignInTarget {
  /** GUID of the app registration. */
  readonly clientId: string;
  /** GUID or domain, or `organizations` for whichever the person belongs to. */
  readonly tenantId: string;
  /** Such as `https://login.microsoftonline.com`. */
  readonly loginOrigin: string;
}

export interface UserClient {
  readonly application: PublicClientApplication;
  readonly network: EntraNetwork;
  /** Loopback origin that stands in for the sign-in service; null for the real one. */
  readonly redirectTo: string | null;
}

const tenant = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** @throws ServiceError where the target cannot be right. */
export function createUserClient(target: UserSignInTarget, ports: UserSignInPorts, cachePlugin?: ICachePlugin): UserClient {
  const { clientId, tenantId, loginOrigin } = target;
  if (clientId === '') throw incompleteSignIn('No client id was given.');
  if (!tenant.test(tenantId)) throw incompleteSignIn(`"${tenantId}" cannot be a tenant.`);
  const redirectTo = redirectTarget(ports.entraUrl);
  const network = createEntraNetwork({ ...ports, loginOrigin, redirectTo });
  const application = new PublicClientApplication({
    auth: { clientId, authority: `${loginOrigin}/${tenantId}` },
    system: { networkClient: network.module, disableInternalRetries: true },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
  });
  return { application, network, redirectTo };
}
