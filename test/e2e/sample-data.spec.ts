import { expect, test } from './fixtures.ts';

/** 3,500 people at the pace that ActiveCampaign allows. */
const initialSyncMs = 120_000;

test('sample data syncs before one’s eyes, and a changed job frequency is found again after a restart', async ({ launch }) => {
  test.setTimeout(initialSyncMs + 60_000);
  const first = await launch();
  await first.page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(first.page.getByText('Everything works and nothing leaves this computer.')).toBeVisible();

  await first.page.getByRole('button', { name: 'Live Log' }).click();
  await first.page.getByRole('listbox', { name: 'Live Log' }).press('Home');
  await expect(first.page.getByRole('option', { name: /Initial Sync/ }).first()).toBeVisible();

  await first.page.getByRole('button', { name: 'Sync Settings' }).click();
  await expect(first.page.getByRole('region', { name: 'Initial Sync' }).getByText('Finished', { exact: true })).toBeVisible({
    timeout: initialSyncMs,
  });
  await first.page.getByRole('combobox', { name: 'Job Frequency' }).click();
  await expect(first.page.getByRole('option')).toHaveText(['1 hour', '2 hours', '4 hours', '6 hours', '8 hours', '12 hours', 'Once daily']);
  await first.page.getByRole('option', { name: '4 hours' }).click();
  await expect(first.page.getByRole('combobox', { name: 'Job Frequency' })).toHaveText('4 hours');
  await first.quit();

  const second = await launch();
  await second.page.getByRole('button', { name: 'Sync Settings' }).click();
  await expect(second.page.getByText('Everything works and nothing leaves this computer.')).toBeVisible();
  await expect(second.page.getByRole('combobox', { name: 'Job Frequency' })).toHaveText('4 hours');
});

test('what was not saved on the sample data is gone with it, and so is its mark', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('button', { name: 'Data Configuration' }).click();
  await page.getByRole('combobox', { name: 'New people join' }).click();
  await page.getByRole('option', { name: 'Customers', exact: true }).click();
  await expect(screens.getByRole('img', { name: 'Not saved' })).toBeVisible();
  await screens.getByRole('button', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Leave sample data' }).click();
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
  await expect(screens.getByRole('img', { name: 'Not saved' })).toBeHidden();
});
