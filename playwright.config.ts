import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { DriverOptions } from './test/e2e/fixtures.ts';

/** Debian's Chromium where it is installed, else the one that Playwright brings. */
const systemChromium = '/usr/bin/chromium';
const asRoot = process.getuid?.() === 0;

/** One source of specs, run on the stand-in (`npm run e2e`) and on Electron itself (`npm run e2e:electron`). */
export default defineConfig<DriverOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  // A busy build machine may starve a browser; what fails twice is a failure.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(existsSync(systemChromium) && { executablePath: systemChromium }),
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'stand-in', use: { driver: 'stand-in' } },
    { name: 'electron', use: { driver: 'electron' } },
    { name: 'screenshots', testMatch: 'screenshots.ts', use: { driver: 'stand-in' } },
  ],
});
