import { ConfidentialClientApplication, type ICachePlugin } from '@azure/msal-node';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { readEnvironmentUrl } from '../dynamics/address.ts';
import type { AccessTokens } from '../dynamics/requests.ts';
import { ServiceError } from '../errors.ts';
import type { HttpTransport } from '../http/transport.ts';
import { acquireToken } from './acquire-token.ts';
import { type SignInSubject, signInRefused } from './entra-errors.ts';
import { createEntraNetwork } from './entra-network.ts';
import { loginOriginFor, redirectTarget } from './login-host.ts';
import { sharedTokens } from './shared-tokens.ts';
import { incompleteSignIn } from './user-sign-in-errors.ts';

export interface ApplicationSignInOptions {
  /** GUID or domain of the tenant. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentUrl: string;
  /** `LEADFERRY_ENTRA_URL`, where it is set. */
  readonly entraUrl?: string;
  readonly networkTransport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal;
  /** Keeps tokens over a restart. Without it they live as long as this value. */
  readonly cachePlugin?: ICachePlugin;
}

/**
 * Signs in as an application, with a client secret. Tokens are kept until shortly before they expire (MSAL does).
 * @throws ServiceError where an address, the tenant or the client id cannot be right.
 */
export function createApplicationSignIn(options: ApplicationSignInOptions): Required<AccessTokens> {
  const environment = readEnvironmentUrl(options.environmentUrl);
  if (environment.kind === 'refused') throw new ServiceError({ service: 'dynamics', code: 'not-the-service', ...environment.problem });
  const subject = { tenantId: options.tenantId.trim(), clientId: options.clientId.trim(), environmentOrigin: environment.origin };
  checkSubject(subject, options.clientSecret);
  const loginOrigin = loginOriginFor(environment.origin);
  const network = createEntraNetwork({
    transport: options.networkTransport,
    clock: options.clock,
    random: options.random,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    loginOrigin,
    redirectTo: redirectTarget(options.entraUrl),
  });
  const application = new ConfidentialClientApplication({
    auth: { clientId: subject.clientId, clientSecret: options.clientSecret, authority: `${loginOrigin}/${subject.tenantId}` },
    system: { networkClient: network.module, disableInternalRetries: true },
    ...(options.cachePlugin === undefined ? {} : { cache: { cachePlugin: options.cachePlugin } }),
  });

  return sharedTokens(async (skipCache) => {
    const result = await acquireToken(
      network,
      () => application.acquireTokenByClientCredential({ scopes: [`${subject.environmentOrigin}/.default`], skipCache }),
      ({ words, status }) => signInRefused(words, subject, status),
    );
    return result.accessToken;
  });
}

const tenant = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
const sharedTenants = new Set(['organizations', 'common', 'consumers']);

function checkSubject({ tenantId, clientId }: SignInSubject, clientSecret: string): void {
  if (!tenant.test(tenantId) || sharedTenants.has(tenantId.toLowerCase())) {
    throw incompleteSignIn(
      `"${tenantId}" is not the tenant of an organisation.`,
      'Copy the Directory (tenant) ID from the Microsoft Entra admin center.',
    );
  }
  if (clientId === '') {
    throw incompleteSignIn(
      'No client id was given.',
      'Copy the Application (client) ID of the app registration from the Microsoft Entra admin center.',
    );
  }
  if (clientSecret === '') {
    throw incompleteSignIn('No client secret was given.', 'Enter the Value of a client secret of the app registration.');
  }
}
