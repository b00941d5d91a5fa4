import { join } from 'node:path';
import { app, ipcMain, nativeTheme, session } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { CreateApplication } from '../application-port.ts';
import { systemClock } from '../ports/clock.ts';
import { systemRandom } from '../ports/random.ts';
import { openDesktopStore } from './desktop-store.ts';
import { expectedError, unexpectedError } from './ipc-errors.ts';
import { ipcHandlers } from './ipc-handlers.ts';
import { hostCalls } from './ipc-host.ts';
import { followLaunchAtLogin, hiddenSwitch } from './login-item.ts';
import { mainWindow } from './main-window.ts';
import { setApplicationMenu } from './menu.ts';
import { desktopNotifier } from './notifications.ts';
import { openFile } from './open-file.ts';
import { createPageServer } from './page-server.ts';
import { desktopPowerEvents } from './power.ts';
import { lockDownSession } from './protocol.ts';
import { quitCleanly } from './quit.ts';
import { type RunningApplication, runApplication } from './running-application.ts';
import { throttle } from './throttle.ts';
import { createTray } from './tray.ts';
import { feedWindow } from './window-feed.ts';

export interface DesktopFiles {
  /** The built page. */
  readonly renderer: string;
  /** The built preload script. */
  readonly preload: string;
  /** Icons. */
  readonly resources: string;
}

/** Given by `npm run demo`: sample data in this start, whatever was chosen before. */
const demoSwitch = '--demo';

const trayUpdateIntervalMs = 1000;
/** "in 42 minutes" has to change by itself. */
const trayTickMs = 30_000;

/** The desktop app: window, tray and notifications around one running application. To be called when `app` is ready. */
export async function startDesktop(createApplication: CreateApplication, files: DesktopFiles): Promise<void> {
  const userData = app.getPath('userData');
  const desktopStore = openDesktopStore(userData);

  const dataDirectory = (mode: AppState['mode']) => (mode === 'sample' ? join(userData, 'sample-data') : userData);

  const window = mainWindow({
    preload: files.preload,
    icon: join(files.resources, 'icon.png'),
    desktopStore,
    hidesOnClose: () => !isQuitting() && running.state().settings.general.closeToTray,
  });
  const running = await runApplication(
    (mode) =>
      createApplication({
        mode,
        dataDirectory: dataDirectory(mode),
        clock: systemClock,
        random: systemRandom,
        power: desktopPowerEvents,
        notifier: desktopNotifier(window.show),
      }),
    process.argv.includes(demoSwitch) || desktopStore.read().sampleData ? 'sample' : 'real',
  );
  const isQuitting = quitCleanly(running);
  const report = async (activity: string, error: unknown) => (await running.current()).reportDefect(activity, error);

  lockDownSession(session.defaultSession, await createPageServer(files.renderer));
  hostCalls({
    ipcMain,
    isOwnFrame: window.sent,
    handlers: ipcHandlers(running, {
      setSampleData: async (on) => {
        await running.use(on ? 'sample' : 'real');
        desktopStore.write({ sampleData: on });
      },
      openSettingsFile: () => openFile(join(dataDirectory(running.state().mode), 'config.json')),
    }),
    describeError: async (error, name) => {
      const expected = expectedError(error);
      if (expected === null) await report(`answering ${name}`, error);
      return expected ?? unexpectedError;
    },
  });
  feedWindow(running, window.contents, systemClock);
  setApplicationMenu();
  showTray(running, join(files.resources, 'tray'), window.show, report);
  followLaunchAtLogin(running, report);

  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('window-all-closed', () => {
    if (!running.state().settings.general.closeToTray) app.quit();
  });
  if (!process.argv.includes(hiddenSwitch)) window.show();
}

function showTray(
  running: RunningApplication,
  icons: string,
  openWindow: () => void,
  report: (activity: string, error: unknown) => Promise<void>,
): void {
  const setGlobalSync = async (globalSync: boolean): Promise<void> => {
    await (await running.current()).updateSettings({ syncSettings: { globalSync } });
  };
  const tray = createTray(icons, {
    openWindow,
    setGlobalSync: (on) => void setGlobalSync(on).catch((error: unknown) => report('switching Global Sync from the tray', error)),
    quit: () => app.quit(),
  });
  const render = () => tray.render(running.state(), systemClock.now());
  const renderSoon = throttle(systemClock, trayUpdateIntervalMs, render);
  running.onState(renderSoon);
  nativeTheme.on('updated', render);
  setInterval(render, trayTickMs).unref();
  render();
}
