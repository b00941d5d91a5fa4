import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { RunningApplication } from './running-application.ts';

/** Given when the app is started at login: it begins in the tray. */
export const hiddenSwitch = '--hidden';

/** Keeps the start at login as the settings say. Only for the installed app (a checkout would register Electron) on the real data. */
export function followLaunchAtLogin(running: RunningApplication, report: (activity: string, error: unknown) => Promise<void>): void {
  if (!app.isPackaged) return;
  let current: boolean | null = null;
  const follow = () => {
    const { mode, settings } = running.state();
    const wanted = settings.general.launchAtLogin;
    if (mode === 'sample' || wanted === current) return;
    current = wanted;
    void setLaunchAtLogin(wanted).catch((error: unknown) => report('changing the start at login', error));
  };
  running.onState(follow);
  follow();
}

async function setLaunchAtLogin(on: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: [hiddenSwitch] });
    return;
  }
  const directory = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart');
  const file = join(directory, 'leadferry.desktop');
  if (!on) return rm(file, { force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(file, autostartEntry(process.env.APPIMAGE ?? process.execPath));
}

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
function autostartEntry(executable: string): string {
  const quoted = executable.replaceAll(/["`$\\]/g, String.raw`\\$&`).replaceAll('%', '%%');
  return `[Desktop Entry]\nType=Application\nName=Leadferry\nExec="${quoted}" ${hiddenSwitch}\nTerminal=false\n`;
}
