import { tagNames } from '../../shared/tags.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

test('somebody who could be several leads is told apart by what Dynamics knows, and linked with the chosen one', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  const ada = office.office.create('ada@example.com', { firstName: 'Ada', phone: '0123' });
  for (const tag of [tagNames.lead, tagNames.pulled]) office.office.addTag(ada.id, tag);
  office.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com', address1_city: 'London' });
  const king = office.sales.create('lead', { lastname: 'King', emailaddress1: 'ada@example.com', companyname: 'Analytical Engines' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await page.getByRole('list', { name: 'People' }).getByRole('button', { name: 'Held Ada' }).click();
  const candidates = page.getByRole('list', { name: 'Who it could be' }).getByRole('listitem');
  await expect(candidates).toHaveCount(2);
  await expect(candidates.filter({ hasText: 'Lovelace' })).toContainText('London');
  await expect(candidates.filter({ hasText: 'King' })).toContainText('Analytical Engines');
  await expect(candidates.filter({ hasText: 'King' })).toContainText('Lead, open');

  await page.getByRole('button', { name: 'None of these: create a new lead' }).press('Enter');
  await expect(page.getByText('The next run creates a new lead. Until then you can answer otherwise.')).toBeVisible();
  await candidates.filter({ hasText: 'King' }).getByRole('button', { name: 'This is the same person' }).press('Enter');
  await expect(candidates.filter({ hasText: 'King' }).getByText('Your answer')).toBeVisible();
  await expect(page.getByText('The next run links them. Until then you can answer otherwise.')).toBeVisible();

  await office.run();
  expect(office.sales.row('lead', king)?.columns).toMatchObject({ firstname: 'Ada', lastname: 'King', telephone1: '0123' });
  expect(office.sales.count('lead')).toBe(2);
  await office.close();
});

test('a row that shares its address says who syncs instead', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  office.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
  office.sales.create('lead', { lastname: 'Twin', emailaddress1: 'grace@example.com' });
  await office.run();

  const { page } = await launch({ env: office.env });
  await page.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await page.getByRole('list', { name: 'People' }).getByRole('button', { name: 'Twin' }).click();
  const others = page.getByRole('region', { name: 'Others with this e-mail address' });
  await expect(others.getByText('Hopper (contact) syncs.')).toBeVisible();
  await others.getByRole('button', { name: 'Hopper' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hopper' })).toBeVisible();
  await office.close();
});

test('contacts with the tags of a lead are told on the Overview and repaired together', async ({ launch, userData }) => {
  const office = await openConnectedOffice(userData);
  for (const name of ['ada', 'grace']) {
    const { id } = office.office.create(`${name}@example.com`, { lastName: name });
    for (const tag of [tagNames.lead, tagNames.pushed]) office.office.addTag(id, tag);
    office.sales.create('contact', { lastname: name, emailaddress1: `${name}@example.com` });
  }
  await office.run();

  const { page } = await launch({ env: office.env });
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText('2 people carry the Lead tag, and are contacts in Dynamics.')).toBeVisible();
  await attention.getByRole('button', { name: 'Look and repair' }).click();
  await page.getByRole('button', { name: 'Repair all 2' }).click();
  await expect(page.getByText('The tags of 2 people are changed by the next run.')).toBeVisible();

  await office.run();
  expect(office.office.personByEmail('grace@example.com')?.tags).toEqual([tagNames.contact, tagNames.pushed]);
  expect(office.store.links.countActive()).toBe(2);
  await office.close();
});
