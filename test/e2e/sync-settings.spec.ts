import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('limits, consent, automations and the app’s own behaviour are kept in the settings file, which a button opens', async ({
  launch,
  userData,
}) => {
  const app = await launch({ args: ['--demo'] });
  const { page } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Sync Settings' }).click();
  await expect(page.getByRole('list', { name: 'Syncs after that' }).getByRole('listitem')).toHaveCount(4);

  const emptied = page.getByRole('textbox', { name: 'Emptied' });
  await emptied.fill('101');
  await expect(page.getByText('Enter a number from 0 to 100.')).toBeVisible();
  await emptied.fill('25');
  await emptied.press('Enter');
  await page.getByRole('switch', { name: 'Imports start automations' }).click();
  await page.getByRole('switch', { name: 'Carry opt-outs to the other side' }).click();
  await page.getByRole('switch', { name: 'Show notifications' }).click();
  await expect(page.getByRole('switch', { name: 'Show notifications' })).not.toBeChecked();
  await expect(page.getByText('the other side may go on writing to that person')).toBeVisible();

  const file = join(userData, 'sample-data/config.json');
  const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  expect(kept).toMatchObject({
    safety: { maxBlankedPercent: 25, maxUpdatesPercent: 50 },
    syncSettings: { importsStartAutomations: false },
    consent: { syncOptOut: false },
    general: { notifications: false, closeToTray: true },
  });

  await page.getByRole('button', { name: 'Open config.json' }).click();
  await expect.poll(app.openedFiles).toEqual([file]);
});

test('what a call has changed is in the window when its answer comes, however quickly one follows another', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
  const seen = await page.evaluate(async () => {
    const { call, on } = window.leadferry;
    let days: number | null = null;
    const end = on.state(({ settings }) => {
      days = settings.general.keepRunsDays;
    });
    const told: (number | null)[] = [];
    for (const keepRunsDays of [31, 32, 33, 34, 35]) {
      await call.updateSettings({ general: { keepRunsDays } });
      told.push(days);
    }
    end();
    return told;
  });
  expect(seen).toEqual([31, 32, 33, 34, 35]);
});
