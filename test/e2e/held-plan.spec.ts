import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('a run that a limit holds is looked at, let go and dropped', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({ ...before, safety: { ...before.safety, minimumRecords: 1 } }),
  });
  const ada = office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await office.run();
  office.sales.edit('lead', ada, { firstname: null });
  expect((await office.run()).outcome).toBe('held');

  const { page } = await launch({ env: office.env });
  await page.getByRole('button', { name: 'Look at the plan' }).click();
  await expect(page.getByRole('heading', { name: 'Run 2 is held' })).toBeVisible();
  const row = page.getByRole('table', { name: 'What the held run would write' }).getByRole('row').filter({ hasText: 'ada@example.com' });
  await expect(row.getByRole('cell')).toHaveText([
    'ada@example.comLead',
    'First namein ActiveCampaign',
    'Ada',
    'empty',
    'Changed in Dynamics',
  ]);

  await page.getByRole('button', { name: 'Let it go' }).click();
  await expect(page.getByText('It was let go: the next run carries it out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Let it go' })).toBeDisabled();

  await page.getByRole('button', { name: 'Drop it' }).click();
  await expect(page.getByRole('heading', { name: 'No run is held' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Look at the plan' })).toBeHidden();
  expect(office.office.personByEmail('ada@example.com')?.firstName).toBe('Ada');
  await office.close();
});
