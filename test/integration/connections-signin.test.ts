import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import { createVault } from '../../main/connections/secrets/vault.ts';
import { type ApplicationSignInOptions, createApplicationSignIn } from '../../main/connections/signin/application-sign-in.ts';
import { createEntraNetwork } from '../../main/connections/signin/entra-network.ts';
import { createTokenCache } from '../../main/connections/signin/token-cache.ts';
import { type DirectoryApplication, sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import { createSampleEntra, type SampleEntra } from '../../main/demo/entra/service.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { faultsAt, htmlFault, statusFault, withFaults } from '../sample-services/faults.ts';
import { type Connected, connect } from './connections-under-test.ts';

const environmentUrl = 'https://acme.crm4.dynamics.com';
const withoutConsent: DirectoryApplication = {
  ...sampleApplication,
  clientId: '00000000-1111-4222-8333-444444444444',
  consented: false,
};

let connected: Connected;
let entra: SampleEntra;

async function start(around: (handler: SampleHandler) => SampleHandler = (handler) => handler): Promise<void> {
  entra = createSampleEntra({
    clock: systemClock,
    random: systemRandom,
    directory: { ...sampleDirectory, applications: [sampleApplication, withoutConsent] },
  });
  connected = await connect(around(entra.handle));
}

async function restart(around: (handler: SampleHandler) => SampleHandler): Promise<void> {
  await connected.server.close();
  await start(around);
}

function signIn(options: Partial<ApplicationSignInOptions> = {}) {
  return createApplicationSignIn({
    tenantId: sampleDirectory.tenantId,
    clientId: sampleApplication.clientId,
    clientSecret: sampleApplication.secret,
    environmentUrl,
    entraUrl: connected.server.url,
    networkTransport: connected.ports.transport,
    clock: connected.clock,
    random: connected.ports.random,
    ...options,
  });
}

const tokenRequests = () => connected.log.requests.filter(({ path }) => path.endsWith('/token')).length;

beforeEach(() => start());
afterEach(() => connected.server.close());

describe('signing in with a client secret', () => {
  test('brings a token for this environment and nothing else', async () => {
    const token = await signIn().accessToken();
    expect(entra.verifyToken(`Bearer ${token}`)).toMatchObject({
      audience: environmentUrl,
      user: { objectId: sampleApplication.objectId },
    });
  });

  test('a token is used until it expires, also by callers at the same time', async () => {
    const tokens = signIn();
    const brought = await Promise.all([tokens.accessToken(), tokens.accessToken()]);
    brought.push(await tokens.accessToken());
    expect({ different: new Set(brought).size, requests: tokenRequests() }).toEqual({ different: 1, requests: 1 });
  });

  test('a token that the service did not accept is replaced by a new one, once', async () => {
    const tokens = signIn();
    await tokens.accessToken();
    tokens.rejected();
    await tokens.accessToken();
    await tokens.accessToken();
    expect(tokenRequests()).toBe(2);
  });

  test('a domain can stand for the tenant', async () => {
    const [domain = ''] = sampleDirectory.domains;
    expect(await signIn({ tenantId: domain }).accessToken()).not.toBe('');
  });

  test('the token survives a restart in the vault, and does not lie open there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'leadferry-signin-'));
    const vault = createVault(join(directory, 'vault.json'), createMemorySecretStore());
    const first = await signIn({ cachePlugin: createTokenCache(vault, 'dynamics') }).accessToken();
    const second = await signIn({ cachePlugin: createTokenCache(vault, 'dynamics') }).accessToken();
    expect({ same: first === second, requests: tokenRequests() }).toEqual({ same: true, requests: 1 });
    await rm(directory, { recursive: true });
  });
});

describe('a sign-in that is refused', () => {
  test.each([
    [
      'a wrong secret',
      { clientSecret: 'wrong' },
      { serviceCode: 'AADSTS7000215', message: `The client secret of the application ${sampleApplication.clientId} is wrong.` },
    ],
    [
      'an unknown application',
      { clientId: '99999999-1111-4222-8333-444444444444' },
      {
        serviceCode: 'AADSTS700016',
        message: `The application with the client id 99999999-1111-4222-8333-444444444444 does not exist in the tenant "${sampleDirectory.tenantId}".`,
      },
    ],
    [
      'an unknown tenant',
      { tenantId: '99999999-1111-4222-8333-555555555555' },
      { serviceCode: 'AADSTS90002', message: 'Microsoft Entra knows no tenant "99999999-1111-4222-8333-555555555555".' },
    ],
    [
      'no consent',
      { clientId: withoutConsent.clientId },
      {
        serviceCode: 'AADSTS65001',
        message: `Nobody has agreed yet to what the application ${withoutConsent.clientId} may do in this organisation.`,
      },
    ],
  ])('%s', async (_, wrong, expected) => {
    await expect(signIn(wrong).accessToken()).rejects.toMatchObject({
      code: 'bad-credentials',
      details: { service: 'dynamics', ...expected, advice: expect.stringMatching(/\.$/) as unknown },
    });
  });

  test('an expired secret is told from a wrong one', async () => {
    const description =
      "AADSTS7000222: The provided client secret keys for app 'x' are expired. Trace ID: 0b0b0b0b-0000-4000-8000-000000000000";
    await restart(
      (handler) => (request) =>
        request.method === 'POST'
          ? Promise.resolve({
              status: 401,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ error: 'invalid_client', error_description: description }),
            })
          : handler(request),
    );
    await expect(signIn().accessToken()).rejects.toMatchObject({
      message: `The client secret of the application ${sampleApplication.clientId} has expired.`,
      details: { requestId: '0b0b0b0b-0000-4000-8000-000000000000', serviceMessage: description.split(' Trace ID')[0] },
    });
  });

  test('the secret stands in no message', async () => {
    const error: unknown = await signIn({ clientSecret: 'very~secret' })
      .accessToken()
      .catch((caught: unknown) => caught);
    expect(JSON.stringify([error, String(error)])).not.toContain('very~secret');
  });

  test.each([
    ['organizations', { tenantId: 'organizations' }, '"organizations" is not the tenant of an organisation.'],
    ['a tenant that is a path', { tenantId: '../other' }, '"../other" is not the tenant of an organisation.'],
    ['no client id', { clientId: '' }, 'No client id was given.'],
    ['no secret', { clientSecret: '' }, 'No client secret was given.'],
    [
      'a sign-in service elsewhere',
      { entraUrl: 'http://login.example' },
      'LEADFERRY_ENTRA_URL is "http://login.example", which is no address on this machine',
    ],
  ])('%s is refused before anything is sent', (_, wrong, message) => {
    expect(() => signIn(wrong)).toThrow(message);
    expect(connected.log.requests).toEqual([]);
  });
});

describe('when the sign-in service is in trouble', () => {
  test('a lost connection and 503 are tried again', async () => {
    const plan = faultsAt({ 1: { kind: 'lost', when: 'before' }, 2: statusFault(503) });
    await restart((handler) => withFaults(handler, plan, systemClock));
    expect(await signIn().accessToken()).not.toBe('');
  });

  test('one that stays away is down, not a wrong secret', async () => {
    await restart((handler) => withFaults(handler, () => ({ kind: 'lost', when: 'before' }), systemClock));
    await expect(signIn().accessToken()).rejects.toMatchObject({ code: 'service-down' });
  });

  test('the login page of a network is not the sign-in service', async () => {
    await restart((handler) => withFaults(handler, () => htmlFault(), systemClock));
    await expect(signIn().accessToken()).rejects.toMatchObject({ code: 'not-the-service' });
  });

  test('nothing is sent to another host than the sign-in service, whatever a configuration document names', async () => {
    const network = createEntraNetwork({
      ...connected.ports,
      loginOrigin: 'https://login.microsoftonline.com',
      redirectTo: connected.server.url,
    });
    const sent = (url: string) =>
      network.module.sendPostRequestAsync(url, { body: 'client_secret=x' }).then(
        () => 'sent',
        () => network.failure()?.code,
      );
    const outcomes = [
      await sent('https://login.evil.example/tenant/oauth2/v2.0/token'),
      await sent('https://login.microsoftonline.com.evil.example/tenant/oauth2/v2.0/token'),
      await sent('http://login.microsoftonline.com/tenant/oauth2/v2.0/token'),
    ];
    expect({ outcomes, requests: connected.log.requests }).toEqual({
      outcomes: ['not-the-service', 'not-the-service', 'not-the-service'],
      requests: [],
    });
  });
});
