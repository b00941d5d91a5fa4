import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startKeyring } from '../support/keyring.ts';
import { projectRoot } from './app.ts';
import { openConnectedOffice } from './connected-office.ts';
import { openEventfulOffice } from './eventful-office.ts';
import { expect, test } from './fixtures.ts';
import { openUndecidedOffice } from './undecided-office.ts';
import { openWidenedOffice } from './widened-office.ts';

/** Writes pictures of every screen to `docs/screenshots`: `npm run screenshots`. */
const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 900, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 900, height: 640 } },
] as const;

const folder = process.env.LEADFERRY_SCREENSHOTS ?? join(projectRoot, 'docs/screenshots');

for (const look of looks) {
  const name = `${look.colorScheme}-${look.viewport.width}x${look.viewport.height}`;
  const picture = async (page: Page, screen: string): Promise<void> => {
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `${screen}-${name}.png`), animations: 'disabled' });
  };
  const open = (page: Page, title: string) =>
    page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true }).click();

  test.describe(name, () => {
    test.use(look);
    test.setTimeout(240_000);

    test('a first start, with a keychain that answers', async ({ launch }) => {
      const keyring = await startKeyring();
      const { page } = await launch({ env: keyring.env });
      await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible();
      await picture(page, 'first-start');
      await keyring.close();
    });

    test('screens on sample data', async ({ launch }) => {
      const { page } = await launch();
      await page.getByRole('button', { name: 'Try with sample data' }).click();
      await expect(page.getByText(/ · Writing$/)).toBeVisible({ timeout: 60_000 });
      await picture(page, 'overview');

      await open(page, 'Live Log');
      await expect(page.getByRole('option').nth(12)).toBeVisible({ timeout: 30_000 });
      await picture(page, 'live-log');

      await open(page, 'People');
      await expect(page.getByRole('list', { name: 'People' }).getByRole('button').nth(6)).toBeVisible();
      await picture(page, 'people');

      await open(page, 'Sync Settings');
      await expect(page.getByRole('heading', { name: 'Job Schedule' })).toBeVisible();
      await picture(page, 'sync-settings');
      await page.getByRole('heading', { name: 'General' }).scrollIntoViewIfNeeded();
      await picture(page, 'sync-settings-limits');

      await open(page, 'Data Configuration');
      await expect(page.getByText(/leads meet it now/)).toBeVisible({ timeout: 30_000 });
      await picture(page, 'data-configuration');
      await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
      await page.getByRole('button', { name: 'Add a condition' }).click();
      await page.getByRole('combobox', { name: 'Column', exact: true }).pressSequentially('address1_country');
      await page.getByRole('option', { name: 'address1_country' }).click();
      await page.getByRole('textbox', { name: 'Value' }).fill('Norway');
      await expect(page.getByText(/leads meet it now/)).toBeVisible({ timeout: 30_000 });
      await picture(page, 'data-configuration-conditions');

      await open(page, 'Connection');
      await page.getByRole('button', { name: 'Test connection' }).first().click();
      await expect(page.getByText('Testing', { exact: true })).toBeHidden({ timeout: 120_000 });
      await expect(page.getByRole('list', { name: 'Result of the test' })).toBeVisible();
      await picture(page, 'connection');
    });

    test('the way of the first start', async ({ launch, userData }) => {
      const office = await openConnectedOffice(userData);
      office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
      office.sales.create('lead', { firstname: 'Grace', lastname: 'Hopper', emailaddress1: 'grace@example.com' });
      office.sales.create('contact', { firstname: 'Mary', lastname: 'Somerville', emailaddress1: 'mary@example.com' });
      const { page } = await launch({ env: office.env });
      await page.getByRole('main').getByRole('button', { name: 'Go on with the setup' }).click();
      await page.getByRole('button', { name: /suggestions/ }).click();
      await picture(page, 'data-configuration-suggestions');
      for (const field of ['Company', 'Job title', 'Country'])
        await page.getByRole('checkbox', { name: `${field} in ActiveCampaign` }).check();
      await page.getByRole('button', { name: 'Add 3 fields' }).click();
      await page.getByRole('heading', { name: 'Field mapping' }).scrollIntoViewIfNeeded();
      await picture(page, 'data-configuration-mapping');
      await page.getByRole('button', { name: 'What it means' }).click();
      await expect(page.getByText(/^Newly mapped/)).toBeVisible();
      await picture(page, 'data-configuration-meaning');
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByRole('heading', { name: 'Line by line' })).toBeVisible({ timeout: 20_000 });
      await picture(page, 'first-start-preview');
      await office.close();
    });

    test('a question after a change of the settings, and automations', async ({ launch, userData }) => {
      const office = await openWidenedOffice(userData);
      const { page } = await launch({ env: office.env });
      await expect(page.getByRole('button', { name: 'Bring them in' }).first()).toBeVisible({ timeout: 20_000 });
      await picture(page, 'overview-newcomers');
      await open(page, 'Data Configuration');
      const section = page.getByRole('region', { name: 'Create a lead when somebody enters an automation' });
      await section.getByRole('combobox', { name: 'Add an automation' }).pressSequentially('webinar');
      await page.getByRole('option', { name: 'Webinar follow-up' }).click();
      await section.getByText('Or let the automation give the tags itself').click();
      await section.evaluate((part) => part.scrollIntoView({ block: 'start' }));
      await picture(page, 'data-configuration-automations');
      await office.close();
    });

    test('what a person is asked: who somebody is, tags to repair, options to pair', async ({ launch, userData }) => {
      const office = await openUndecidedOffice(userData);
      const { page } = await launch({ env: office.env });
      await open(page, 'People');
      await expect(page.getByRole('button', { name: 'Repair all 2' })).toBeVisible();
      await picture(page, 'people-repair');
      await page.getByRole('list', { name: 'People' }).getByRole('button', { name: 'Held Ada Byron' }).click();
      await expect(page.getByRole('list', { name: 'Who it could be' }).getByText('London')).toBeVisible();
      await picture(page, 'person-choose');
      await open(page, 'Data Configuration');
      await page.getByRole('button', { name: /options of / }).click();
      await expect(page.getByRole('dialog').getByRole('combobox').first()).toBeVisible();
      await picture(page, 'data-configuration-options');
      await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
      await open(page, 'Overview');
      await expect(page.getByText(/cannot be carried out/).first()).toBeVisible();
      await picture(page, 'overview-questions');
      await office.close();
    });

    test('a conflict, a held run and a preview', async ({ launch, userData }) => {
      const office = await openEventfulOffice(userData);
      const { page } = await launch({ env: office.env });
      await open(page, 'People');
      await page.getByRole('button', { name: 'ada@example.com' }).click();
      await expect(page.getByRole('heading', { name: 'Both sides' })).toBeVisible();
      await picture(page, 'person');
      await open(page, 'Overview');
      await expect(page.getByRole('heading', { name: 'Last runs' })).toBeVisible();
      await picture(page, 'overview-attention');
      await page.getByRole('heading', { name: 'Last runs' }).evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
      await picture(page, 'overview-runs');
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Look at the plan' }).click();
      await expect(page.getByRole('heading', { name: 'Line by line' })).toBeVisible();
      await picture(page, 'held-run');
      await page.getByRole('button', { name: 'Drop it' }).click();
      await open(page, 'Overview');
      await page.getByRole('button', { name: 'Preview the next run' }).click();
      await expect(page.getByText('This run would be held.')).toBeVisible({ timeout: 20_000 });
      await picture(page, 'preview');
      await open(page, 'Live Log');
      await page.getByRole('option').last().click();
      await picture(page, 'live-log-details');
      await writeFile(join(userData, 'config.json'), '{ "version": 1, "syncSettings": { "jobFrequency": "5m" } }');
      await expect(page.getByRole('main').getByText('The settings file cannot be used.')).toBeVisible({ timeout: 20_000 });
      await open(page, 'Sync Settings');
      await expect(page.getByRole('heading', { name: 'Job Schedule' })).toBeVisible();
      await picture(page, 'settings-file');
      await office.close();
    });
  });
}
