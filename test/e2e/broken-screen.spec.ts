import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';

test('a screen that cannot be shown says so, is in the log, and the others go on', async ({ launch }) => {
  const { page, answerWith } = await launch();
  const open = (title: string) =>
    page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
  await answerWith('getOverview', { ok: true, value: { linked: 0, runs: [null] } });
  await open('Overview');
  await expect(page.getByText('This screen could not be shown.')).toBeVisible();
  await expectAccessible(page, 'A screen that cannot be shown');

  await answerWith('getOverview', { ok: true, value: { linked: 0, runs: [] } });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('This screen could not be shown.')).toBeHidden();

  await open('Live Log');
  await expect(page.getByRole('option', { name: /showing the screen overview/ })).toBeVisible();
});
