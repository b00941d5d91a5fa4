import { AuthError, type AuthenticationResult, ConfidentialClientApplication, type ICachePlugin } from '@azure/msal-node';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { readEnvironmentUrl } from '../dynamics/address.ts';
import type { AccessTokens } from '../dynamics/requests.ts';
import { ServiceError } from '../errors.ts';
import type { HttpTransport } from '../http/transport.ts';
import { VaultError } from '../secrets/vault.ts';
import { type SignInSubject, signInRefused } from './entra-errors.ts';
import { createEntraNetwork, type EntraNetwork } from './entra-network.ts';
import { loginOriginFor, readEntraUrl } from './login-host.ts';

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

  let renew = false;
  let signingIn: Promise<string> | null = null;

  async function signIn(): Promise<string> {
    const skipCache = renew;
    const result = await acquire(network, subject, () =>
      application.acquireTokenByClientCredential({ scopes: [`${subject.environmentOrigin}/.default`], skipCache }),
    );
    renew = false;
    return result.accessToken;
  }

  return {
    /** Callers at the same time share one sign-in. */
    accessToken() {
      signingIn ??= signIn().finally(() => {
        signingIn = null;
      });
      return signingIn;
    },
    rejected() {
      renew = true;
    },
  };
}

/** Asks MSAL for a token and brings everything that can go wrong to one type. */
async function acquire(
  network: EntraNetwork,
  subject: SignInSubject,
  ask: () => Promise<AuthenticationResult | null>,
): Promise<AuthenticationResult> {
  network.reset();
  try {
    const result = await ask();
    if (result !== null) return result;
  } catch (error) {
    const failure = network.failure();
    if (failure !== null) throw failure;
    if (error instanceof VaultError) throw noTokenCache(error);
    if (!(error instanceof AuthError)) throw error;
    const refusal = network.refusal();
    throw signInRefused(refusal?.words ?? error.errorMessage, subject, refusal?.status);
  }
  throw signInRefused('no token came', subject);
}

function noTokenCache(error: VaultError): ServiceError {
  return new ServiceError(
    { service: 'dynamics', code: 'bad-credentials', message: `No sign-in to Dynamics 365: ${error.message}`, advice: error.advice },
    { cause: error },
  );
}

const tenant = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
const sharedTenants = new Set(['organizations', 'common', 'consumers']);

function checkSubject({ tenantId, clientId }: SignInSubject, clientSecret: string): void {
  if (!tenant.test(tenantId) || sharedTenants.has(tenantId.toLowerCase())) {
    throw incomplete(
      `"${tenantId}" is not the tenant of an organisation.`,
      'Copy the Directory (tenant) ID from the Microsoft Entra admin center.',
    );
  }
  if (clientId === '') {
    throw incomplete(
      'No client id was given.',
      'Copy the Application (client) ID of the app registration from the Microsoft Entra admin center.',
    );
  }
  if (clientSecret === '') {
    throw incomplete('No client secret was given.', 'Enter the Value of a client secret of the app registration.');
  }
}

function incomplete(message: string, advice: string): ServiceError {
  return new ServiceError({ service: 'dynamics', code: 'bad-credentials', message, advice });
}

function redirectTarget(entraUrl: string | undefined): string | null {
  if (entraUrl === undefined) return null;
  const reading = readEntraUrl(entraUrl);
  if (reading.kind === 'accepted') return reading.url.origin;
  throw new ServiceError({ service: 'dynamics', code: 'not-the-service', ...reading.problem });
}
