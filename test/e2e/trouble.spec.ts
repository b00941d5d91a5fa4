import { expectAccessible } from './accessible.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expectToFit } from './fitting.ts';
import { expect, test } from './fixtures.ts';

test('without the services every screen says so in plain words, offers to try again, and goes on with what is known', async ({
  launch,
  userData,
}) => {
  test.setTimeout(240_000);
  const office = await openConnectedOffice(userData);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await office.run();
  await office.close();

  const { page } = await launch({ env: office.env });
  const open = (title: string) =>
    page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true }).click();
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByRole('button', { name: 'See what happened' })).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText('1person in sync')).toBeVisible();
  await expect(page.getByText('Last run could not reach a service').first()).toBeVisible();
  await expectToFit(page, 'Overview, offline');
  await expectAccessible(page, 'Overview, offline');

  await attention.getByRole('button', { name: 'See what happened' }).click();
  await expect(page.getByRole('option', { name: /^Error/ }).first()).toBeVisible();

  await open('People');
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button')).toHaveText([/ada@example.com/]);
  // The words of the machine are behind a click.
  await open('Overview');
  await expect(attention).toBeVisible();
  const raw = page.getByRole('main').getByText(/Error:|undefined|ECONNREFUSED|AxiosError/);
  await expect(raw.filter({ visible: true })).toHaveCount(0);
  await attention.getByText('What the service said').click();
  await expect(raw.filter({ visible: true })).toHaveCount(1);
});

test('a key that is refused is told with what to do, and the preview as well as the fields can be asked for again', async ({
  launch,
  userData,
}) => {
  const office = await openConnectedOffice(userData);
  await office.run();
  const { page } = await launch({ env: { ...office.env, LEADFERRY_ACTIVECAMPAIGN_KEY: 'revoked' } });
  await expect(
    page
      .getByRole('region', { name: 'Needs attention' })
      .getByText(/ActiveCampaign/)
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Preview the next run' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'Preview, with a key that is refused');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Data Configuration', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
  await expectToFit(page, 'Data Configuration, with a key that is refused');
  await office.close();
});
