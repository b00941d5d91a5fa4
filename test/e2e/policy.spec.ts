import { expect, test } from './fixtures.ts';

test('the screens keep to the page’s own security policy and log no error', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.reload();

  const open = (title: string) => page.getByRole('navigation').getByRole('button', { name: title }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await open('People');
  await page.getByRole('list', { name: 'People' }).getByRole('button').first().click({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Both sides' })).toBeVisible();
  await open('Connection');
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
  await open('Data Configuration');
  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('combobox', { name: 'Column', exact: true }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: 'Contacts' }).click();
  await open('Sync Settings');
  await page.getByRole('combobox', { name: 'Job Frequency' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Emptied' }).fill('x');
  await open('Live Log');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().click();
  await expect(page.getByText('Event', { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});
