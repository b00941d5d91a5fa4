import type { Cloud } from '../../shared/cloud.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ActiveCampaignClientOptions } from '../connections/activecampaign/client.ts';
import { activeCampaignPace, createActiveCampaignClient } from '../connections/activecampaign/client.ts';
import { readEnvironmentUrl } from '../connections/dynamics/address.ts';
import { createDynamicsClient, type DynamicsClientOptions, dynamicsPace } from '../connections/dynamics/client.ts';
import { discoveryOriginOf, type Environment, listEnvironments } from '../connections/dynamics/environments.ts';
import { quoting, type Service, ServiceError } from '../connections/errors.ts';
import { createLimiter } from '../connections/http/pacing.ts';
import type { HttpTransport } from '../connections/http/transport.ts';
import type { SecretName, SecretReading, SecretStore } from '../connections/secrets/secret-store.ts';
import type { Vault } from '../connections/secrets/vault.ts';
import { createApplicationSignIn } from '../connections/signin/application-sign-in.ts';
import type { SignInKeeper } from '../connections/signin/kept-sign-in.ts';
import { loginOriginFor, redirectTarget } from '../connections/signin/login-host.ts';
import { createTokenCache } from '../connections/signin/token-cache.ts';
import type { UserSignInPorts, UserSignInTarget } from '../connections/signin/user-client.ts';
import { createUserSignIn } from '../connections/signin/user-sign-in.ts';
import { notSignedIn } from '../connections/signin/user-sign-in-errors.ts';
import type { Log } from '../log/log.ts';
import type { Redactor } from '../log/redactor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Connections } from '../sync/prepare.ts';
import { withRedactedRefusals } from './redacted-refusals.ts';

export interface ConnectorOptions {
  readonly secrets: SecretStore;
  /** Where tokens of an application are kept; null keeps them in memory only. */
  readonly vault: Vault | null;
  /** Where the browser sign-in is kept that is in use; null where there can be none. */
  readonly signIn?: SignInKeeper | null;
  /** Told after each renewal of the browser sign-in in use: whether nobody but a person can go on. */
  readonly onNeedsPerson?: (needsPerson: boolean) => void;
  readonly redactor: Redactor;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Ends every request and every wait. */
  readonly signal: AbortSignal;
  /** In the place of https://login.microsoftonline.com; loopback only. */
  readonly entraUrl: string | undefined;
}

/** Makes clients of settings and secrets. One limiter a service for the whole process: its limits are the account's. */
export interface Connector {
  /** @throws ServiceError `bad-credentials` where a secret is missing, `not-the-service` where an address cannot be used. */
  connect(settings: Settings, onRequest: (service: Service) => void): Promise<Connections>;
  /** What the ActiveCampaign client is made of. @param key the stored one where it is null. */
  activeCampaignOptions(apiUrl: string, key: string | null, onRequest: (service: Service) => void): Promise<ActiveCampaignClientOptions>;
  dynamicsOptions(
    dynamics: Settings['dynamics'],
    credentials: DynamicsCredentials,
    onRequest: (service: Service) => void,
  ): Promise<DynamicsClientOptions>;
  /** The environments of the person who has signed in. @throws ServiceError */
  environments(target: UserSignInTarget, cloud: Cloud, signIn: SignInKeeper): Promise<readonly Environment[]>;
  /** What a sign-in by browser goes through. */
  readonly signInPorts: UserSignInPorts;
  /** Forgets the tokens that are kept, readable or not: the next sign-in begins anew. */
  forgetSignIn(): Promise<void>;
}

/** What is given in the place of what is stored; the stored one where it is null. */
export interface DynamicsCredentials {
  readonly clientSecret: string | null;
  readonly signIn: SignInKeeper | null;
}

export const storedCredentials: DynamicsCredentials = { clientSecret: null, signIn: null };

export function createConnector(options: ConnectorOptions): Connector {
  const { secrets, vault, signIn = null, redactor, clock, random, log, signal, entraUrl } = options;
  const transport = withRedactedRefusals(options.transport, redactor);
  const signInPorts: UserSignInPorts = { entraUrl, transport, clock, random, signal };
  const ports = { transport, clock, random, signal, log };
  const limiters = { activeCampaign: createLimiter(activeCampaignPace, clock), dynamics: createLimiter(dynamicsPace, clock) };

  const secretFor = async (service: Service, name: SecretName, given: string | null): Promise<string> => {
    const value = given ?? readSecret(service, name, await secrets.get(name));
    redactor.addSecret(value);
    return value;
  };

  /** @param given The sign-in that is tried; null for the one in use. */
  const userTokens = async ({ environmentUrl, clientId, tenantId }: Settings['dynamics'], given: SignInKeeper | null) => {
    const keeper = given ?? signIn;
    if (keeper === null) throw notSignedIn();
    const environment = readEnvironmentUrl(environmentUrl);
    if (environment.kind === 'refused') throw new ServiceError({ service: 'dynamics', code: 'not-the-service', ...environment.problem });
    return createUserSignIn({
      ...signInPorts,
      target: { clientId, tenantId, loginOrigin: loginOriginFor(environment.origin) },
      keeper,
      resource: environment.origin,
      ...(given === null && options.onNeedsPerson !== undefined && { onNeedsPerson: options.onNeedsPerson }),
    });
  };

  const connector: Connector = {
    activeCampaignOptions: async (apiUrl, key, onRequest) => ({
      ...ports,
      apiUrl,
      apiKey: await secretFor('activeCampaign', 'activecampaign-key', key),
      onRequest,
      limiter: limiters.activeCampaign,
    }),
    dynamicsOptions: async (dynamics, { clientSecret, signIn: given }, onRequest) => {
      const { environmentUrl, tenantId, clientId } = dynamics;
      const client = { ...ports, environmentUrl, onRequest, limiter: limiters.dynamics };
      if (dynamics.signIn === 'user') return { ...client, tokens: await userTokens(dynamics, given) };
      const secret = await secretFor('dynamics', 'dynamics-client-secret', clientSecret);
      const tokens = createApplicationSignIn({
        tenantId,
        clientId,
        clientSecret: secret,
        environmentUrl,
        networkTransport: transport,
        clock,
        random,
        signal,
        ...(entraUrl !== undefined && { entraUrl }),
        ...(vault !== null && clientSecret === null && { cachePlugin: createTokenCache(vault, 'dynamics') }),
      });
      return { ...client, tokens };
    },
    environments: async (target, cloud, keeper) =>
      listEnvironments({
        ...ports,
        limiter: limiters.dynamics,
        onRequest: () => undefined,
        cloud,
        tokens: await createUserSignIn({ ...signInPorts, target, keeper, resource: discoveryOriginOf(cloud) }),
        redirectTo: redirectTarget(entraUrl),
      }),
    signInPorts,
    forgetSignIn: async () => vault?.clear(),
    connect: async (settings, onRequest) => ({
      activeCampaign: createActiveCampaignClient(await connector.activeCampaignOptions(settings.activeCampaign.apiUrl, null, onRequest)),
      dynamics: createDynamicsClient(await connector.dynamicsOptions(settings.dynamics, storedCredentials, onRequest)),
    }),
  };
  return connector;
}

const whatIsMissing: Readonly<Record<SecretName, string>> = {
  'activecampaign-key': 'the ActiveCampaign API key',
  'dynamics-client-secret': 'the client secret of Dynamics',
  'vault-key': 'the key of the token vault',
};

const variables: Readonly<Partial<Record<SecretName, string>>> = {
  'activecampaign-key': 'LEADFERRY_ACTIVECAMPAIGN_KEY',
  'dynamics-client-secret': 'LEADFERRY_DYNAMICS_CLIENT_SECRET',
};

function readSecret(service: Service, name: SecretName, reading: SecretReading): string {
  const what = whatIsMissing[name];
  const orVariable = variables[name] === undefined ? '' : `, or set ${variables[name]}`;
  switch (reading.kind) {
    case 'present':
      return reading.value;
    case 'absent':
      throw new ServiceError({
        service,
        code: 'bad-credentials',
        message: `Not connected: ${what} was not given yet.`,
        advice: `Enter it on the Connection screen${orVariable}.`,
      });
    case 'locked':
      throw new ServiceError({
        service,
        code: 'bad-credentials',
        message: `The keychain does not hand out ${what}: it is locked, or the entry was removed.`,
        advice: `Unlock the keychain and wait for the next run, or enter it again on the Connection screen${orVariable}.`,
      });
    case 'unavailable':
      throw new ServiceError({
        service,
        code: 'bad-credentials',
        message: quoting(`${what.charAt(0).toUpperCase()}${what.slice(1)} cannot be read`, reading.reason),
        advice: reading.advice,
      });
  }
}
