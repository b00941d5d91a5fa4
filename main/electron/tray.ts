import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import { type Status, statusOf } from '../../shared/status.ts';

export interface TrayActions {
  readonly openWindow: () => void;
  readonly setGlobalSync: (on: boolean) => void;
  readonly quit: () => void;
}

export interface AppTray {
  /** Shows `state`. Cheap when nothing that the tray shows has changed. */
  render(state: AppState, now: number): void;
}

/** The icon near the clock. Its menu holds all that a click does: some desktops never report a click. */
export function createTray(iconDirectory: string, actions: TrayActions): AppTray {
  const tray = new Tray(icon(iconDirectory, 'paused'));
  tray.on('click', actions.openWindow);
  let shown = '';

  return {
    render: (state, now) => {
      const status = statusOf(state, now);
      const globalSync = state.settings.syncSettings.globalSync;
      const view = JSON.stringify([status, globalSync, nativeTheme.shouldUseDarkColors]);
      if (view === shown) return;
      shown = view;
      tray.setImage(icon(iconDirectory, status.indicator));
      tray.setToolTip(['Leadferry', status.headline, status.detail].filter((line) => line !== '').join('\n'));
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: status.headline, enabled: false },
          { label: status.detail, enabled: false, visible: status.detail !== '' },
          { type: 'separator' },
          { label: 'Open Leadferry', click: actions.openWindow },
          { label: 'Global Sync', type: 'checkbox', checked: globalSync, click: (item) => actions.setGlobalSync(item.checked) },
          { type: 'separator' },
          { label: 'Quit Leadferry', click: actions.quit },
        ]),
      );
    },
  };
}

/** macOS recolours a template image by itself, Windows wants all sizes in one file, elsewhere the shade follows the theme. */
function icon(directory: string, indicator: Status['indicator']): Electron.NativeImage | string {
  if (process.platform === 'darwin') return nativeImage.createFromPath(join(directory, `${indicator}Template.png`));
  const shade = nativeTheme.shouldUseDarkColors ? 'light' : 'dark';
  if (process.platform === 'win32') return join(directory, `${indicator}-${shade}.ico`);
  return nativeImage.createFromPath(join(directory, `${indicator}-${shade}.png`));
}
