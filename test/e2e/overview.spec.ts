import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('the overview tells what the last runs did, who is in sync and what needs a person', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  const ada = office.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  office.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
  office.sales.create('contact', { lastname: 'Nobody' });
  await office.run();
  office.sales.edit('lead', ada, { firstname: 'Ada' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByText('2people in sync')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Needs attention' }).getByText('One person or field does not sync.')).toBeVisible();
  await page.getByText('Run by run').click();
  const table = page.getByRole('table', { name: 'Last runs' });
  await expect(table.getByRole('row').last().getByRole('cell')).toHaveText(['1', /at/, '2', '0', '1', 'Finished; some need attention']);
  await expect(table.getByRole('row').nth(-2).getByRole('cell')).toHaveText(['2', /at/, '0', '1', '1', 'Finished; some need attention']);
  await office.close();
});

test('a list and a mapped field that are gone are told of, until something else is chosen', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  office.configureLead(() => ({ listId: '99', mappings: [{ dynamics: 'lastname', activeCampaign: 'field:99', direction: 'both' }] }));
  await office.run();

  const { page } = await launch({ env: office.env });
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText(/^2 parts of the Data Configuration cannot be carried out: /)).toBeVisible();
  await attention.getByRole('button', { name: 'Choose again' }).click();
  await page.getByRole('combobox', { name: 'New people join' }).click();
  await page.getByRole('option', { name: 'No list' }).click();
  await page.getByRole('button', { name: 'Remove Last Name' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved. It counts from the next sync on.')).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await expect(attention.getByText('Nothing needs you.')).toBeVisible();
  await office.close();
});

test('without accounts the overview leads to the connection', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
});
