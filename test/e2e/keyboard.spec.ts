import type { Page } from '@playwright/test';
import { openEventfulOffice } from './eventful-office.ts';
import { expect, test } from './fixtures.ts';

/** Nobody needs a mouse: everything is reached by Tab in the order in which it stands, and shows that it is. */

/** What has the focus, as a screen reader names it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return '';
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const names = [
      element.getAttribute('aria-label'),
      labelled.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
      element instanceof HTMLInputElement || element instanceof HTMLButtonElement
        ? [...(element.labels ?? [])].map((label) => label.textContent).join(' ')
        : null,
      element.innerText,
    ];
    return names.find((name) => name !== null && name.trim() !== '')?.trim() ?? `<${element.tagName.toLowerCase()} without a name>`;
  });

/** Whether the page looks different around what has the focus from how it looks without it. */
async function showsFocus(page: Page): Promise<boolean> {
  const box = await page.evaluate(() => {
    const element = document.activeElement;
    element?.scrollIntoView({ block: 'nearest' });
    const rectangle = element?.getBoundingClientRect();
    return rectangle === undefined ? null : { x: rectangle.x, y: rectangle.y, width: rectangle.width, height: rectangle.height };
  });
  if (box === null) return false;
  // The browser marks the part of a date or a time that is typed into, and would lose its place in it.
  if (
    await page.evaluate(() => document.activeElement instanceof HTMLInputElement && ['date', 'time'].includes(document.activeElement.type))
  )
    return true;
  const around = {
    x: Math.max(0, box.x - 6),
    y: Math.max(0, box.y - 6),
    width: Math.min(box.width + 12, 1280 - Math.max(0, box.x - 6)),
    height: Math.min(box.height + 12, 800 - Math.max(0, box.y - 6)),
  };
  const look = () => page.screenshot({ clip: around, animations: 'disabled' });
  const withFocus = await look();
  const element = await page.evaluateHandle(() => document.activeElement);
  await element.evaluate((found) => found instanceof HTMLElement && found.blur());
  const without = await look();
  await element.evaluate((found) => found instanceof HTMLElement && found.focus());
  return !withFocus.equals(without);
}

/** Tabs from where the focus is to the end of the page. @returns the names on the way. */
async function walk(page: Page): Promise<string[]> {
  const names: string[] = [];
  const hidden: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const name = await focused(page);
    // The end of the page, from which a browser begins anew.
    if (name === '' || name === 'Skip to the content') break;
    names.push(name);
    if (!(await showsFocus(page))) hidden.push(name);
    expect(names.length, `Tab goes round in circles: ${names.slice(-5).join(', ')}`).toBeLessThan(120);
  }
  expect(hidden, 'what does not show that it has the focus').toEqual([]);
  expect(names.filter((name) => name.startsWith('<'))).toEqual([]);
  return names;
}

test('every screen is opened and walked through by the keyboard alone', async ({ launch, userData }) => {
  test.setTimeout(300_000);
  const office = await openEventfulOffice(userData);
  const { page } = await launch({ env: office.env });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run 1, / })).toBeVisible();

  const screens = ['Overview', 'People', 'Connection', 'Data Configuration', 'Sync Settings', 'Live Log'];
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  for (const title of screens) {
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(title);
  }

  const expected: Readonly<Record<string, readonly string[]>> = {
    Overview: ['Preview the next run', 'Look at the plan', 'See who', 'Run by run', 'Check the connection'],
    People: ['Search by name or e-mail', 'Who is listed'],
    'Sync Settings': [
      'Global Sync',
      'Job Frequency',
      'Imports start automations',
      'Changed',
      'Carry opt-outs to the other side',
      'Open config.json',
    ],
    'Live Log': ['Export', 'Words', 'Person', 'Run', 'Level', 'Live Log', 'Follow'],
  };
  for (const title of screens) {
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    const names = await walk(page);
    const inOrder = (expected[title] ?? []).map((name) => names.findIndex((met) => met.startsWith(name)));
    expect(inOrder, `${title}: ${names.join(' | ')}`).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(inOrder, `${title}: ${names.join(' | ')}`).not.toContain(-1);
  }
  await office.close();
});

test('lists and menus are used and left by the keyboard, and the focus comes back', async ({ launch, userData }) => {
  const office = await openEventfulOffice(userData);
  const { page } = await launch({ env: office.env });
  const go = async (title: string) => {
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  };

  await go('Sync Settings');
  const frequency = page.getByRole('combobox', { name: 'Job Frequency' });
  await frequency.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(frequency).toHaveText('1 hour');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(frequency).toHaveText('2 hours');
  await page.getByRole('switch', { name: 'Global Sync' }).press('Space');
  await expect(page.getByRole('switch', { name: 'Global Sync' })).not.toBeChecked();

  await go('Live Log');
  const exporting = page.getByRole('button', { name: 'Export' });
  await exporting.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'For a spreadsheet (CSV)' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(exporting).toBeFocused();
  const lines = page.getByRole('listbox', { name: 'Live Log' });
  await lines.focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Close the details' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Close the details' })).toBeHidden();
  await expect(lines).toBeFocused();

  await go('People');
  await page.getByRole('list', { name: 'People' }).getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'All people' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button').nth(1)).toBeFocused();
  await office.close();
});

test('nothing moves for who asks for less motion, also while a run goes on', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await expect(page.getByRole('progressbar').first()).toBeVisible({ timeout: 30_000 });
  /** What runs and changes more than how strong a thing is seen. */
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
        .flatMap(({ effect }) => (effect instanceof KeyframeEffect ? effect.getKeyframes() : []))
        .flatMap(({ offset: _offset, computedOffset: _computed, easing: _easing, composite: _composite, ...changed }) =>
          Object.keys(changed),
        )
        .filter((property) => property !== 'opacity'),
    );
  for (const _time of Array.from({ length: 10 })) expect(await moving()).toEqual([]);
});
