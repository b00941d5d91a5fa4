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
