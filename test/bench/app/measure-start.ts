import type { Page } from '@playwright/test';
import type { RunningApp } from '../../e2e/app.ts';
import type { Driver } from './open-driver.ts';
import { cpuBetween, cpuOfDescendants } from './process-tree.ts';

/** One start, from the moment at which the process is started. */
export interface Start {
  readonly firstPaintSeconds: number;
  /** The largest text of the Overview is there. */
  readonly usefulPaintSeconds: number;
  /** Of all processes of the app, until the Overview is complete. */
  readonly cpuSeconds: number;
}

/** Starts the app on its sample data and waits for the Overview. */
export async function measureStart(driver: Driver, userData: string): Promise<{ readonly app: RunningApp; readonly start: Start }> {
  const before = await cpuOfDescendants();
  const startedAt = Date.now();
  const app = await driver.launch({ userData, args: ['--demo'] });
  const main = app.page.getByRole('main');
  await main.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  // Answered by the main process from its database.
  await main.getByRole('heading', { name: 'Last runs' }).waitFor();
  const cpuSeconds = cpuBetween(before, await cpuOfDescendants());
  const [firstPaint, usefulPaint] = await paintTimes(app.page);
  return {
    app,
    start: { firstPaintSeconds: (firstPaint - startedAt) / 1000, usefulPaintSeconds: (usefulPaint - startedAt) / 1000, cpuSeconds },
  };
}

/** When the browser has painted anything at all, and the largest thing so far, in milliseconds since the epoch. */
function paintTimes(page: Page): Promise<readonly [first: number, largest: number]> {
  return page.evaluate(async () => {
    const last = (type: string) =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect();
          resolve(performance.timeOrigin + (list.getEntries().at(-1)?.startTime ?? 0));
        });
        observer.observe({ type, buffered: true });
      });
    // What is in the page has been painted when the frame after the next one begins.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return [await last('paint'), await last('largest-contentful-paint')] as const;
  });
}
