import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * `npm test`: every check and every suite, one after the other, so that a failure in one does not hide the others.
 * Ends with `N passed, N failed` over all of them, and with status 1 where anything failed.
 */
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'leadferry-tests-'));

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

const counts: [name: string, count: Count][] = [];
const add = (name: string, count: Count) => void counts.push([name, count]);

for (const [name, script] of [
  ['types', 'typecheck'],
  ['lint and unused code', 'lint'],
] as const) {
  heading(name);
  add(name, (await npm(['run', script])) === 0 ? one('passed') : one('failed'));
}

heading('unit, integration and simulation');
const vitestFile = join(reports, 'vitest.json');
const vitestStatus = await npx(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestFile}`]);
add('unit, integration and simulation', vitestCount(vitestFile, vitestStatus));

heading('end to end: stand-in');
const builds = (await npm(['run', 'build'])) === 0;
add('build', one(builds ? 'passed' : 'failed'));
if (builds) {
  add('end to end: stand-in', await playwright('stand-in', []));
  heading('end to end: Electron');
  const unavailable = whyNoElectron();
  if (unavailable === null) add('end to end: Electron', await playwright('electron', needsDisplay() ? ['xvfb-run', '-a'] : []));
  else process.stdout.write(`Skipped: ${unavailable}\n`);
}

heading('result');
for (const [name, { passed, failed, skipped }] of counts) {
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
  );
}
const total = (key: keyof Count) => counts.reduce((sum, [, count]) => sum + count[key], 0);
const skipped = total('skipped');
process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = total('failed') === 0 ? 0 : 1;

function one(result: 'passed' | 'failed'): Count {
  return { passed: result === 'passed' ? 1 : 0, failed: result === 'failed' ? 1 : 0, skipped: 0 };
}

function vitestCount(file: string, status: number): Count {
  if (!existsSync(file)) return one('failed');
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A file that cannot be loaded, or an error outside of any test, fails the run without failing a test.
  const outside = report.numFailedTests === 0 && (status !== 0 || report.numFailedTestSuites > 0) ? 1 : 0;
  return { passed: report.numPassedTests, failed: report.numFailedTests + outside, skipped: report.numPendingTests };
}

async function playwright(project: string, wrapper: readonly string[]): Promise<Count> {
  const file = join(reports, `${project}.json`);
  const command = ['npx', 'playwright', 'test', `--project=${project}`, '--reporter=list,json'];
  const status = await run([...wrapper, ...command], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  if (!existsSync(file)) return one('failed');
  const { stats, errors } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const outside = stats.unexpected === 0 && (status !== 0 || errors.length > 0) ? 1 : 0;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + outside, skipped: stats.skipped };
}

/** The real Electron is used where its binary is: downloaded by npm, or named by the environment. */
function whyNoElectron(): string | null {
  const { ELECTRON_OVERRIDE_DIST_PATH: given } = process.env;
  if (given !== undefined ? existsSync(given) : existsSync(join(root, 'node_modules/electron/dist'))) {
    return needsDisplay() && spawnSync('which', ['xvfb-run']).status !== 0 ? 'there is no display, and xvfb-run is not installed.' : null;
  }
  return "Electron's binary is not here (node_modules/electron/dist, or the folder named by ELECTRON_OVERRIDE_DIST_PATH).";
}

function needsDisplay(): boolean {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

function npm(args: readonly string[]): Promise<number> {
  return run(['npm', ...args], {});
}

function npx(args: readonly string[]): Promise<number> {
  return run(['npx', ...args], {});
}

function run([command = '', ...args]: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
}

function heading(name: string): void {
  process.stdout.write(`\n=== ${name} ===\n`);
}
