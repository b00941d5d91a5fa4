import { expect, test } from './fixtures.ts';

test('closing the window keeps the app running, and a second start shows the window again', async ({ launch }) => {
  const app = await launch();
  await expect(app.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  await expect.poll(app.isWindowVisible).toBe(true);
  await app.closeWindow();
  await expect.poll(app.isWindowVisible).toBe(false);
  await app.startAgain();
  await expect.poll(app.isWindowVisible).toBe(true);
});

test('started at login it stays out of sight, until somebody starts it', async ({ launch }) => {
  const app = await launch({ args: ['--hidden'] });
  await app.startAgain(['--hidden']);
  expect(await app.isWindowVisible()).toBe(false);
  await app.startAgain();
  const page = await app.shownPage();
  await expect(page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  await expect.poll(app.isWindowVisible).toBe(true);
});

test('without a tray, closing the window quits', async ({ launch }) => {
  const app = await launch();
  await app.page.getByRole('button', { name: 'Sync Settings' }).click();
  const keepRunning = app.page.getByRole('switch', { name: /^Keep running/ });
  await keepRunning.click();
  await expect(keepRunning).not.toBeChecked();
  await app.closeWindow();
  await app.ended;
});

test('the tray says what is going on, and switches Global Sync', async ({ launch }) => {
  const app = await launch({ args: ['--demo'] });
  const { page } = app;
  await expect.poll(async () => (await app.tray()).tooltip).toMatch(/^Leadferry\nInitial Sync is running\n/);
  await expect.poll(async () => (await app.tray()).tooltip, { timeout: 30_000 }).toMatch(/\n[\d,]+ of [\d,]+ people/);
  expect((await app.tray()).labels.filter((label) => label !== '').slice(2)).toEqual(['Open Leadferry', 'Global Sync', 'Quit Leadferry']);

  await app.clickTray('Global Sync');
  await page.getByRole('button', { name: 'Sync Settings' }).click();
  await expect(page.getByRole('switch', { name: /Global Sync/ })).not.toBeChecked();
  // The page may know before the tray is drawn anew.
  await expect.poll(async () => (await app.tray()).checked).toEqual([]);
  await app.clickTray('Global Sync');
  await expect(page.getByRole('switch', { name: /Global Sync/ })).toBeChecked();

  await app.closeWindow();
  await expect.poll(app.isWindowVisible).toBe(false);
  await app.clickTray('Open Leadferry');
  await expect.poll(app.isWindowVisible).toBe(true);
});
