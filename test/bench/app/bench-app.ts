import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstPaint } from '../../e2e/first-paint.ts';
import { readOptions } from '../read-options.ts';
import { measureIdle } from './measure-idle.ts';
import { measureStart } from './measure-start.ts';
import { type Driver, openDriver } from './open-driver.ts';
import { parseOptions, usage } from './options.ts';
import { type MeasuredStart, reportApp, textOf } from './report.ts';

/** `npm run bench:app`: how long the app takes to be there, and what it takes while nobody uses it (docs/performance.md). */

const initialSyncMs = 180_000;

/** The start with nothing there, gone on with until everything is synced. */
async function firstStart(driver: Driver, userData: string) {
  const { app, start } = await measureStart(driver, userData);
  await app.page.getByRole('button', { name: 'Sync Settings' }).click();
  const initialSync = app.page.getByRole('region', { name: 'Initial Sync' });
  await initialSync.getByText('Finished', { exact: true }).waitFor({ timeout: initialSyncMs });
  await app.quit();
  return start;
}

async function laterStart(driver: Driver, userData: string, idleSeconds: number): Promise<MeasuredStart> {
  const { app, start } = await measureStart(driver, userData);
  await app.quit();
  const unwatched = await driver.launchUnwatched(userData);
  const idle = await measureIdle(unwatched, idleSeconds);
  await unwatched.quit();
  return { start, ...idle };
}

async function bench({ starts, idleSeconds }: ReturnType<typeof parseOptions>) {
  const driver = await openDriver();
  const userData = await mkdtemp(join(tmpdir(), 'leadferry-bench-'));
  try {
    const first = await firstStart(driver, userData);
    const later: MeasuredStart[] = [];
    for (let number = 0; number < starts; number += 1) later.push(await laterStart(driver, userData, idleSeconds));
    return reportApp({ measured: driver.name, bundle: await firstPaint('Overview'), firstStart: first }, later);
  } finally {
    await driver.close();
    await rm(userData, { recursive: true, force: true });
  }
}

const options = readOptions(parseOptions, usage);
if (options !== null) {
  const report = await bench(options);
  process.stdout.write(`${options.json ? JSON.stringify(report) : textOf(report)}\n`);
}
