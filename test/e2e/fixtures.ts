import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { LaunchOptions, RunningApp } from './app.ts';
import { findElectron } from './electron/binary.ts';
import { launchElectron } from './electron/launch.ts';
import { launchStandIn } from './stand-in/launch.ts';

export interface DriverOptions {
  /** `stand-in`: the built main in plain Node, the page in a browser. `electron`: Electron itself. */
  readonly driver: 'stand-in' | 'electron';
}

interface Fixtures {
  /** An empty folder for what the app keeps. */
  readonly userData: string;
  /** Starts the app; what still runs at the end of the test is ended. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<RunningApp>;
  /** Opens a page as the browser of the system would. */
  readonly visit: (url: string) => Promise<Page>;
}

export const test = base.extend<Fixtures & DriverOptions>({
  driver: ['stand-in', { option: true }],

  userData: async ({ driver }, use) => {
    const directory = await mkdtemp(join(tmpdir(), `leadferry-${driver}-`));
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },

  visit: async ({ playwright, launchOptions }, use) => {
    const browser = await playwright.chromium.launch(launchOptions);
    const context = await browser.newContext();
    await use(async (url) => {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
    await browser.close();
  },

  launch: async ({ driver, userData, playwright, colorScheme, viewport, launchOptions }, use, testInfo) => {
    const running: RunningApp[] = [];
    const ends: (() => Promise<void>)[] = [];
    let start: (options: LaunchOptions) => Promise<RunningApp>;
    if (driver === 'electron') {
      const electron = findElectron();
      if ('missing' in electron) {
        process.stderr.write(`Skipped: ${electron.missing}\n`);
        return testInfo.skip(true, electron.missing);
      }
      start = (options) => launchElectron(electron.path, { colorScheme }, options);
    } else {
      const browser = await playwright.chromium.launch(launchOptions);
      ends.push(() => browser.close());
      start = (options) => launchStandIn(browser, { colorScheme, viewport }, options);
    }
    await use(async (options = {}) => {
      const app = await start({ userData, ...options });
      let ended = false;
      const kept: RunningApp = Object.assign(Object.create(app) as RunningApp, {
        quit: async () => {
          if (ended) return;
          ended = true;
          await app.quit();
        },
      });
      running.push(kept);
      return kept;
    });
    for (const app of running) await app.quit();
    for (const end of ends) await end();
  },
});

export { expect } from '@playwright/test';
