import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findElectron } from './electron/binary.ts';
import { launchElectron } from './electron/launch.ts';
import { expect, test } from './fixtures.ts';
import { drivableCopy, filesOf, fusesOf, type PackedApp, pack } from './packed/pack.ts';

/** What is packed for Linux. Only where there is an Electron to pack, and a system that can start it. */
const electron = findElectron();
const missing = 'missing' in electron ? electron.missing : process.platform === 'linux' ? null : 'packed for Linux only';

let folder = '';
let packed: PackedApp;

test.beforeAll(async ({ driver }) => {
  test.skip(driver !== 'electron', 'a stand-in cannot be packed');
  if (missing !== null || 'missing' in electron) {
    process.stderr.write(`Skipped: ${missing}\n`);
    return test.skip(true, missing ?? '');
  }
  test.setTimeout(180_000);
  folder = await mkdtemp(join(tmpdir(), 'leadferry-packed-'));
  packed = await pack(dirname(electron.path), folder);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('the archive holds the build, the icons and keytar for its platform, and nothing else', async () => {
  const files = filesOf(packed);
  const icons = (await readdir('resources/tray')).map((name) => `resources/tray/${name}`);
  const allowed: readonly RegExp[] = [
    /^out\/main\/(index|chunks\/sample-services-[\w-]+)\.js$/,
    /^out\/preload\/index\.cjs$/,
    /^out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css))$/,
  ];
  expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file))).toSorted()).toEqual(
    [
      'package.json',
      'resources/icon.png',
      ...icons,
      'node_modules/keytar/lib/keytar.js',
      'node_modules/keytar/package.json',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ].toSorted(),
  );
  expect(allowed.map((pattern) => files.some((file) => pattern.test(file)))).toEqual([true, true, true]);
  expect((await stat(packed.archive)).size).toBeLessThan(8_000_000);
});

test('only what is native lies outside of the archive', async () => {
  const outside = await readdir(`${packed.archive}.unpacked`, { recursive: true, withFileTypes: true });
  expect(outside.filter((entry) => entry.isFile() && entry.name.endsWith('.node')).map(({ name }) => name)).toEqual(['keytar.node']);
  expect(outside.filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/node_modules/keytar/'))).toEqual([]);
});

test('every fuse is as it was meant', async () => {
  expect(await fusesOf(packed)).toMatchObject({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
});

test('the packed app starts, syncs sample data, and is started out of sight at the next login', async ({ userData, colorScheme }) => {
  test.setTimeout(180_000);
  const { executable } = await drivableCopy(packed, join(folder, 'copy'), process.env.REAL_ELECTRON_HOME);
  const configDirectory = join(userData, 'config-home');
  const app = await launchElectron(
    executable,
    { colorScheme },
    { userData: join(userData, 'app'), env: { XDG_CONFIG_HOME: configDirectory } },
    [],
  );
  const autostart = join(configDirectory, 'autostart/leadferry.desktop');
  await expect.poll(() => readFile(autostart, 'utf8').catch(() => '')).toContain(`Exec="${executable}" --hidden\n`);
  await app.page.getByRole('button', { name: 'Try with sample data' }).click();
  await expect(app.page.getByText('Everything works and nothing leaves this computer.')).toBeVisible();
  await expect.poll(async () => (await app.tray()).tooltip, { timeout: 60_000 }).toMatch(/^Leadferry\nInitial Sync is running\n[\d,]+ of/);
  await app.quit();
});
