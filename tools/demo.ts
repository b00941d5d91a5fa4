import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run demo`: the app on the built-in sample services. Where there is no window to be had (Electron's binary cannot be downloaded, no
 * display, or `--headless` is asked for), the same engine runs on the same services without one.
 */
const root = join(import.meta.dirname, '..');
const given = process.argv.slice(2);
const options = given.filter((option) => option !== '--headless');

const reason = given.includes('--headless') ? null : whyNoWindow();
if (given.includes('--headless')) process.exitCode = runHeadless(options);
else if (reason === null) process.exitCode = openWindow(options);
else {
  process.stdout.write(`No window: ${reason} Running the same without one instead.\n\n`);
  // Without a window nobody can look at it for an hour: two runs, an hour a second.
  process.exitCode = runHeadless(options.length > 0 ? options : ['--runs', '2', '--time-scale', '3600']);
}

function whyNoWindow(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'this machine has no display.';
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return null;
  // The npm package brings no binary; it is fetched on first use.
  const { status } = run('install-electron', [], 'ignore');
  return status === 0 ? null : 'Electron could not be downloaded (see the README, "Electron cannot be downloaded").';
}

function openWindow(options: readonly string[]): number {
  const built = run('electron-vite', ['build', '--logLevel', 'warn'], 'inherit');
  if (built.status !== 0) return built.status ?? 1;
  return run('electron', ['.', '--demo', ...options], 'inherit').status ?? 1;
}

function runHeadless(options: readonly string[]): number {
  const directory = options.includes('--data-dir') ? [] : ['--data-dir', mkdtempSync(join(tmpdir(), 'leadferry-demo-'))];
  const program = ['--import', join(root, 'tools/without-electron.ts'), join(root, 'main/headless.ts')];
  return spawnSync(process.execPath, [...program, '--demo', ...directory, ...options], { stdio: 'inherit' }).status ?? 1;
}

/** Runs a command of a dependency. */
function run(command: string, args: readonly string[], stdio: 'inherit' | 'ignore') {
  const file = join(root, 'node_modules/.bin', process.platform === 'win32' ? `${command}.cmd` : command);
  if (!existsSync(file)) return { status: 1 };
  return spawnSync(file, args, { cwd: root, stdio, shell: process.platform === 'win32' });
}
