import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Screen } from '../../shared/screens.ts';
import type { Clock } from '../ports/clock.ts';
import { isAppUrl } from './app-url.ts';
import type { DesktopStore } from './desktop-store.ts';
import { sendEvent } from './ipc-host.ts';
import { throttle } from './throttle.ts';
import { bringToFront, hideWindow, openWindow, placementOf } from './window.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly desktopStore: DesktopStore;
  readonly clock: Clock;
  /** Asked when a person closes the window: true keeps it, out of sight. */
  readonly hidesOnClose: () => boolean;
  /** Called with each window that is made. */
  readonly onOpened: (window: BrowserWindow) => void;
}

export interface MainWindow {
  /** Opens it, or brings it to the front; at a screen, where one is asked for. */
  readonly show: (screen?: Screen) => void;
  readonly hide: () => void;
  readonly isVisible: () => boolean;
  /** Null while there is no window. */
  readonly contents: () => WebContents | null;
  /** Whether a message comes from the top frame of this window, showing the app's own page. */
  readonly sent: (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean;
}

/** A system that is shut down closes no window: where it is, is written while it is moved. */
const rememberIntervalMs = 2000;

/** The app's one window, made when it is first shown. */
export function mainWindow({ preload, icon, desktopStore, clock, hidesOnClose, onOpened }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;

  const open = (screen: Screen | null): BrowserWindow => {
    const opened = openWindow({ preload, icon, placement: desktopStore.read().window, show: screen });
    const remember = () => {
      if (!opened.isDestroyed()) desktopStore.write({ window: placementOf(opened) });
    };
    const rememberSoon = throttle(clock, rememberIntervalMs, remember);
    opened.on('resize', rememberSoon);
    opened.on('move', rememberSoon);
    opened.on('close', (event) => {
      remember();
      if (!hidesOnClose()) return;
      event.preventDefault();
      hideWindow(opened);
    });
    opened.on('closed', () => {
      window = null;
    });
    onOpened(opened);
    return opened;
  };

  return {
    show: (screen) => {
      if (window === null) {
        window = open(screen ?? null);
        return;
      }
      bringToFront(window);
      if (screen !== undefined) sendEvent(window.webContents, 'openScreen', screen);
    },
    hide: () => window?.hide(),
    isVisible: () => window?.isVisible() ?? false,
    contents: () => window?.webContents ?? null,
    sent: ({ sender, senderFrame }) => {
      return sender === window?.webContents && senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
    },
  };
}
