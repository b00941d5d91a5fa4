import { join } from 'node:path';
import { app, ipcMain, nativeTheme, session } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { CreateApplication } from '../application-port.ts';
import { systemClock } from '../ports/clock.ts';
import { systemRandom } from '../ports/random.ts';
import { handleDefects, recoverPage } from './defects.ts';
import { openDesktopStore } from './desktop-store.ts';
import { expectedError, unexpectedError } from './ipc-errors.ts';
import { ipcHandlers } from './ipc-handlers.ts';
import { hostCalls, sendEvent } from './ipc-host.ts';
import { followLaunchAtLogin, hiddenSwitch, startsHidden } from './login-item.ts';
import { mainWindow } from './main-window.ts';
import { setApplicationMenu } from './menu.ts';
import { desktopNotifier } from './notifications.ts';
import { openFile } from './open-file.ts';
import { createPageServer } from './page-server.ts';
import { desktopPowerEvents } from './power.ts';
import { lockDownSession } from './protocol.ts';
import { quitCleanly } from './quit.ts';
import { type RunningApplication, runApplication } from './running-application.ts';
import { openSignInPage } from './sign-in-page.ts';
import { throttle } from './throttle.ts';
import { type AppTray, createTray } from './tray.ts';
import { openExternally } from './web-contents.ts';
import { feedWindow, type WindowFeed } from './window-feed.ts';

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

/** `--sign-in-seconds=N`: how long a sign-in waits for the browser, where five minutes are too short or too long. */
const signInSwitch = '--sign-in-seconds=';

const trayUpdateIntervalMs = 1000;
/** "in 42 minutes" has to change by itself. */
const trayTickMs = 30_000;

/**
 * The desktop app: window, tray and notifications around one running application. To be called when `app` is ready. The window is opened
 * at once: its page loads while the data directory is opened.
 */
export async function startDesktop(createApplication: CreateApplication, files: DesktopFiles): Promise<void> {
  const userData = app.getPath('userData');
  const desktopStore = openDesktopStore(userData);
  const icon = join(files.resources, 'icon.png');
  const dataDirectory = (mode: AppState['mode']) => (mode === 'sample' ? join(userData, 'sample-data') : userData);
  lockDownSession(session.defaultSession, await createPageServer(files.renderer));

  const starting = runApplication(
    (mode) =>
      createApplication({
        mode,
        dataDirectory: dataDirectory(mode),
        clock: systemClock,
        random: systemRandom,
        power: desktopPowerEvents,
        notifier: desktopNotifier((screen) => window.show(screen)),
        openSignInPage,
        ...signInLimit(),
      }),
    process.argv.includes(demoSwitch) || desktopStore.read().sampleData ? 'sample' : 'real',
  );
  const application = async () => (await starting).current();
  const report: Report = async (activity, error) => (await application()).reportDefect(activity, error);
  let staysOpen = () => true;

  const window = mainWindow({
    preload: files.preload,
    icon,
    desktopStore,
    clock: systemClock,
    hidesOnClose: () => staysOpen(),
    onOpened: (opened) => recoverPage(opened, { report, clock: systemClock }),
  });
  handleDefects({ report, stop: async () => (await starting).stop(), isWindowVisible: window.isVisible, clock: systemClock });
  const inDataDirectory = async (name: string) => join(dataDirectory((await starting).state().mode), name);
  const openSettingsFile = async () => openFile(await inDataDirectory('config.json'));
  const openFromMenu = (name: string) =>
    void inDataDirectory(name)
      .then(openFile)
      .catch((error: unknown) => report(`opening ${name}`, error));
  let feed: WindowFeed | null = null;
  hostCalls({
    ipcMain,
    isOwnFrame: window.sent,
    handlers: ipcHandlers(
      { current: application },
      {
        setSampleData: async (on) => {
          await (await starting).use(on ? 'sample' : 'real');
          desktopStore.write({ sampleData: on });
        },
        openSettingsFile,
        showChecks: (progress) => {
          const receiver = window.contents();
          if (receiver !== null) sendEvent(receiver, 'checkProgress', progress);
        },
      },
    ),
    tellChanges: () => feed?.catchUp(),
    describeError: async (error, name) => {
      const expected = expectedError(error);
      if (expected === null) await report(`answering ${name}`, error).catch(() => undefined);
      return expected ?? unexpectedError;
    },
  });
  setApplicationMenu(icon, {
    openScreen: window.show,
    openLink: openExternally,
    openLogs: () => openFromMenu('logs'),
    openSettingsFile: () => openFromMenu('config.json'),
  });
  app.on('second-instance', (_event, argv) => {
    // The login item of a system may start it a second time, for nobody to see.
    if (!argv.includes(hiddenSwitch)) window.show();
  });
  app.on('activate', () => window.show());
  if (!startsHidden()) window.show();

  const running = await starting;
  feed = feedWindow(running, window.contents, systemClock);
  const tray = showTray(running, join(files.resources, 'tray'), () => window.show(), report);
  const isQuitting = quitCleanly(running, () => {
    window.hide();
    tray.renderQuitting();
  });
  staysOpen = () => !isQuitting() && running.state().settings.general.closeToTray;
  followLaunchAtLogin(running, report);
  app.on('window-all-closed', () => {
    if (!running.state().settings.general.closeToTray) app.quit();
  });
}

function signInLimit(): { readonly signInLimitMs?: number } {
  const argument = process.argv.find((given) => given.startsWith(signInSwitch));
  const seconds = Number(argument?.slice(signInSwitch.length));
  return seconds > 0 ? { signInLimitMs: seconds * 1000 } : {};
}

type Report = (activity: string, error: unknown) => Promise<void>;

function showTray(running: RunningApplication, icons: string, openWindow: () => void, report: Report): Pick<AppTray, 'renderQuitting'> {
  const setGlobalSync = async (globalSync: boolean): Promise<void> => {
    await (await running.current()).updateSettings({ syncSettings: { globalSync } });
  };
  const tray = createTray(icons, {
    openWindow,
    setGlobalSync: (on) => void setGlobalSync(on).catch((error: unknown) => report('switching Global Sync from the tray', error)),
    quit: () => app.quit(),
  });
  let quitting = false;
  const render = () => {
    if (!quitting) tray.render(running.state(), systemClock.now());
  };
  const renderSoon = throttle(systemClock, trayUpdateIntervalMs, render);
  running.onState(renderSoon);
  nativeTheme.on('updated', render);
  setInterval(render, trayTickMs).unref();
  render();
  return {
    renderQuitting: () => {
      quitting = true;
      tray.renderQuitting();
    },
  };
}
