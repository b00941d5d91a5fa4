import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('a settings file that cannot be used is named with its key, and is taken over once it is corrected', async ({ launch, userData }) => {
  const file = join(userData, 'config.json');
  await writeFile(file, '{ "version": 1, "syncSettings": { "jobFrequency": "5m" } }');
  const app = await launch();
  const { page } = app;
  const banner = page.getByRole('group').filter({ hasText: 'The settings file cannot be used.' });
  await expect(banner.getByText('syncSettings.jobFrequency')).toBeVisible();
  await banner.getByRole('button', { name: 'Open config.json' }).click();
  await expect.poll(app.openedFiles).toEqual([file]);

  await writeFile(file, '{ "version": 1, "syncSettings": { "jobFrequency": "8h" } }');
  await expect(banner).toBeHidden();
  await page.getByRole('button', { name: 'Sync Settings' }).click();
  await expect(page.getByRole('combobox', { name: 'Job Frequency' })).toHaveText('8 hours');
});
