import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAutostart } from '../../main/electron/autostart.ts';

let configDirectory = '';
beforeEach(async () => {
  configDirectory = await mkdtemp(join(tmpdir(), 'leadferry-autostart-'));
});
afterEach(() => rm(configDirectory, { recursive: true }));

const file = () => join(configDirectory, 'autostart/leadferry.desktop');
const set = (on: boolean, executable = '/opt/Leadferry/leadferry') =>
  setAutostart(on, { configDirectory, executable, argument: '--hidden' });

test('the app is started out of sight at login', async () => {
  await set(true);
  expect(await readFile(file(), 'utf8')).toBe(
    '[Desktop Entry]\nType=Application\nName=Leadferry\nExec="/opt/Leadferry/leadferry" --hidden\nTerminal=false\nX-GNOME-Autostart-enabled=true\n',
  );
});

test('and no more once that is switched off, also where it never was on', async () => {
  await set(true);
  await set(false);
  await set(false);
  await expect(readFile(file())).rejects.toThrow('ENOENT');
});

test('what the desktop’s own settings have switched off stays off', async () => {
  await set(true);
  const switchedOff = (await readFile(file(), 'utf8')).replace('enabled=true', 'enabled=false');
  await writeFile(file(), switchedOff);
  await set(true);
  expect(await readFile(file(), 'utf8')).toBe(switchedOff);
});

test('an app that has moved is started from where it is now', async () => {
  await set(true, '/home/ada/Leadferry-0.1.0.AppImage');
  await set(true, '/home/ada/Leadferry-0.2.0.AppImage');
  expect(await readFile(file(), 'utf8')).toContain('\nExec="/home/ada/Leadferry-0.2.0.AppImage" --hidden\n');
});

test('no path can become another command', async () => {
  await set(true, '/home/ada "$(rm)" 50%\\a`b`/leadferry');
  expect(await readFile(file(), 'utf8')).toContain(
    String.raw`Exec="/home/ada \\"\\$(rm)\\" 50%%\\\\a\\${'`'}b\\${'`'}/leadferry" --hidden`,
  );
});
