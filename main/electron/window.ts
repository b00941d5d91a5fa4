import { BrowserWindow, nativeTheme, screen } from 'electron';
import { pageUrl } from './app-url.ts';
import type { WindowPlacement } from './desktop-store.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where the window was when it was last closed. */
  readonly placement: WindowPlacement | null;
}

/** Wide enough for the screens without a horizontal scroll bar. */
const minimum = { width: 900, height: 640 };
const initial = { width: 1180, height: 780 };

/** Makes the window and loads the page. It is shown when it has been painted once. */
export function openWindow({ preload, icon, placement }: WindowOptions): BrowserWindow {
  const bounds = placement !== null && isOnAScreen(placement.bounds) ? placement.bounds : initial;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
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
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (placement?.maximized) window.maximize();
    window.show();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(pageUrl);
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

/** A screen may have been taken away since: at least the middle of the title bar has to be on one. */
function isOnAScreen({ x, y, width }: WindowPlacement['bounds']): boolean {
  const middle = { x: x + width / 2, y: y + 16 };
  return screen.getAllDisplays().some(({ workArea: area }) => {
    return middle.x >= area.x && middle.x < area.x + area.width && middle.y >= area.y && middle.y < area.y + area.height;
  });
}
