import { keyringAvailable, startBus, startKeyring } from '../support/keyring.ts';
import { expect, test } from './fixtures.ts';

test.skip(!keyringAvailable, 'needs gnome-keyring, dbus and gdbus');

const address = 'https://acme.api-us1.com';

test('a locked keychain is said with what to do; unlocked, what was stored is there again', async ({ launch }) => {
  const keyring = await startKeyring();
  const first = await launch({ env: keyring.env });
  await first.page.getByLabel('API URL').fill(address);
  await first.page.getByLabel('API key').fill('a-key-to-be-locked-away');
  await first.page.getByRole('region', { name: 'ActiveCampaign' }).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(first.page.getByText('Saved', { exact: true })).toBeVisible();
  await first.quit();

  keyring.lock();
  const second = await launch({ env: keyring.env });
  await second.page.getByRole('navigation').getByRole('button', { name: 'Connection', exact: true }).click();
  await expect(second.page.getByText('The keychain of this system is locked, or what Leadferry kept in it was removed.')).toBeVisible();
  await second.page.getByRole('button', { name: 'Try again' }).click();
  await expect(second.page.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await expect(second.page.getByText('The keychain of this system is locked, or what Leadferry kept in it was removed.')).toBeVisible();
  await second.quit();

  keyring.unlock();
  const third = await launch({ env: keyring.env });
  await third.page.getByRole('navigation').getByRole('button', { name: 'Connection', exact: true }).click();
  await expect(third.page.getByPlaceholder('Stored in the keychain')).toBeVisible();
  await expect(third.page.getByText('The keychain of this system is locked')).toBeHidden();
  await third.quit();
  await keyring.close();
});

test('without a keychain it says so before anything is typed, and a save is refused with the way out', async ({ launch }) => {
  const bus = await startBus();
  const { page, quit } = await launch({ env: bus.env });
  await expect(page.getByText(/The keychain of this machine does not answer/)).toBeVisible();
  await expect(page.getByText(/Start a desktop session with a keyring/).first()).toBeVisible();
  await page.getByLabel('API URL').fill(address);
  await page.getByLabel('API key').fill('a-key-that-cannot-be-kept');
  const service = page.getByRole('region', { name: 'ActiveCampaign' });
  await service.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(service.getByText(/Start a desktop session with a keyring/)).toBeVisible();
  await expect(service.getByText('Not saved')).toBeVisible();
  await quit();
  await bus.close();
});

test('what a test proved of other values is not shown beside those that are saved', async ({ launch }) => {
  const keyring = await startKeyring();
  const { page, quit } = await launch({ env: keyring.env });
  const service = page.getByRole('region', { name: 'ActiveCampaign', exact: true });
  const result = service.getByRole('list', { name: 'Result of the test' });
  await service.getByLabel('API URL').fill('http://127.0.0.1:1');
  await service.getByLabel('API key').fill('a-key');
  await service.getByRole('button', { name: 'Test connection' }).click();
  await expect(result).toHaveAttribute('aria-busy', 'false', { timeout: 40_000 });
  await service.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(service.getByText('Saved', { exact: true })).toBeVisible();
  await expect(result).toBeVisible();
  await expect(service.getByLabel('API URL')).toHaveValue('http://127.0.0.1:1');

  await service.getByLabel('API URL').fill(address);
  await service.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(service.getByText('Saved', { exact: true })).toBeVisible();
  await expect(result).toBeHidden();
  await quit();
  await keyring.close();
});
