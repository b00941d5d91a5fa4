import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('the next run is looked at from the overview, by kind, and looked at again after something was changed', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({ ...before, safety: { ...before.safety, minimumRecords: 1, maxUpdatesPercent: 100 } }),
  });
  const ada = office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await office.run();
  office.sales.edit('lead', ada, { firstname: 'Augusta' });
  office.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });

  const { page } = await launch({ env: office.env });
  // What was due meanwhile is caught up first.
  await expect(page.getByText('2people in sync')).toBeVisible();
  office.sales.edit('lead', ada, { firstname: null, jobtitle: 'Countess' });
  office.sales.create('contact', { lastname: 'Somerville', emailaddress1: 'mary@example.com' });
  await page.getByRole('button', { name: 'Preview the next run' }).click();
  await expect(page.getByRole('heading', { name: 'Preview of the next run', level: 1 })).toBeVisible();
  await expect(page.getByText('This run would be held.')).toBeVisible();
  const table = page.getByRole('table', { name: 'What the next run would write' });
  await expect(table.getByRole('row').filter({ hasText: 'First name' }).getByRole('cell')).toHaveText([
    'ada@example.comLead',
    'First namein ActiveCampaign',
    'Augusta',
    'empty',
    'Changed in Dynamics',
  ]);
  await page.getByRole('combobox', { name: 'Show' }).click();
  await page.getByRole('option', { name: 'Created in ActiveCampaign' }).click();
  await expect(table.getByText('mary@example.com').first()).toBeVisible();
  await expect(table.getByText('ada@example.com')).toBeHidden();

  office.sales.edit('lead', ada, { firstname: 'Augusta' });
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('This run would be held.')).toBeHidden();
  expect(office.office.personByEmail('mary@example.com')).toBeNull();
  await office.close();
});

test('a preview that is waited for can be ended', async ({ launch, userData }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let slow = false;
  const office = await openConnectedOffice(userData, {
    around: {
      activeCampaign: (handle) => async (request) => {
        if (slow && request.url.includes('/contacts')) await held;
        return handle(request);
      },
    },
  });
  await office.run();
  const { page } = await launch({ env: office.env });
  await expect(page.getByRole('heading', { name: /^Next sync at/ })).toBeVisible();
  slow = true;
  await page.getByRole('button', { name: 'Preview the next run' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  release();
  await expect(page.getByRole('heading', { name: 'The preview was ended' })).toBeVisible();
  await page.getByRole('button', { name: 'Make the preview' }).click();
  await expect(page.getByText('Nothing: both sides agree.')).toBeVisible();
  await office.close();
});
