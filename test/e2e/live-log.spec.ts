import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('the log is narrowed to words and a run, and exported as it is shown', async ({ launch, userData }) => {
  const app = await launch({ args: ['--demo'] });
  const { page } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Live Log' }).click();
  const lines = page.getByRole('listbox', { name: 'Live Log' }).getByRole('option');
  await page.getByRole('searchbox', { name: 'Words' }).fill('has no e-mail addr');
  // A line about an address that holds these words would fit as well: words are looked for one by one.
  await expect(lines.filter({ hasText: 'has no e-mail address' }).first()).toBeVisible({ timeout: 30_000 });

  await page.getByRole('searchbox', { name: 'Words' }).fill('initial');
  await expect(lines.first()).toHaveText(/Initial Sync started/);
  await page.getByRole('textbox', { name: 'Run' }).fill('99');
  await expect(page.getByText('No line fits.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Run' }).fill('1');
  await expect(lines.first()).toHaveText(/Initial Sync started/);

  const file = join(userData, 'log.csv');
  await app.answerDialogs({ savePath: file });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'For a spreadsheet (CSV)' }).click();
  await expect(page.getByText(`Saved as ${file}`)).toBeVisible();
  const [, first] = (await readFile(file, 'utf8')).split('\r\n');
  expect(first).toContain('"info","run.started","1","Initial Sync started"');
});
