import { setTimeout as sleep } from 'node:timers/promises';
import type { UnwatchedApp } from './launch-unwatched.ts';
import { cpuBetween, cpuOfDescendants, memoryOf } from './process-tree.ts';

/** The app while nobody uses it and no run is made. */
export interface Idle {
  /** Of one core. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

/** After which an app has come to rest: half a minute after a start it uses a fifth of a second once more. */
const settleMs = { afterStart: 40_000, afterClose: 10_000 };

/** With its window shown, then with its window closed. */
export async function measureIdle(app: UnwatchedApp, seconds: number): Promise<{ readonly shown: Idle; readonly hidden: Idle }> {
  await sleep(settleMs.afterStart);
  const shown = await watch(seconds);
  await app.closeWindow();
  await sleep(settleMs.afterClose);
  return { shown, hidden: await watch(seconds) };
}

async function watch(seconds: number): Promise<Idle> {
  const before = await cpuOfDescendants();
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  const after = await cpuOfDescendants();
  if (after.size === 0) throw new Error('The app has ended before it was measured');
  const elapsed = (performance.now() - startedAt) / 1000;
  return { cpuPercent: (100 * cpuBetween(before, after)) / elapsed, memoryBytes: await memoryOf(after.keys()) };
}
