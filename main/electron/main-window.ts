import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';
import type { DesktopStore } from './desktop-store.ts';
import { bringToFront, openWindow, placementOf } from './window.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly desktopStore: DesktopStore;
  /** Asked when a person closes the window: true keeps it, out of sight. */
  readonly hidesOnClose: () => boolean;
}

export interface MainWindow {
  /** Opens it, or brings it to the front. */
  readonly show: () => void;
  /** Null while there is no window. */
  readonly contents: () => WebContents | null;
  /** Whether a message comes from the top frame of this window, showing the app's own page. */
  readonly sent: (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean;
}

/** The app's one window, made when it is first shown. */
export function mainWindow({ preload, icon, desktopStore, hidesOnClose }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;

  const open = (): BrowserWindow => {
    const opened = openWindow({ preload, icon, placement: desktopStore.read().window });
    opened.on('close', (event) => {
      desktopStore.write({ window: placementOf(opened) });
      if (!hidesOnClose()) return;
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      window = null;
    });
    return opened;
  };

  return {
    show: () => {
      if (window === null) window = open();
      else bringToFront(window);
    },
    contents: () => window?.webContents ?? null,
    sent: ({ sender, senderFrame }) => {
      return sender === window?.webContents && senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
    },
  };
}
