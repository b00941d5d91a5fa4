import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createDataDirectory, jsonLines, runHeadless } from '../support/headless-process.ts';

/** The quick start of the README: sample services with all their limits, the Initial Sync and one scheduled run. */
it('--demo --runs 2 --time-scale 3600 syncs the sample data once and then finds nothing to do', { timeout: 120_000 }, async () => {
  const directory = createDataDirectory();
  const ended = await runHeadless(['--data-dir', directory.path, '--demo', '--runs', '2', '--time-scale', '3600', '--json']);
  const open = ['config.json', 'leadferry.sqlite', 'logs'].filter((name) => (statSync(join(directory.path, name)).mode & 0o077) !== 0);
  directory.remove();
  // On POSIX systems nobody else may read what is kept of customers.
  if (process.platform !== 'win32') expect(open).toEqual([]);
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });

  const lines = jsonLines(ended);
  const nothing = { created: 0, updated: 0, linked: 0 };
  const runs = lines.filter(({ type }) => type === 'run');
  expect(runs).toMatchObject([
    { number: 1, kind: 'initial', outcome: 'attention', toDynamics: { created: 79 }, toActiveCampaign: { created: 2822 }, failed: 0 },
    { number: 2, kind: 'scheduled', outcome: 'attention', toDynamics: nothing, toActiveCampaign: nothing, optOuts: 0, failed: 0 },
  ]);
  // Nearly everybody was written a moment ago, and is read once more.
  const { activeCampaign, dynamics } = z.object({ activeCampaign: z.int(), dynamics: z.int() }).parse(runs[1]?.requests);
  expect(activeCampaign + dynamics).toBeLessThanOrEqual(12 + Math.ceil((800 + 2822) / 100));
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});
