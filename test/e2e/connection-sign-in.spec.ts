import type { Page } from '@playwright/test';
import { sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { type Keyring, keyringAvailable, startKeyring } from '../support/keyring.ts';
import { type RunningServices, startServices } from '../support/running-services.ts';
import type { RunningApp } from './app.ts';
import { test as base, expect } from './fixtures.ts';

/** The browser sign-in as a person goes through it: the app, the page of the sample Entra in a browser of its own, and back. */

let services: RunningServices;
let keyring: Keyring;

/** Set up before the app and taken down after it: a program whose session bus ends is ended with it. */
const test = base.extend<{ readonly stage: string }>({
  stage: [
    async ({ userData }, use) => {
      [services, keyring] = await Promise.all([startServices({ clock: systemClock }), startKeyring()]);
      await use(userData);
      await services.close();
      await keyring.close();
    },
    { auto: true },
  ],
});

/** A whole sign-in takes a while on a busy machine: two processes, a browser, and the keychain. */
test.setTimeout(120_000);
test.skip(!keyringAvailable, 'needs gnome-keyring, dbus and gdbus: a sign-in is kept in the keychain');

const env = () => ({ ...keyring.env, LEADFERRY_ENTRA_URL: services.entraUrl });
const dynamics = (page: Page) => page.getByRole('region', { name: 'Dynamics 365' });
const panel = (page: Page) => page.getByRole('region', { name: 'Browser sign-in' });

async function beginSignIn(app: RunningApp): Promise<string> {
  await dynamics(app.page).getByLabel('Client id').fill(sampleApplication.clientId);
  return clickSignIn(app, 'Sign in with Microsoft');
}

/** @returns the address that the app had the browser of the system open. */
async function clickSignIn(app: RunningApp, button: string): Promise<string> {
  const before = (await app.openedLinks()).length;
  await panel(app.page).getByRole('button', { name: button }).click();
  await expect(panel(app.page).getByText('Waiting for your browser')).toBeVisible();
  await expect.poll(async () => (await app.openedLinks()).length).toBe(before + 1);
  return (await app.openedLinks()).at(-1) ?? '';
}

test('from the first click to a saved connection, which is there again after a restart', async ({ launch, visit }) => {
  const app = await launch({ env: env() });
  await expect(panel(app.page).getByText('Enter the client id first.')).toBeVisible();
  const browser = await visit(await beginSignIn(app));
  await browser.getByRole('button', { name: 'Sign in as Kari Nordmann' }).click();
  await expect(browser.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await expect(panel(app.page).getByText('Signed in as Kari Nordmann')).toBeVisible();
  await expect(panel(app.page).getByText('in use once saved')).toBeVisible();

  await expect(dynamics(app.page).getByText('One environment found.')).toBeVisible();
  await dynamics(app.page).getByRole('combobox', { name: 'Environment' }).click();
  await app.page.getByRole('option', { name: /Sample Sales/ }).click();
  await expect(dynamics(app.page).getByRole('combobox', { name: 'Environment' })).toHaveValue(services.dynamics.url);
  await dynamics(app.page).getByRole('button', { name: 'Test connection' }).click();
  await expect(dynamics(app.page).getByText('May read contacts')).toBeVisible();
  await dynamics(app.page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dynamics(app.page).getByText('Saved', { exact: true })).toBeVisible();
  await expect(dynamics(app.page).getByText('Set up', { exact: true })).toBeVisible();
  await app.quit();

  const again = await launch({ env: env() });
  await expect(panel(again.page).getByText('Signed in as Kari Nordmann')).toBeVisible();
  await dynamics(again.page).getByRole('button', { name: 'Test connection' }).click();
  await expect(dynamics(again.page).getByText('May read contacts')).toBeVisible();

  await panel(again.page).getByRole('button', { name: 'Sign out' }).click();
  await expect(again.page.getByText('Nobody is unlinked and nothing is deleted')).toBeVisible();
  await again.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(panel(again.page).getByText('Nobody is signed in')).toBeVisible();
});

test('can be cancelled, and the page opened again', async ({ launch, visit }) => {
  const app = await launch({ env: env() });
  const address = await beginSignIn(app);
  await panel(app.page).getByRole('button', { name: 'Open the page again' }).click();
  await expect.poll(app.openedLinks).toEqual([address, address]);
  await panel(app.page).getByRole('button', { name: 'Cancel' }).click();
  await expect(panel(app.page).getByText('Nobody is signed in')).toBeVisible();
  await expect(panel(app.page).getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled();

  const browser = await visit(await clickSignIn(app, 'Sign in with Microsoft'));
  await browser.getByRole('button', { name: 'Sign in as Kari Nordmann' }).click();
  await expect(panel(app.page).getByText('Signed in as Kari Nordmann')).toBeVisible();
});

test('nobody comes back in time', async ({ launch }) => {
  const app = await launch({ env: env(), args: ['--sign-in-seconds=1'] });
  await dynamics(app.page).getByLabel('Client id').fill(sampleApplication.clientId);
  await panel(app.page).getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(panel(app.page).getByText('Nobody signed in within the time that was given.')).toBeVisible();
  await expect(panel(app.page).getByRole('button', { name: 'Sign in with Microsoft' })).toBeEnabled();
});

for (const [deed, button, message] of [
  ['cancelled in the browser', 'Cancel', 'The sign-in was cancelled in the browser.'],
  ['consent refused', 'Refuse consent', 'Leadferry was not allowed to use Dynamics 365 as you.'],
  ['an administrator has to consent', /administrator/, 'An administrator of the organisation has to allow Leadferry'],
  ['an account of another organisation', /another organisation/, 'This account does not belong to the organisation'],
] as const) {
  test(`says what happened: ${deed}`, async ({ launch, visit }) => {
    const app = await launch({ env: env() });
    const browser = await visit(await beginSignIn(app));
    await browser.getByRole('button', { name: button, exact: typeof button === 'string' }).click();
    await expect(browser.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
    await expect(panel(app.page).getByText(message)).toBeVisible();
    await expect(panel(app.page).getByText('Nobody is signed in')).toBeVisible();
  });
}

test('a tenant that does not exist is said before a browser opens', async ({ launch }) => {
  const app = await launch({ env: env() });
  await dynamics(app.page).getByLabel('Client id').fill(sampleApplication.clientId);
  await dynamics(app.page).getByLabel('Tenant').fill('nobody.example');
  await panel(app.page).getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(panel(app.page).getByText('Microsoft Entra knows no tenant "nobody.example".')).toBeVisible();
  expect(await app.openedLinks()).toEqual([]);
});

test('an account without an environment, and an environment of another organisation', async ({ launch, visit }) => {
  const app = await launch({ env: env() });
  const browser = await visit(await beginSignIn(app));
  await browser.getByRole('button', { name: /Ola Hansen/ }).click();
  await expect(panel(app.page).getByText('Signed in as Ola Hansen')).toBeVisible();
  await expect(dynamics(app.page).getByText(/This account has no environment that is listed/)).toBeVisible();

  await dynamics(app.page).getByRole('combobox', { name: 'Environment' }).fill(services.dynamics.url);
  await dynamics(app.page).getByRole('button', { name: 'Test connection' }).click();
  await expect(dynamics(app.page).getByText(/its user does not exist in the environment/)).toBeVisible();

  await dynamics(app.page).getByRole('combobox', { name: 'Environment' }).fill('https://elsewhere.crm.dynamics.com');
  await dynamics(app.page).getByRole('button', { name: 'Test connection' }).click();
  await expect(
    dynamics(app.page).getByText(`The organisation of ${sampleDirectory.colleague.username} has no Dynamics 365 environment at`),
  ).toBeVisible();
});

test('a sign-in that has ended fails the run with that reason, and the same account goes on by signing in again', async ({
  launch,
  visit,
}) => {
  const app = await launch({ env: { ...env(), LEADFERRY_ACTIVECAMPAIGN_KEY: services.activeCampaign.key } });
  await app.page.getByLabel('API URL').fill(services.activeCampaign.url);
  await app.page.getByRole('region', { name: 'ActiveCampaign' }).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.page.getByText('Saved', { exact: true })).toBeVisible();
  const first = await visit(await beginSignIn(app));
  await first.getByRole('button', { name: 'Sign in as Kari Nordmann' }).click();
  await expect(panel(app.page).getByText('Signed in as Kari Nordmann')).toBeVisible();
  services.revokeSignIns();
  await dynamics(app.page).getByRole('combobox', { name: 'Environment' }).fill(services.dynamics.url);
  await dynamics(app.page).getByRole('button', { name: 'Save', exact: true }).click();
  await app.page.evaluate(() => window.leadferry.call.start());

  await expect(panel(app.page).getByText('The sign-in as Kari Nordmann has ended')).toBeVisible();
  await expect.poll(app.notifications).toContainEqual(expect.stringContaining('The sign-in to Dynamics 365 as Kari Nordmann has ended.'));
  await app.page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await expect(app.page.getByRole('main').getByText('The sign-in to Dynamics 365 as Kari Nordmann has ended.').first()).toBeVisible();
  await app.page.getByRole('main').getByRole('button', { name: 'Go to Connection' }).click();

  const second = await visit(await clickSignIn(app, 'Sign in again'));
  await second.getByRole('button', { name: 'Sign in as Kari Nordmann' }).click();
  await expect(panel(app.page).getByText('Signed in as Kari Nordmann')).toBeVisible();
  await expect(dynamics(app.page).getByText('Set up', { exact: true })).toBeVisible();
});
