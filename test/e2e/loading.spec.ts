import { expectAccessible } from './accessible.ts';
import { openConnectedOffice } from './connected-office.ts';
import { expect, test } from './fixtures.ts';

/** What a screen shows while the main process has not answered yet: that it loads, in the place where the rest will be. */
test('every screen says that it loads, and stays where it is when the answer comes', async ({ launch, userData }) => {
  test.setTimeout(180_000);
  const office = await openConnectedOffice(userData);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await office.run();
  const { page, holdAnswers } = await launch({ env: office.env });
  await expect(page.getByText('1person in sync')).toBeVisible();
  const main = page.getByRole('main');
  const open = (title: string) =>
    page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true }).click();
  /** Opens it without an answer, and lets the answer come. */
  const shows = async (screen: string, show: () => Promise<void>, waits: string, comes: string) => {
    const release = await holdAnswers();
    await show();
    const heading = main.getByRole('heading', { level: 1 }).filter({ visible: true });
    // Before it there is the spinner of a screen whose code is still being loaded.
    await expect(heading).toHaveCount(1);
    const waiting = main.getByRole('progressbar', { name: waits }).filter({ visible: true });
    await expect(waiting).toHaveCount(1);
    const before = await heading.boundingBox();
    await expectAccessible(page, `${screen}, loading`);
    await release();
    await expect(main.getByText(comes).filter({ visible: true }).first()).toBeVisible();
    await expect(waiting).toHaveCount(0);
    expect(await heading.boundingBox(), `${screen}: its title moves`).toEqual(before);
  };

  await shows('People', () => open('People'), 'Loading', 'ada@example.com');
  await shows('A person', () => main.getByRole('button', { name: 'ada@example.com' }).click(), 'Loading', 'Both sides');
  await shows('Data Configuration', () => open('Data Configuration'), 'Reading the fields of both accounts', 'Field mapping');
  await office.close();
});
