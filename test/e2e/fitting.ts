import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** The smallest window that the app allows, a usual one, and a 4K screen. */
const sizes = [
  { width: 900, height: 640 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
] as const;

/** Nothing is wider than the window or than what it lies in, and nothing has to be scrolled sideways. */
export async function expectToFit(page: Page, state: string): Promise<void> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const tooWide = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
        const box = element.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1) return [];
        const scrolls = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
        const name = `${element.tagName.toLowerCase()} "${(element.innerText || element.getAttribute('aria-label') || '').slice(0, 40)}"`;
        return [...(scrolls ? [`${name} scrolls sideways`] : []), ...(box.right > innerWidth + 1 ? [`${name} is cut off`] : [])];
      }),
    );
    found.push(...tooWide.map((problem) => `${size.width}x${size.height}: ${problem}`));
  }
  await page.setViewportSize(sizes[1]);
  expect(found, state).toEqual([]);
}
