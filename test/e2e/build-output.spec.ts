import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './app.ts';
import { firstPaint } from './first-paint.ts';
import { expect, test } from './fixtures.ts';

/** What the build wrote, looked at as files. */

const out = join(projectRoot, 'out');
const read = (path: string) => readFile(join(out, path), 'utf8');

for (const screen of ['Overview', 'Connection'] as const) {
  test(`what the window needs to paint ${screen} first is no more than 350 kB`, async () => {
    const { files, gzipped } = await firstPaint(screen);
    test.info().annotations.push({ type: 'size', description: `${files} files, ${Math.round(gzipped / 1000)} kB gzipped` });
    expect(files).toBeGreaterThan(5);
    expect(gzipped).toBeGreaterThan(100_000);
    expect(gzipped).toBeLessThanOrEqual(350_000);
  });
}

test('the screens are loaded when they are opened', async () => {
  const html = await read('renderer/index.html');
  expect(html).not.toMatch(/Screen-[\w-]+\.js/);
  const screens = (await readdir(join(out, 'renderer/assets'))).filter((file) => /Screen-.*\.js$/.test(file));
  expect(screens.length).toBeGreaterThanOrEqual(7);
});

test('the sample services are in a file of their own, which is loaded only where they are asked for, and fault injection is in none', async () => {
  const index = await read('main/index.js');
  const [samples = '', ...others] = (await readdir(join(out, 'main/chunks'))).filter((name) => name.endsWith('.js'));
  expect([samples, others]).toEqual([expect.stringMatching(/^sample-services-/), []]);
  expect(index.split(samples).length).toBe(2);
  expect(index).toContain(`import("./chunks/${samples}")`);
  // What only the sample services say, and what only the faults of the tests say.
  expect((await read(`main/chunks/${samples}`)).includes('startSampleServices')).toBe(true);
  expect(index).not.toContain('function startSampleServices');
  const faults = await readFile(join(projectRoot, 'test/sample-services/faults.ts'), 'utf8');
  const names = [...faults.matchAll(/export (?:function|const) (\w+)/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(0);
  for (const name of names)
    expect([index.includes(`function ${name}(`), (await read(`main/chunks/${samples}`)).includes(`function ${name}(`)]).toEqual([
      false,
      false,
    ]);
});
