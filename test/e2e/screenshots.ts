import { join } from 'node:path';
import { projectRoot } from './app.ts';
import { expect, test } from './fixtures.ts';

/** Writes pictures of every screen to `docs/screenshots`: `npx playwright test --project=screenshots`. */
const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'light', viewport: { width: 900, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 900, height: 640 } },
] as const;

for (const look of looks) {
  const name = `${look.colorScheme}-${look.viewport.width}x${look.viewport.height}`;
  test.describe(name, () => {
    test.use(look);
    test('screens', async ({ launch }) => {
      const { page } = await launch();
      const picture = async (screen: string): Promise<void> => {
        await page.mouse.move(0, 0);
        await page.screenshot({ path: join(projectRoot, 'docs/screenshots', `${screen}-${name}.png`), animations: 'disabled' });
      };
      const open = (title: string) => page.getByRole('navigation').getByRole('button', { name: title }).click();

      await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible();
      await picture('first-start');
      await page.getByRole('button', { name: 'Try with sample data' }).click();
      await expect(page.getByText('nothing leaves this computer')).toBeVisible();

      await expect(page.getByText(/ a second/)).toBeVisible({ timeout: 30_000 });
      await picture('overview');

      await open('Live Log');
      await expect(page.getByRole('option').nth(12)).toBeVisible({ timeout: 30_000 });
      await picture('live-log');

      await open('Sync Settings');
      await expect(page.getByRole('heading', { name: 'Job Schedule' })).toBeVisible();
      await picture('sync-settings');

      await open('Data Configuration');
      await expect(page.getByRole('heading', { name: 'Field mapping' })).toBeVisible();
      await picture('data-configuration');

      await open('Connection');
      await page.getByRole('button', { name: 'Test connection' }).first().click();
      await expect(page.getByRole('list', { name: 'Result of the test' })).toBeVisible();
      await picture('connection');
    });
  });
}
