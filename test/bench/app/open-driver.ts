import { chromium } from '@playwright/test';
import playwrightConfig from '../../../playwright.config.ts';
import type { LaunchOptions, RunningApp } from '../../e2e/app.ts';
import { findElectron } from '../../e2e/electron/binary.ts';
import { launchElectron } from '../../e2e/electron/launch.ts';
import { launchStandIn } from '../../e2e/stand-in/launch.ts';
import { launchUnwatched, type UnwatchedApp } from './launch-unwatched.ts';

export interface Driver {
  /** What is measured, for the person who reads the numbers. */
  readonly name: string;
  readonly launch: (options: LaunchOptions) => Promise<RunningApp>;
  /** Starts it on its sample data to leave it alone. */
  readonly launchUnwatched: (userData: string) => Promise<UnwatchedApp>;
  readonly close: () => Promise<void>;
}

/** Electron itself; where it cannot be had, the stand-in of the e2e tests, in a browser that already runs. */
export async function openDriver(): Promise<Driver> {
  const electron = findElectron();
  if ('path' in electron) {
    return {
      name: 'Electron',
      launch: (options) => launchElectron(electron.path, {}, options),
      launchUnwatched: async (userData) => launchUnwatched(electron.path, userData),
      close: async () => undefined,
    };
  }
  const { launchOptions, viewport } = playwrightConfig.use ?? {};
  const browser = await chromium.launch(launchOptions);
  const launch = (options: LaunchOptions) => launchStandIn(browser, { viewport: viewport ?? null }, options);
  return {
    name: `the stand-in for Electron (plain Node and a browser that already runs), since there is ${electron.missing}`,
    launch,
    launchUnwatched: (userData) => launch({ userData, args: ['--demo'] }),
    close: () => browser.close(),
  };
}
