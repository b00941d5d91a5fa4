import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openEventfulOffice } from './eventful-office.ts';
import { expectToFit } from './fitting.ts';
import { expect, test } from './fixtures.ts';

/** Every screen in its main states: without a finding of axe in light and dark, and without anything cut off from 900x640 to 4K. */

const open = (page: Page, title: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title }).click();

async function expectWellMade(page: Page, state: string): Promise<void> {
  await expectToFit(page, state);
  await expectAccessible(page, state);
}

test('before anything is connected', async ({ launch, userData }) => {
  await writeFile(join(userData, 'config.json'), '{ "version": 1, "syncSettings": { "jobFrequency": "5m" } }');
  const { page } = await launch();
  await expect(page.getByRole('main').getByText('The settings file cannot be used.')).toBeVisible();
  await expectWellMade(page, 'Connection, with a settings file that cannot be used');
  for (const title of ['Overview', 'People', 'Data Configuration', 'Sync Settings', 'Live Log']) {
    await open(page, title);
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expectWellMade(page, `${title}, not connected`);
  }
});

test('with people in sync, a conflict and a held run', async ({ launch, userData }) => {
  test.setTimeout(300_000);
  const office = await openEventfulOffice(userData);
  const { page } = await launch({ env: office.env });
  await page.getByText('Run by run').click();
  await expectWellMade(page, 'Overview');

  await page.getByRole('region', { name: 'Needs attention' }).getByRole('button', { name: 'Look at the plan' }).click();
  await expect(page.getByRole('heading', { name: 'Line by line' })).toBeVisible();
  await expectWellMade(page, 'Held run');
  await page.getByRole('button', { name: 'Drop it' }).click();
  await expect(page.getByRole('heading', { name: 'No run is held' })).toBeVisible();
  await expectWellMade(page, 'No held run');

  await open(page, 'Overview');
  await page.getByRole('button', { name: 'Preview the next run' }).click();
  await expect(page.getByText('This run would be held.')).toBeVisible();
  await expectWellMade(page, 'Preview');

  await open(page, 'People');
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button').nth(3)).toBeVisible();
  await expectWellMade(page, 'People');
  await page.getByRole('button', { name: 'ada@example.com' }).click();
  await expect(page.getByRole('heading', { name: 'Which First name is right?' })).toBeVisible();
  await expectWellMade(page, 'A person with a conflict');
  await page.getByRole('button', { name: 'All people' }).click();
  await page.getByRole('button', { name: 'Nobody' }).click();
  await expect(page.getByRole('heading', { name: 'Why this person does not sync' })).toBeVisible();
  await expectWellMade(page, 'A person who is held');

  await open(page, 'Connection');
  await page.getByRole('button', { name: 'Test connection' }).last().click();
  await expect(page.getByRole('list', { name: 'Result of the test' })).toBeVisible();
  await expectWellMade(page, 'Connection, tested');

  await open(page, 'Data Configuration');
  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expectWellMade(page, 'Data Configuration, with something to fix');

  await open(page, 'Sync Settings');
  await page.getByRole('combobox', { name: 'Job Frequency' }).click();
  await expectAccessible(page, 'Sync Settings, choosing how often');
  await page.getByRole('option', { name: 'Once daily' }).click();
  await expect(page.getByLabel('Time of day')).toBeVisible();
  await page.getByRole('textbox', { name: 'Emptied' }).fill('x');
  await expectWellMade(page, 'Sync Settings');

  await open(page, 'Live Log');
  await page.getByRole('option').first().click();
  await expectWellMade(page, 'Live Log with the details of a line');
  await page.getByRole('button', { name: 'Export' }).click();
  await expectAccessible(page, 'Live Log, exporting');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Words' }).fill('nothing like this');
  await expect(page.getByText('No line fits.')).toBeVisible();
  await expectWellMade(page, 'Live Log without a line');
  await office.close();
});
