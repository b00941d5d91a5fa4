import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions, PublicClientApplication } from '@azure/msal-node';
import { afterEach, describe, expect, it } from 'vitest';
import { type Directory, sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import { createSampleEntra } from '../../main/demo/entra/service.ts';
import { type LoopbackServer, serveOnLoopback } from '../../main/demo/loopback-server.ts';
import { systemRandom } from '../../main/ports/random.ts';

/** The sample sign-in as the real MSAL sees it, over real HTTP. */

const textWith = (part: string): unknown => expect.stringContaining(part);
const resource = 'http://127.0.0.1:5555';
const servers: LoopbackServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(directory: Directory = sampleDirectory) {
  const clock = {
    ahead: 0,
    now() {
      return Date.now() + this.ahead;
    },
  };
  const entra = createSampleEntra({ clock, random: systemRandom, directory });
  const server = await serveOnLoopback(entra.handle);
  servers.push(server);
  const local = (url: string) => url.replace('https://login.microsoftonline.com', server.url);

  async function exchange<Body>(url: string, options: NetworkRequestOptions | undefined, method: string) {
    const response = await fetch(local(url), {
      method,
      ...(options?.headers === undefined ? {} : { headers: options.headers }),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.json()) as Body };
  }
  const networkClient: INetworkModule = {
    sendGetRequestAsync: (url, options) => exchange(url, options, 'GET'),
    sendPostRequestAsync: (url, options) => exchange(url, options, 'POST'),
  };
  return { entra, clock, local, networkClient };
}

type Started = Awaited<ReturnType<typeof start>>;

function application({ networkClient }: Started, changes: { clientId?: string; clientSecret?: string; tenant?: string } = {}) {
  const { clientId = sampleApplication.clientId, clientSecret = sampleApplication.secret, tenant = sampleDirectory.tenantId } = changes;
  return new ConfidentialClientApplication({
    auth: { clientId, clientSecret, authority: `https://login.microsoftonline.com/${tenant}` },
    system: { networkClient },
  });
}

describe('application sign-in', () => {
  const request = { scopes: [`${resource}/.default`] };

  it('gives a token for the environment in the scope, which ends by the service’s clock', async () => {
    const started = await start();
    const result = await application(started).acquireTokenByClientCredential(request);
    const header = `Bearer ${result?.accessToken}`;
    const identity = started.entra.verifyToken(header);
    started.clock.ahead = 3_600_000;
    expect([identity, started.entra.verifyToken(header), started.entra.verifyToken(undefined)]).toEqual([
      { audience: resource, user: { objectId: sampleApplication.objectId, name: 'Leadferry' } },
      null,
      null,
    ]);
  });

  it('takes a domain for the tenant', async () => {
    const result = await application(await start(), { tenant: 'leadferry-sample.example' }).acquireTokenByClientCredential(request);
    expect(result?.accessToken).toMatch(/\./);
  });

  it.each([
    ['a wrong secret', { clientSecret: 'wrong' }, 7000215],
    ['an unknown application', { clientId: '11111111-1111-4111-8111-111111111111' }, 700016],
    ['an unknown tenant', { tenant: 'nobody.example' }, 90002],
  ])('refuses %s', async (_, changes, number) => {
    const signIn = application(await start(), changes).acquireTokenByClientCredential(request);
    await expect(signIn).rejects.toMatchObject({ errorNo: number, errorMessage: textWith(`AADSTS${number}: `) });
  });

  it('refuses a scope without an environment', async () => {
    const signIn = application(await start()).acquireTokenByClientCredential({ scopes: ['crm/.default'] });
    await expect(signIn).rejects.toMatchObject({ errorNo: 70011 });
  });

  it('refuses an application that nobody consented to', async () => {
    const directory = { ...sampleDirectory, applications: [{ ...sampleApplication, consented: false }] };
    const signIn = application(await start(directory)).acquireTokenByClientCredential(request);
    await expect(signIn).rejects.toMatchObject({ errorNo: 65001, subError: 'consent_required' });
  });
});

describe('browser sign-in', () => {
  const scopes = [`${resource}/user_impersonation`];

  /** Opens the sign-in page and presses one of its buttons, as a browser does. */
  async function press(url: string, button: string): Promise<void> {
    const page = await (await fetch(url)).text();
    const form = [...page.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].find(([, , inner = '']) =>
      inner.includes(`id="${button}"`),
    );
    const fields = [...(form?.[2] ?? '').matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
    await fetch(form?.[1] ?? '', { method: 'POST', body: new URLSearchParams(fields) });
  }

  const publicClient = ({ networkClient }: Started) =>
    new PublicClientApplication({
      auth: { clientId: sampleApplication.clientId, authority: 'https://login.microsoftonline.com/organizations' },
      system: { networkClient },
    });
  const signIn = (started: Started, client: PublicClientApplication, button: string) =>
    client.acquireTokenInteractive({ scopes, openBrowser: (url) => press(started.local(url), button) });

  it('ends with a token for the user, through PKCE and a posted form', async () => {
    const started = await start();
    const result = await signIn(started, publicClient(started), 'sign-in');
    expect([result.account?.username, result.tenantId, started.entra.verifyToken(`Bearer ${result.accessToken}`)]).toEqual([
      sampleDirectory.user.username,
      sampleDirectory.tenantId,
      { audience: resource, user: { objectId: sampleDirectory.user.objectId, name: 'Kari Nordmann' } },
    ]);
  });

  it('is renewed without a person until the sessions are revoked', async () => {
    const started = await start();
    const client = publicClient(started);
    const { account, accessToken } = await signIn(started, client, 'sign-in');
    if (account === null) throw new Error('The sign-in gave no account');
    started.clock.ahead = 60_000;
    const renewed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true });
    started.entra.revokeSessions();
    expect(renewed.accessToken).not.toBe(accessToken);
    await expect(client.acquireTokenSilent({ account, scopes, forceRefresh: true })).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      errorNo: 50173,
    });
  });

  it.each([
    ['cancel', 'cancelled'],
    ['refuse-consent', 'AADSTS65004'],
  ])('ends without a token after %s', async (button, words) => {
    const started = await start();
    await expect(signIn(started, publicClient(started), button)).rejects.toMatchObject({
      errorCode: 'access_denied',
      errorMessage: textWith(words),
    });
  });

  it('exchanges a code once, and only for the verifier of its challenge', async () => {
    const started = await start();
    const parameters = {
      client_id: sampleApplication.clientId,
      redirect_uri: 'http://localhost:4000',
      response_mode: 'form_post',
      scope: `${scopes.join(' ')} openid`,
      // The example of RFC 7636, appendix B.
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    const token = async (verifier: string, code: string) => {
      const response = await fetch(started.local('https://login.microsoftonline.com/organizations/oauth2/v2.0/token'), {
        method: 'POST',
        body: new URLSearchParams({ ...parameters, grant_type: 'authorization_code', code, code_verifier: verifier }),
      });
      return /AADSTS\d+/.exec(await response.text())?.[0] ?? response.status;
    };
    const newCode = async () => {
      const address = `https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${String(new URLSearchParams(parameters))}`;
      return /name="code" value="([^"]+)"/.exec(await (await fetch(started.local(address))).text())?.[1] ?? '';
    };
    const [first, second] = [await newCode(), await newCode()];
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect([await token(verifier, first), await token(verifier, first), await token(`${verifier}x`, second)]).toEqual([
      200,
      'AADSTS54005',
      'AADSTS501481',
    ]);
  });

  it('sends no answer to an address that is not this machine', async () => {
    const started = await start();
    const parameters = new URLSearchParams({ client_id: sampleApplication.clientId, redirect_uri: 'https://evil.example/' });
    const response = await fetch(
      started.local(`https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${String(parameters)}`),
    );
    expect([response.status, await response.text()]).toEqual([400, textWith('AADSTS50011')]);
  });
});

describe('discovery', () => {
  it('names the real host, and refuses a tenant that does not exist', async () => {
    const { local } = await start();
    const read = async (path: string) => (await fetch(local(`https://login.microsoftonline.com${path}`))).json() as Promise<unknown>;
    expect([
      await read('/organizations/v2.0/.well-known/openid-configuration'),
      await read('/nobody.example/v2.0/.well-known/openid-configuration'),
      await read(
        '/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
      ),
    ]).toEqual([
      expect.objectContaining({ token_endpoint: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token' }),
      expect.objectContaining({ error_codes: [90002] }),
      expect.objectContaining({
        tenant_discovery_endpoint: 'https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration',
      }),
    ]);
  });
});
