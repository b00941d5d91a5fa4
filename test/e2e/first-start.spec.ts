import { expectAccessible } from './accessible.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('nothing is synced before the way has been gone to its end: connection, data, settings, preview, Start', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  office.sales.create('contact', { lastname: 'Nobody' });
  const written = () =>
    office.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET').length +
    (office.office.personByEmail('ada@example.com') ? 1 : 0);

  const first = await launch({ env: office.env });
  await expect(first.page.getByRole('heading', { name: 'Ready to start' })).toBeVisible();
  await first.page.getByRole('region', { name: 'Ready to start' }).getByRole('button', { name: 'Go on with the setup' }).click();
  const way = first.page.getByRole('region', { name: 'First start' });
  await expect(way.getByRole('listitem').filter({ hasText: 'Data Configuration' })).toHaveAttribute('aria-current', 'step');
  await way.getByRole('button', { name: 'Next' }).click();
  await expect(first.page.getByRole('heading', { name: 'Sync Settings', level: 1 })).toBeVisible();

  // Left for another screen, and for another day.
  await first.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'People' }).click();
  await expect(way).toBeHidden();
  await first.quit();
  expect(written()).toBe(0);

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Go on with the setup' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Preview of the Initial Sync', level: 1 })).toBeVisible();
  const lines = page.getByRole('table', { name: 'What the next run would write' }).getByRole('row');
  await expect(lines.nth(1).getByRole('cell')).toHaveText([
    'ada@example.comLead',
    'Emailin ActiveCampaign',
    'empty',
    'ada@example.com',
    'New',
  ]);
  await expect(page.getByText('One person gets the D365 tags.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What it would do' })).toContainText('created in ActiveCampaign1');
  expect(written()).toBe(0);

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByText('1person in sync')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: /^Next sync (at|tomorrow)/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on with the setup' })).toBeHidden();
  expect(office.office.personByEmail('ada@example.com')?.lastName).toBe('Lovelace');
  await office.close();
});

test('what is not saved is not left behind without a word', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  const { page } = await launch({ env: office.env });
  await page.getByRole('main').getByRole('button', { name: 'Go on with the setup' }).click();
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await expect(screens.getByRole('img', { name: 'Not saved' })).toBeHidden();
  await page.getByRole('combobox', { name: 'New people join' }).click();
  await page.getByRole('option', { name: 'Newsletter', exact: true }).click();
  await expect(screens.getByRole('button', { name: 'Data Configuration' }).getByRole('img', { name: 'Not saved' })).toBeVisible();

  await page.getByRole('button', { name: 'Next' }).press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Go on without saving?' });
  await expect(question).toBeVisible();
  await expectAccessible(page, 'the question before what is not saved is left');
  await question.getByRole('button', { name: 'Stay here' }).press('Enter');
  await expect(question).toBeHidden();
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Data Configuration', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'Next' }).press('Enter');
  await question.getByRole('button', { name: 'Go on' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Sync Settings', level: 1 })).toBeVisible();
  await screens.getByRole('button', { name: 'Data Configuration' }).click();
  await expect(page.getByRole('combobox', { name: 'New people join' })).toHaveText('Newsletter');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(screens.getByRole('img', { name: 'Not saved' })).toBeHidden();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Sync Settings', level: 1 })).toBeVisible();
  await office.close();
});

test('the first step offers the sample data, and the others wait for the accounts', async ({ launch }) => {
  const { page } = await launch();
  const way = page.getByRole('region', { name: 'First start' });
  await expect(way.getByRole('listitem').filter({ hasText: 'Connection' })).toHaveAttribute('aria-current', 'step');
  await expect(way.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible({ timeout: 30_000 });
  await expect(way).toBeHidden();
});
