import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Lists and menus that open belong to what opened them, though they lie outside of every landmark. */
const opensAboveAll = /^#fluent-listbox|role="menu"|fui-Menu/;

/** Asks axe about the page as it stands, in light and in dark: every rule of WCAG 2.2 A and AA, and of good practice. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      // Electron opens no second page to gather the frames of this one.
      .setLegacyMode()
      // Fluent's guards around a popover: who gets there is sent on at once.
      .exclude('[data-tabster-dummy]')
      .analyze();
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        if (id === 'region' && opensAboveAll.test(target.join(' '))) continue;
        found.push(`${colorScheme}: ${id}: ${target.join(' ')}: ${failureSummary}`);
      }
    }
  }
  expect(found, state).toEqual([]);
}
