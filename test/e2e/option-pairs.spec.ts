import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../shared/settings.ts';
import { expectAccessible } from './accessible.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('options are paired by hand, missing ones are created after asking, and whoever was held for one syncs', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  const config = join(userData, 'config.json');
  const field = `field:${office.office.fieldId('Preferred products')}`;
  office.configure((settings) => ({
    ...settings,
    dataConfiguration: {
      ...settings.dataConfiguration,
      lead: { ...settings.dataConfiguration.lead, mappings: [{ dynamics: 'new_interests', activeCampaign: field, direction: 'both' }] },
    },
  }));
  await writeFile(config, JSON.stringify(office.settings()));
  office.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com', new_interests: '1,3' });
  await office.run();
  const person = () => office.office.personByEmail('ada@example.com')?.fields['Preferred products'] ?? '';
  expect(person()).toBe('');

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation').getByRole('button', { name: 'Data Configuration' }).click();
  await expect(page.getByText('6 of 6 options have none in ActiveCampaign.')).toBeVisible();
  await page.getByRole('button', { name: /options of / }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Option for Sailing' }).click();
  await page.getByRole('option', { name: 'Training', exact: true }).click();
  await expect(dialog.getByText('Only in ActiveCampaign: Starter kit, Spare parts.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create the 5 in ActiveCampaign' }).press('Enter');
  await expect(dialog.getByText('Hiking, Cycling, Food & wine, Music, Gardening')).toBeVisible();
  await expectAccessible(page, 'the options of a mapping, before some are created');
  expect(office.office.fieldOptions('Preferred products')).toEqual(['Starter kit', 'Training', 'Spare parts']);
  await dialog.getByRole('button', { name: 'Create', exact: true }).press('Enter');
  await expect(dialog.getByText('Created in ActiveCampaign.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(page.getByText('All 6 options are paired.')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();

  const saved = JSON.parse(await readFile(config, 'utf8')) as Settings;
  expect(saved.dataConfiguration.lead.mappings[0]?.options).toEqual([{ dynamics: 1, activeCampaign: 'Training' }]);
  office.configure(() => saved);
  await office.run();
  expect(person()).toBe('||Training||Cycling||');
  await office.close();
});
