import { expect, test } from './fixtures.ts';

test('the menu opens the screens, the help, the log folder and the settings file', async ({ launch, userData }) => {
  const app = await launch();
  const heading = (name: string) => app.page.getByRole('heading', { name, level: 1 });
  await expect(heading('Connection')).toBeVisible();
  for (const screen of ['Live Log', 'People', 'Sync Settings']) {
    await app.clickMenu(screen);
    await expect(heading(screen)).toBeVisible();
  }
  await app.clickMenu('Connecting Dynamics 365');
  await app.clickMenu('Open config.json');
  await app.clickMenu('Open the log folder');
  await expect
    .poll(async () => [await app.openedLinks(), await app.openedFiles()])
    .toEqual([
      ['https://learn.microsoft.com/power-platform/admin/manage-application-users'],
      [`${userData}/config.json`, `${userData}/logs`],
    ]);
});

test('the menu brings a window out of sight back to the screen that is asked for', async ({ launch }) => {
  const app = await launch({ args: ['--hidden'] });
  await app.clickMenu('Live Log');
  const page = await app.shownPage();
  await expect(page.getByRole('heading', { name: 'Live Log', level: 1 })).toBeVisible();
  await app.closeWindow();
  await expect.poll(app.isWindowVisible).toBe(false);
  await app.clickMenu('Connection');
  await expect.poll(app.isWindowVisible).toBe(true);
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
});
