import { openConnectedOffice } from './connected-office.ts';
import { expectToFit } from './fitting.ts';
import { expect, test } from './fixtures.ts';

test('people are found by e-mail, seen from both sides, and their conflict is decided', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({
      ...before,
      dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, conflictWinner: 'ask' } },
    }),
  });
  const ada = office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  office.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
  office.sales.create('contact', { lastname: 'Nobody' });
  await office.run();
  const { id } = office.office.personByEmail('ada@example.com') ?? { id: 0 };
  office.office.edit(id, { firstName: 'Augusta' });
  office.sales.edit('lead', ada, { firstname: 'Byron' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  const people = page.getByRole('list', { name: 'People' }).getByRole('button');
  await expect(people).toHaveText([/^NobodyNo e-mailContact/, /^Augusta Lovelaceada@example.com/, /^Hoppergrace@example.com/]);
  await people.first().press('ArrowDown');
  await expect(people.nth(1)).toBeFocused();
  await page.getByRole('searchbox', { name: 'Search by name or e-mail' }).fill('ADA');
  await expect(people).toHaveCount(1);
  await people.click();

  const names = page.getByRole('table', { name: 'Both sides' }).getByRole('row').filter({ hasText: 'First name' });
  await expect(names.getByRole('cell')).toHaveText(['First nameDifferent', 'Augusta', 'Byron']);
  await expect(page.getByRole('definition').filter({ hasText: 'D365: Lead, D365: Pushed from Dynamics' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'History' }).getByText('Ada', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '“Augusta”, as in ActiveCampaign' }).click();
  await expect(page.getByRole('heading', { name: 'Which First name is right?' })).toBeHidden();

  await page.getByRole('button', { name: 'Show in the Live Log' }).click();
  await expect(page.getByRole('searchbox', { name: 'Person' })).toHaveValue('ada@example.com');
  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await page.getByRole('button', { name: 'All people' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search by name or e-mail' })).toHaveValue('ADA');
  await expect(people).toBeFocused();
  await office.run();
  expect(office.sales.row('lead', ada)?.columns.firstname).toBe('Augusta');
  await office.close();
});

test('who is held is told with a way out, and not any more once dismissed', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  office.sales.create('contact', { lastname: 'Nobody' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await page.getByRole('region', { name: 'Needs attention' }).getByRole('button', { name: 'See who' }).click();
  await page.getByRole('list', { name: 'People' }).getByRole('button').click();
  await expect(page.getByText('Give the record an e-mail address; ActiveCampaign knows people by it.')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('Dismissed: it is not told and not tried any more until something changes.')).toBeVisible();
  await page.getByRole('button', { name: 'All people' }).click();
  await expect(page.getByText('Nobody is held.')).toBeVisible();
  await expect(page.getByRole('navigation').getByText('does not sync')).toBeHidden();
  await office.close();
});

test('who is in no list is found by the whole address, with why', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  office.office.create('stranger@example.com', { firstName: 'Åsa', lastName: 'Berg' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'People' }).click();
  const search = page.getByRole('searchbox', { name: 'Search by name or e-mail' });
  await search.fill('lovelace');
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button')).toHaveText([/ada@example.com/]);
  await search.fill('nobody@example.com');
  await expect(page.getByText('Neither side knew “nobody@example.com” when it was last read.')).toBeVisible();
  await search.fill('Stranger@example.com');
  await page.getByRole('list', { name: 'Not in sync' }).getByRole('button', { name: 'Åsa Berg' }).click();
  await expect(page.getByRole('region', { name: 'Why this person is not in sync' })).toContainText(
    'The person carries none of the D365 tags.',
  );
  await office.close();
});

test('a name that is longer than the window is wide is shown whole', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  const name = 'Wolfeschlegelsteinhausenbergerdorffwelchevoraltern';
  office.sales.create('lead', { firstname: name, lastname: name, emailaddress1: 'long@example.com' });
  await office.run();
  const { page } = await launch({ env: office.env });
  await page.setViewportSize({ width: 900, height: 640 });
  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await page.getByRole('list', { name: 'People' }).getByRole('button').click();
  const title = page.getByRole('heading', { level: 1, name });
  await expect(title).toBeVisible();
  await expectToFit(page, 'a person with a long name');
  await office.close();
});
