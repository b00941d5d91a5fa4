import type { Settings } from '../../shared/settings.ts';
import type { ActiveCampaignClientOptions } from '../connections/activecampaign/client.ts';
import { activeCampaignPace, createActiveCampaignClient } from '../connections/activecampaign/client.ts';
import { createDynamicsClient, type DynamicsClientOptions, dynamicsPace } from '../connections/dynamics/client.ts';
import { quoting, type Service, ServiceError } from '../connections/errors.ts';
import { createLimiter } from '../connections/http/pacing.ts';
import type { HttpTransport } from '../connections/http/transport.ts';
import type { SecretName, SecretReading, SecretStore } from '../connections/secrets/secret-store.ts';
import type { Vault } from '../connections/secrets/vault.ts';
import { createApplicationSignIn } from '../connections/signin/application-sign-in.ts';
import { createTokenCache } from '../connections/signin/token-cache.ts';
import type { Log } from '../log/log.ts';
import type { Redactor } from '../log/redactor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Connections } from '../sync/prepare.ts';

export interface ConnectorOptions {
  readonly secrets: SecretStore;
  /** Null keeps tokens in memory only. */
  readonly vault: Vault | null;
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
  /** @param clientSecret the stored one where it is null. */
  dynamicsOptions(
    dynamics: Settings['dynamics'],
    clientSecret: string | null,
    onRequest: (service: Service) => void,
  ): Promise<DynamicsClientOptions>;
  /** Forgets the tokens that are kept, readable or not: the next sign-in begins anew. */
  forgetSignIn(): Promise<void>;
}

export function createConnector(options: ConnectorOptions): Connector {
  const { secrets, vault, redactor, transport, clock, random, log, signal, entraUrl } = options;
  const ports = { transport, clock, random, signal, log };
  const limiters = { activeCampaign: createLimiter(activeCampaignPace, clock), dynamics: createLimiter(dynamicsPace, clock) };

  const secretFor = async (service: Service, name: SecretName, given: string | null): Promise<string> => {
    const value = given ?? readSecret(service, name, await secrets.get(name));
    redactor.addSecret(value);
    return value;
  };

  const connector: Connector = {
    activeCampaignOptions: async (apiUrl, key, onRequest) => ({
      ...ports,
      apiUrl,
      apiKey: await secretFor('activeCampaign', 'activecampaign-key', key),
      onRequest,
      limiter: limiters.activeCampaign,
    }),
    dynamicsOptions: async ({ environmentUrl, signIn, tenantId, clientId }, clientSecret, onRequest) => {
      if (signIn !== 'application') throw browserSignInMissing();
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
      return { ...ports, environmentUrl, tokens, onRequest, limiter: limiters.dynamics };
    },
    forgetSignIn: async () => vault?.clear(),
    connect: async (settings, onRequest) => ({
      activeCampaign: createActiveCampaignClient(await connector.activeCampaignOptions(settings.activeCampaign.apiUrl, null, onRequest)),
      dynamics: createDynamicsClient(await connector.dynamicsOptions(settings.dynamics, null, onRequest)),
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

const browserSignInMissing = (): ServiceError =>
  new ServiceError({
    service: 'dynamics',
    code: 'bad-credentials',
    message: 'dynamics.signIn is "user", and nobody has signed in by browser on this machine.',
    advice: 'Set dynamics.signIn to "application" and give a client id and a client secret.',
  });
