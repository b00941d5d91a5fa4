import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { Settings } from '../../shared/settings.ts';
import { startServices } from '../support/running-services.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

/** What the checklist says of an account, and what becomes of a connection that is replaced or removed. */

const service = (page: Page, name: 'ActiveCampaign' | 'Dynamics 365') => page.getByRole('region', { name, exact: true });
const line = (page: Page, name: 'ActiveCampaign' | 'Dynamics 365', words: string) =>
  service(page, name).getByRole('list', { name: 'Result of the test' }).getByRole('listitem').filter({ hasText: words });
const openConnection = (page: Page) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Connection', exact: true }).click();

const writeConfig = (userData: string, settings: Settings) => writeFile(join(userData, 'config.json'), JSON.stringify(settings));

async function tested(page: Page, name: 'ActiveCampaign' | 'Dynamics 365'): Promise<void> {
  await service(page, name).getByRole('button', { name: 'Test connection' }).click();
  await expect(service(page, name).getByRole('list', { name: 'Result of the test' })).toHaveAttribute('aria-busy', 'false', {
    timeout: 40_000,
  });
}

const lacking: Partial<DynamicsVariant> = {
  privileges: { prvWriteLead: null, prvCreateContact: 'Local' },
  contactChangeTracking: false,
  securedColumns: { lead: ['telephone1'], contact: [] },
};

test('names what is proved, what is missing and what to do about it, line by line', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData, { dynamics: lacking, activeCampaign: { include: 'ignored' } });
  office.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace' });
  const { page } = await launch({ env: office.env });
  await openConnection(page);

  await tested(page, 'Dynamics 365');
  await expect(line(page, 'Dynamics 365', 'Signed in').getByRole('img', { name: 'Passed' })).toBeVisible();
  await expect(line(page, 'Dynamics 365', 'Signed in')).toContainText('As # Leadferry.');
  await expect(line(page, 'Dynamics 365', 'May change leads').getByRole('img', { name: 'Failed' })).toBeVisible();
  await expect(line(page, 'Dynamics 365', 'May change leads')).toContainText('The right prvWriteLead is missing.');
  await expect(line(page, 'Dynamics 365', 'May change leads')).toContainText(
    'Give the application user a security role with Write on Lead at Organization level.',
  );
  await expect(line(page, 'Dynamics 365', 'Change tracking of contacts').getByRole('img', { name: 'Warning' })).toBeVisible();
  await expect(line(page, 'Dynamics 365', 'Mapped fields of leads')).toContainText('Under column security: telephone1.');
  await expect(line(page, 'Dynamics 365', 'Clock in step').getByRole('img')).toBeVisible();

  await tested(page, 'ActiveCampaign');
  await expect(line(page, 'ActiveCampaign', 'Tags of the sync present')).toContainText('Created: D365: Lead');
  await expect(line(page, 'ActiveCampaign', 'come with each contact').getByRole('img', { name: 'Warning' })).toBeVisible();
  await expect(line(page, 'ActiveCampaign', 'Changes found by their time')).toContainText('To the second.');
  await office.close();
});

test('an account that cannot be reached, a wrong key and a page that is no service are told apart', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  const { page } = await launch({ env: office.env });
  await openConnection(page);
  const activeCampaign = service(page, 'ActiveCampaign');
  const url = activeCampaign.getByLabel('API URL');

  await activeCampaign.getByLabel('API key').fill('a-wrong-key');
  await tested(page, 'ActiveCampaign');
  await expect(line(page, 'ActiveCampaign', 'ActiveCampaign reachable').getByRole('img', { name: 'Passed' })).toBeVisible();
  await expect(line(page, 'ActiveCampaign', 'API key accepted').getByRole('img', { name: 'Failed' })).toBeVisible();
  await expect(line(page, 'ActiveCampaign', 'May read contacts').getByRole('img', { name: 'Not tried' })).toBeVisible();

  await url.fill('http://127.0.0.1:1');
  await tested(page, 'ActiveCampaign');
  await expect(line(page, 'ActiveCampaign', 'ActiveCampaign reachable')).toContainText('could not be reached at 127.0.0.1:1');

  await url.fill(office.entraUrl);
  await tested(page, 'ActiveCampaign');
  await expect(line(page, 'ActiveCampaign', 'ActiveCampaign reachable')).toContainText('is not the ActiveCampaign API');

  await url.fill('http://acme.api-us1.com');
  await activeCampaign.getByRole('button', { name: 'Test connection' }).click();
  await expect(activeCampaign.getByText('"http://acme.api-us1.com" is not encrypted.')).toBeVisible();
  await activeCampaign.getByLabel('API key').fill('');
  await activeCampaign.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(activeCampaign.getByText('These settings cannot be used. Nothing was changed.')).toBeVisible();
  await office.close();
});

test('another account under the same settings is refused before anything is written', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await office.run();
  const other = await startServices({ clock: systemClock, accountName: 'somebody-else' });
  await writeConfig(userData, { ...office.settings(), activeCampaign: { apiUrl: other.activeCampaign.url } });
  const { page } = await launch({ env: { ...office.env, LEADFERRY_ACTIVECAMPAIGN_KEY: other.activeCampaign.key } });
  await expect(page.getByRole('navigation', { name: 'Screens' }).getByText(/the links here belong to/)).toBeVisible({ timeout: 20_000 });
  expect(other.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await other.close();
  await office.close();
});

test('warns on the screen before the client secret ends', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  const clientSecretEndsOn = new Date(Date.now() + 5 * 86_400_000).toLocaleDateString('sv');
  await writeConfig(userData, { ...office.settings(), dynamics: { ...office.settings().dynamics, clientSecretEndsOn } });
  const words = /^The client secret of Dynamics 365 ends in [56] days\.$/;
  const { page } = await launch({ env: office.env });
  await expect(page.getByRole('navigation', { name: 'Screens' }).getByText(words)).toBeVisible();
  await openConnection(page);
  await expect(service(page, 'Dynamics 365').getByText(words)).toBeVisible();
  await tested(page, 'Dynamics 365');
  await expect(line(page, 'Dynamics 365', 'Client secret good for a while')).toContainText('ends in');
  await office.close();
});
