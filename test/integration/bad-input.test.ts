import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { organizationId } from '../../main/demo/dynamics/environment.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Settings } from '../../shared/settings.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/**
 * Settings that can be read, and connect to nothing: the run fails, its message says what, where and what to do, nothing is lost, and
 * once it is corrected the Initial Sync takes place as if nothing had been.
 */

const strangerId = '11111111-2222-4333-8444-555555555555';
/** Nothing listens there. */
const deadEnd = 'http://127.0.0.1:1';
const webPage = (): SampleHandler => async () => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
});

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
});
afterEach(() => engine.close());

const dynamics = (change: Partial<Settings['dynamics']>) =>
  engine.configure((settings) => ({ ...settings, dynamics: { ...settings.dynamics, ...change } }));
const activeCampaign = (apiUrl: string) => engine.configure((settings) => ({ ...settings, activeCampaign: { apiUrl } }));
const host = (url: string) => new URL(url).host;

/** The run fails with this; nothing was written on either side, and the same run goes through when all is well again. */
async function failsWith(service: 'activeCampaign' | 'dynamics', code: string, message: string): Promise<void> {
  const run = await engine.run();
  expect(run).toMatchObject({ outcome: 'failed', counts: { toActiveCampaign: { created: 0 }, held: 0, failed: 0 } });
  expect(engine.logged.filter(({ level }) => level === 'error')).toMatchObject([
    { event: 'service.unavailable', message, details: { service, code } },
  ]);
  engine.configure((settings) => ({ ...settings, ...engine.connection }));
  for (const name of ['activecampaign-key', 'dynamics-client-secret'] as const) await engine.giveSecret(name, engine.secrets[name] ?? '');
  expect(await engine.run()).toMatchObject({ kind: 'initial', outcome: 'ok', counts: { toActiveCampaign: { created: 1 } } });
}

describe('ActiveCampaign', () => {
  it('with a wrong API key', async () => {
    await engine.giveSecret('activecampaign-key', 'wrong');
    await failsWith(
      'activeCampaign',
      'bad-credentials',
      `ActiveCampaign (${host(engine.activeCampaign.url)}) does not accept the API key. Copy the key again from ActiveCampaign under Settings > Developer, of a user who may still sign in, and check that the URL shown there is the one used here.`,
    );
  });

  it('at an address where nothing answers', async () => {
    activeCampaign(deadEnd);
    await failsWith(
      'activeCampaign',
      'service-down',
      'ActiveCampaign could not be reached at 127.0.0.1:1. Check the address and the network connection of this machine. The next run tries again.',
    );
  });

  it('at an address that is the one of Dynamics', async () => {
    activeCampaign(engine.dynamics.url);
    await failsWith(
      'activeCampaign',
      'not-the-service',
      `What answers at ${host(engine.dynamics.url)} is not the ActiveCampaign API: it sent a demand for another kind of sign-in. Copy the URL that ActiveCampaign shows under Settings > Developer; a wrong account name leads to a login page.`,
    );
  });

  it('that answers with a web page', async () => {
    const stranger = await openEngine({ around: { activeCampaign: webPage } });
    activeCampaign(stranger.activeCampaign.url);
    await failsWith(
      'activeCampaign',
      'not-the-service',
      `What answers at ${host(stranger.activeCampaign.url)} is not the ActiveCampaign API: it sent a web page. Copy the URL that ActiveCampaign shows under Settings > Developer; a wrong account name leads to a login page.`,
    );
    await stranger.close();
  });
});

describe('Dynamics', () => {
  it('with a tenant that does not exist', async () => {
    dynamics({ tenantId: 'nowhere.example.com' });
    await failsWith(
      'dynamics',
      'bad-credentials',
      'Microsoft Entra knows no tenant "nowhere.example.com". Copy the Directory (tenant) ID from the Microsoft Entra admin center, or use a domain of the organisation.',
    );
  });

  it('with a client id that the tenant does not have', async () => {
    dynamics({ clientId: strangerId });
    await failsWith(
      'dynamics',
      'bad-credentials',
      `The application with the client id ${strangerId} does not exist in the tenant "${engine.connection.dynamics.tenantId}". Copy the Application (client) ID in the Microsoft Entra admin center under App registrations, and check that the tenant is the one of that registration.`,
    );
  });

  it('with a wrong client secret', async () => {
    await engine.giveSecret('dynamics-client-secret', 'wrong');
    await failsWith(
      'dynamics',
      'bad-credentials',
      `The client secret of the application ${engine.connection.dynamics.clientId} is wrong. Enter the Value of the secret, not its Secret ID, or create a new one in the Microsoft Entra admin center under App registrations > Certificates & secrets.`,
    );
  });

  it('at an address where nothing answers', async () => {
    dynamics({ environmentUrl: deadEnd });
    await failsWith(
      'dynamics',
      'service-down',
      'Dynamics 365 could not be reached at 127.0.0.1:1. Check the address and the network connection of this machine. The next run tries again.',
    );
  });

  it('at an address that is the one of ActiveCampaign', async () => {
    dynamics({ environmentUrl: engine.activeCampaign.url });
    await failsWith(
      'dynamics',
      'not-the-service',
      `What answers at ${host(engine.activeCampaign.url)} is not the Dynamics 365 Web API: it sent a redirect to another page. Enter the address of the environment as Dynamics 365 shows it in the browser, such as https://acme.crm.dynamics.com.`,
    );
  });

  it('that answers with a web page', async () => {
    const stranger = await openEngine({ around: { dynamics: webPage } });
    dynamics({ environmentUrl: stranger.dynamics.url });
    await failsWith(
      'dynamics',
      'not-the-service',
      `What answers at ${host(stranger.dynamics.url)} is not the Dynamics 365 Web API: it sent a web page. Enter the address of the environment as Dynamics 365 shows it in the browser, such as https://acme.crm.dynamics.com.`,
    );
    await stranger.close();
  });
});

describe('another system under the same settings', () => {
  it('is refused before anything is written, and the earlier one goes on', async () => {
    await engine.run();
    const other = await openEngine({ accountName: 'somebody-else' });
    other.office.create('stranger@example.com');
    activeCampaign(other.activeCampaign.url);
    const run = await engine.run();
    expect(run.outcome).toBe('failed');
    expect(engine.logged.filter(({ level }) => level === 'error')).toMatchObject([
      {
        event: 'run.wrong-system',
        message:
          'This is the ActiveCampaign account "somebody-else.activehosted.com"; the links here belong to "leadferry-sample.activehosted.com". Connect the earlier one again, or start with an empty data directory for the new one. Nothing was written.',
      },
    ]);
    expect(other.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    await other.close();
    activeCampaign(engine.activeCampaign.url);
    expect(await engine.run()).toMatchObject({ kind: 'scheduled', outcome: 'ok', counts: { toActiveCampaign: { created: 0, linked: 0 } } });
  });

  it('is refused by the number of its organisation too, whatever its address', async () => {
    let organization = organizationId;
    const own = await openEngine({
      around: {
        dynamics: (handler) => async (request) => {
          const response = await handler(request);
          return { ...response, body: response.body.replaceAll(organizationId, organization) };
        },
      },
    });
    own.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    await own.run();
    organization = '00000000-92de-4f6b-a1c7-d04e8f2b9361';
    own.sales.create('lead', { lastname: 'King', emailaddress1: 'king@example.com' });
    const run = await own.run();
    expect([run.outcome, own.office.people().length]).toEqual(['failed', 1]);
    expect(own.logged.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`This is the Dynamics organisation ${organization}; the links here belong to ${organizationId}.`),
    );
    await own.close();
  });
});
