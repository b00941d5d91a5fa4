import { join } from 'node:path';
import { addLogEntries } from '../../main/store/log-entries.ts';
import { openDatabase } from '../../main/store/open.ts';
import { expect, test } from './fixtures.ts';

const count = 100_000;
/** What fits into a tall window, and some on either side of it. */
const mostRows = 100;

test('a log of 100,000 lines is scrolled from end to end with a handful of them in the page', async ({ launch, userData }) => {
  test.setTimeout(180_000);
  const database = openDatabase(join(userData, 'leadferry.sqlite'));
  const startedAt = Date.now() - count * 1000;
  for (let first = 1; first <= count; first += 10_000) {
    addLogEntries(
      database,
      Array.from({ length: 10_000 }, (_, index) => ({
        time: new Date(startedAt + (first + index) * 1000).toISOString(),
        level: 'info',
        event: 'person.updated',
        run: 1,
        message: `Line ${first + index}`,
        person: { email: `person${first + index}@example.com` },
      })),
    );
  }
  database.close();

  const { page } = await launch();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Live Log' }).click();
  const list = page.getByRole('listbox', { name: 'Live Log' });
  const rows = list.getByRole('option');
  await expect(list.getByText(`Line ${count}`, { exact: true })).toBeVisible();
  const total = page.getByText(/^[\d,]+ lines/);
  await list.focus();
  for (let loaded = 1000; loaded < count; ) {
    const before = await total.textContent();
    await page.keyboard.press('Home');
    await expect(total).not.toHaveText(before ?? '', { timeout: 20_000 });
    loaded = Number((await total.textContent())?.replaceAll(/\D/g, ''));
  }
  await page.keyboard.press('Home');
  await expect(list.getByText('Line 1', { exact: true })).toBeVisible();
  expect(await rows.count()).toBeLessThan(mostRows);

  // From end to end in two hundred frames: what is in sight is always there, and never much more than that.
  const most = await list.evaluate(async (scroller) => {
    let rowsAtMost = 0;
    for (let step = 0; step <= 200; step += 1) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * step) / 200;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const shown = [...scroller.querySelectorAll('[role=option]')];
      const frame = scroller.getBoundingClientRect();
      const middle = frame.top + frame.height / 2;
      const seen = shown.some((row) => row.getBoundingClientRect().top <= middle && row.getBoundingClientRect().bottom >= middle);
      rowsAtMost = Math.max(rowsAtMost, seen ? shown.length : Number.POSITIVE_INFINITY);
    }
    return rowsAtMost;
  });
  expect(most).toBeLessThan(mostRows);
  await expect(list.getByText(`Line ${count}`, { exact: true })).toBeVisible();
});
