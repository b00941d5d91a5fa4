import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { setAutostart } from './autostart.ts';
import type { RunningApplication } from './running-application.ts';

/** Given when the app is started at login: it begins in the tray. */
export const hiddenSwitch = '--hidden';

/** What the login item of Windows runs. Asked for with the same, since another path or argument is another item there. */
const item = { path: process.execPath, args: [hiddenSwitch] };

/** Whether nobody has asked for the window: the system has started the app at login. */
export function startsHidden(): boolean {
  if (process.argv.includes(hiddenSwitch)) return true;
  // A login item of macOS takes no arguments.
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

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
  if (process.platform === 'linux') {
    return setAutostart(on, {
      configDirectory: process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
      executable: process.env.APPIMAGE ?? process.execPath,
      argument: hiddenSwitch,
    });
  }
  // Setting it again would undo what a person has switched off in the Task Manager or the System Settings.
  if (app.getLoginItemSettings(item).openAtLogin !== on) app.setLoginItemSettings({ ...item, openAtLogin: on });
}
