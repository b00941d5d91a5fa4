import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Screen } from '../../shared/screens.ts';
import { pageUrl } from './app-url.ts';
import type { WindowPlacement } from './desktop-store.ts';
import { placeWindow, smallest } from './window-placement.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where the window was when it was last closed. */
  readonly placement: WindowPlacement | null;
  /** The screen that is asked for; without one the window chooses. */
  readonly show: Screen | null;
}

/** Makes the window and loads the page. It is shown when it has been painted once. */
export function openWindow({ preload, icon, placement, show }: WindowOptions): BrowserWindow {
  const main = screen.getPrimaryDisplay().workArea;
  const window = new BrowserWindow({
    ...placeWindow(placement?.bounds ?? null, [main, ...screen.getAllDisplays().map(({ workArea }) => workArea)]),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Leadferry',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141414' : '#f5f5f5',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (placement?.maximized) window.maximize();
    window.show();
  });
  void window.loadURL(show === null ? pageUrl : `${pageUrl}#${show}`);
  return window;
}

/** As it is to be remembered. Bounds are those of the window when it is not maximised. */
export function placementOf(window: BrowserWindow): WindowPlacement {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** On macOS a window that is hidden while it fills the screen leaves a black screen behind. */
export function hideWindow(window: BrowserWindow): void {
  if (window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else window.hide();
}
