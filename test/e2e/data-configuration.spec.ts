import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('conditions and a direction are built from what both accounts have, checked, and kept in the settings file', async ({
  launch,
  userData,
}) => {
  const { page } = await launch({ args: ['--demo'] });
  await page.getByRole('button', { name: 'Data Configuration' }).click();
  await page.getByRole('radio', { name: 'Those that meet conditions' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('One thing needs fixing first.')).toBeVisible();
  await expect(page.getByText('Choose a column.')).toBeVisible();

  await page.getByRole('combobox', { name: 'Column', exact: true }).pressSequentially('address1_country');
  await page.getByRole('option', { name: 'address1_country' }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('Norway');
  await page.getByRole('tab', { name: 'Contacts' }).click();
  await page.getByRole('combobox', { name: 'Direction' }).first().click();
  await page.getByRole('option', { name: 'Only to Dynamics' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await page.getByRole('tab', { name: 'Leads' }).click();
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('Norway');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();

  const { dataConfiguration } = JSON.parse(await readFile(join(userData, 'sample-data/config.json'), 'utf8')) as {
    dataConfiguration: { lead: { criteria: unknown }; contact: { direction: unknown } };
  };
  expect([dataConfiguration.lead.criteria, dataConfiguration.contact.direction]).toEqual([
    { match: 'conditions', join: 'and', conditions: [{ field: 'address1_country', operator: 'equals', value: 'Norway' }] },
    'toDynamics',
  ]);
});
