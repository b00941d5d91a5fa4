import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEnvironments } from '../../main/connections/dynamics/environments.ts';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import { createVault } from '../../main/connections/secrets/vault.ts';
import { type BrowserSignInOptions, signInByBrowser } from '../../main/connections/signin/browser-sign-in.ts';
import { createMemoryKeeper, createVaultKeeper, type KeptSignIn } from '../../main/connections/signin/kept-sign-in.ts';
import { createUserSignIn } from '../../main/connections/signin/user-sign-in.ts';
import { sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import { createSampleEntra, type SampleEntra } from '../../main/demo/entra/service.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { pressOnSignInPage } from '../support/sample-sign-in.ts';
import { type Connected, connect } from './connections-under-test.ts';

/** MSAL's browser flow over real HTTP: the loopback address, the posted form, the token cache. Only the browser is played. */

const environmentUrl = 'https://acme.crm4.dynamics.com';
const discovery = 'https://globaldisco.crm.dynamics.com';
const target = {
  clientId: sampleApplication.clientId,
  tenantId: 'organizations',
  loginOrigin: 'https://login.microsoftonline.com',
};

let connected: Connected;
let entra: SampleEntra;
let opened: string[];

beforeEach(async () => {
  opened = [];
  entra = createSampleEntra({
    clock: systemClock,
    random: systemRandom,
    environments: () => [{ url: environmentUrl, id: 'e1', uniqueName: 'acme', friendlyName: 'Acme Sales' }],
  });
  connected = await connect(entra.handle);
});
afterEach(() => connected.server.close());

const ports = () => ({ ...connected.ports, entraUrl: connected.server.url });

let shown: Promise<string>;

function signIn(button: string, options: Partial<BrowserSignInOptions> = {}): Promise<KeptSignIn> {
  return signInByBrowser({
    ...ports(),
    target,
    resource: discovery,
    cancel: new AbortController().signal,
    openBrowser: async (url) => {
      opened.push(url);
      shown = pressOnSignInPage(url, button);
    },
    ...options,
  });
}

const tokensFor = (resource: string, kept: KeptSignIn, onNeedsPerson?: (needed: boolean) => void) =>
  createUserSignIn({
    ...ports(),
    target,
    keeper: createMemoryKeeper(kept),
    resource,
    ...(onNeedsPerson !== undefined && { onNeedsPerson }),
  });

describe('signing in by browser', () => {
  test('gives the account, and tokens for each service without the person', async () => {
    const kept = await signIn('sign-in');
    const environment = await (await tokensFor(environmentUrl, kept)).accessToken();
    const list = await (await tokensFor(discovery, kept)).accessToken();
    expect({
      account: kept.account,
      audiences: [environment, list].map((token) => entra.verifyToken(`Bearer ${token}`)?.audience),
      page: (await shown).match(/<h1>(.*)<\/h1>/)?.[1],
    }).toEqual({
      account: {
        homeAccountId: `${sampleDirectory.user.objectId}.${sampleDirectory.tenantId}`,
        tenantId: sampleDirectory.tenantId,
        name: 'Kari Nordmann',
        username: sampleDirectory.user.username,
      },
      audiences: [environmentUrl, discovery],
      page: 'You are signed in',
    });
  });

  test('uses PKCE, a posted form, and a loopback address of this machine', async () => {
    await signIn('sign-in');
    const query = new URL(opened[0] ?? '').searchParams;
    expect(Object.fromEntries([...query].filter(([name]) => ['code_challenge_method', 'response_mode', 'prompt'].includes(name)))).toEqual({
      code_challenge_method: 'S256',
      response_mode: 'form_post',
      prompt: 'select_account',
    });
    expect(query.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+$/);
  });

  test.each([
    ['cancel', 'The sign-in was cancelled in the browser.'],
    ['refuse-consent', 'Leadferry was not allowed to use Dynamics 365 as you.'],
    ['ask-administrator', 'An administrator of the organisation has to allow Leadferry before anybody can sign in with it.'],
    ['other-organisation', 'This account does not belong to the organisation that was asked to sign it in.'],
  ])('after "%s" it says what happened', async (button, message) => {
    await expect(signIn(button)).rejects.toMatchObject({
      code: 'bad-credentials',
      message,
      details: { advice: expect.stringMatching(/\.$/) as unknown },
    });
    expect((await shown).match(/<h1>(.*)<\/h1>/)?.[1]).toBe('You are not signed in');
  });

  test('an unknown tenant is said before any browser opens', async () => {
    const attempt = signIn('sign-in', { target: { ...target, tenantId: 'nobody.example' } });
    await expect(attempt).rejects.toThrow('Microsoft Entra knows no tenant "nobody.example".');
    expect(opened).toEqual([]);
  });

  test('can be cancelled while the browser is open, and the loopback address is closed', async () => {
    const cancel = new AbortController();
    const attempt = signIn('', {
      cancel: cancel.signal,
      openBrowser: async (url) => {
        opened.push(url);
        cancel.abort(new Error('cancelled here'));
      },
    });
    await expect(attempt).rejects.toThrow('cancelled here');
    await expect(fetch(new URL(opened[0] ?? '').searchParams.get('redirect_uri') ?? '')).rejects.toThrow('fetch failed');
  });

  test('a system without a browser is told from a refusal', async () => {
    const attempt = signIn('', { openBrowser: () => Promise.reject(new Error('no handler for https')) });
    await expect(attempt).rejects.toMatchObject({
      message: 'The system could not open a browser to sign in with.',
      details: { serviceMessage: 'no handler for https' },
    });
  });
});

describe('a sign-in that is kept', () => {
  test('survives a restart in the vault, and does not lie open there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'leadferry-signin-'));
    const file = join(directory, 'vault.json');
    const secrets = createMemorySecretStore();
    const kept = await signIn('sign-in');
    await createVaultKeeper(createVault(file, secrets)).write(kept);
    const tokens = await createUserSignIn({
      ...ports(),
      target,
      keeper: createVaultKeeper(createVault(file, secrets)),
      resource: environmentUrl,
    });
    expect(entra.verifyToken(`Bearer ${await tokens.accessToken()}`)?.user.name).toBe('Kari Nordmann');
    expect(await readFile(file, 'utf8')).not.toMatch(/Kari|refresh/i);
    await rm(directory, { recursive: true });
  });

  test('is renewed when the service does not accept its token', async () => {
    const tokens = await tokensFor(environmentUrl, await signIn('sign-in'));
    const renewals = () => connected.log.requests.filter(({ path }) => path.endsWith('/token')).length;
    const before = renewals();
    await tokens.accessToken();
    await tokens.accessToken();
    const used = renewals();
    tokens.rejected();
    await tokens.accessToken();
    expect([used - before, renewals() - used]).toEqual([1, 1]);
  });

  test('that was revoked needs the person again', async () => {
    const needed: boolean[] = [];
    const tokens = await tokensFor(environmentUrl, await signIn('sign-in'), (needs) => needed.push(needs));
    await tokens.accessToken();
    entra.revokeSessions();
    tokens.rejected();
    await expect(tokens.accessToken()).rejects.toMatchObject({
      code: 'bad-credentials',
      message: 'The sign-in to Dynamics 365 as Kari Nordmann has ended.',
      details: { serviceCode: 'AADSTS50173' },
    });
    expect(needed).toEqual([false, true]);
  });

  test('of another organisation says that the environment is not there', async () => {
    const tokens = await tokensFor('https://elsewhere.crm.dynamics.com', await signIn('sign-in'));
    await expect(tokens.accessToken()).rejects.toThrow(
      `The organisation of ${sampleDirectory.user.username} has no Dynamics 365 environment at https://elsewhere.crm.dynamics.com.`,
    );
  });

  test('is not used with another registration or tenant', async () => {
    const kept = await signIn('sign-in');
    const asked = (changed: Partial<typeof target>) =>
      createUserSignIn({ ...ports(), target: { ...target, ...changed }, keeper: createMemoryKeeper(kept), resource: environmentUrl });
    const message = 'Nobody has signed in to Dynamics 365 by browser on this machine.';
    await expect(asked({ clientId: '99999999-1111-4222-8333-444444444444' })).rejects.toThrow(message);
    await expect(asked({ tenantId: 'other.example' })).rejects.toThrow(message);
    await expect(asked({ loginOrigin: 'https://login.microsoftonline.us' })).rejects.toThrow(message);
  });
});

describe('the list of environments', () => {
  const list = async (button: string) =>
    listEnvironments({
      ...connected.ports,
      cloud: 'commercial',
      tokens: await tokensFor(discovery, await signIn(button)),
      redirectTo: connected.server.url,
    });

  test('names those of the person', async () => {
    expect(await list('sign-in')).toEqual([{ name: 'Acme Sales', url: environmentUrl }]);
  });

  test('is empty for somebody who may enter none', async () => {
    expect(await list('sign-in-colleague')).toEqual([]);
  });
});
