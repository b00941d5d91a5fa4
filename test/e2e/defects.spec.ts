import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

const logOf = (userData: string) => readFile(join(userData, 'logs/leadferry.log'), 'utf8').catch(() => '');

test('a page that crashes is shown again, and the log tells of it', async ({ launch, userData }) => {
  const app = await launch();
  await expect(app.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  await app.crashPage();
  await expect.poll(() => logOf(userData)).toContain('The page is gone: crashed');
  await expect.poll(app.isWindowVisible).toBe(true);
});

test('a page that keeps crashing is not loaded for ever', async ({ launch }) => {
  const app = await launch();
  await app.answerDialogs({ button: 1 });
  for (const _crash of [1, 2, 3]) await app.crashPage();
  await expect.poll(app.questions).toEqual(['The window cannot be shown.']);
  await expect.poll(app.isWindowVisible).toBe(false);
});

test('a promise that is rejected into nowhere is logged, and the app goes on', async ({ launch, userData }) => {
  const app = await launch();
  await app.fail('rejection', 'nobody waited for this');
  await expect.poll(() => logOf(userData)).toContain('nobody waited for this');
  await app.page.getByRole('button', { name: 'Live Log' }).click();
  await expect(app.page.getByText('nobody waited for this')).toBeVisible();
});

test('an error that nothing catches is logged, the stores are closed, and a person is told without a stack', async ({
  launch,
  userData,
}) => {
  const app = await launch();
  await expect(app.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  await app.fail('exception', 'thrown into nowhere');
  await app.ended;
  expect(await logOf(userData)).toContain('thrown into nowhere');
  expect(app.output()).toContain('Leadferry has to end: It met an error that it did not expect');
  expect(app.output()).not.toContain('thrown into nowhere');
  const again = await launch();
  await expect(again.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
});
