import { expect, test } from './fixtures.ts';

test('quitting asks while a run is writing, and the next start goes on with it', async ({ launch }) => {
  const app = await launch({ args: ['--demo'] });
  await expect(app.page.getByText(/ · Writing$/)).toBeVisible({ timeout: 30_000 });
  await app.answerDialogs({ button: 1 });
  await app.requestQuit();
  await expect.poll(app.questions).toEqual(['A sync is writing. Quit all the same?']);
  await expect(app.page.getByText(/ · Writing$/)).toBeVisible();
  await app.quit();

  const again = await launch({ args: ['--demo'] });
  await again.page.getByRole('button', { name: 'Live Log' }).click();
  await again.page.getByRole('searchbox', { name: 'Words' }).fill('goes on where it was broken off');
  await expect(again.page.getByRole('option').first()).toBeVisible();
});

for (const window of ['shown', 'closed'] as const) {
  test(`the system ends it at once, with its window ${window}, and the next start finds everything closed`, async ({ launch }) => {
    const app = await launch();
    await expect(app.page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
    if (window === 'closed') await app.closeWindow();
    app.terminate();
    await app.ended;
    expect(app.output()).not.toContain('Error');

    const again = await launch();
    await expect(again.page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
  });
}
