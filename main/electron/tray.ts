import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import { type Status, statusOf } from '../../shared/status.ts';
import { trayInk } from './tray-shade.ts';

export interface TrayActions {
  readonly openWindow: () => void;
  readonly setGlobalSync: (on: boolean) => void;
  readonly quit: () => void;
}

export interface AppTray {
  /** Shows `state`. Cheap when nothing that the tray shows has changed. */
  render(state: AppState, now: number): void;
  /** Shows that the app is about to end, once the write that is under way was confirmed. */
  renderQuitting(): void;
}

/** Windows shows no more of a tooltip. */
const longestTooltip = 127;

/** The icon near the clock. Its menu holds all that a click does: some desktops never report a click. */
export function createTray(iconDirectory: string, actions: TrayActions): AppTray {
  const tray = new Tray(icon(iconDirectory, 'paused'));
  tray.on('click', actions.openWindow);
  let shown = '';

  const show = (status: Status, items: readonly Electron.MenuItemConstructorOptions[]) => {
    tray.setImage(icon(iconDirectory, status.indicator));
    tray.setToolTip(tooltip(status));
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: status.headline, enabled: false },
        { label: status.detail, enabled: false, visible: status.detail !== '' },
        ...items,
      ]),
    );
  };

  return {
    render: (state, now) => {
      const status = statusOf(state, now);
      const globalSync = state.settings.syncSettings.globalSync;
      const view = JSON.stringify([status, globalSync, ink()]);
      if (view === shown) return;
      shown = view;
      show(status, [
        { type: 'separator' },
        { label: 'Open Leadferry', click: actions.openWindow },
        { label: 'Global Sync', type: 'checkbox', checked: globalSync, click: (item) => actions.setGlobalSync(item.checked) },
        { type: 'separator' },
        { label: 'Quit Leadferry', click: actions.quit },
      ]);
    },
    renderQuitting: () => show({ indicator: 'paused', headline: 'Quitting', detail: 'The write that is under way is finished first.' }, []),
  };
}

function tooltip({ headline, detail }: Status): string {
  const text = ['Leadferry', headline, detail].filter((line) => line !== '').join('\n');
  return text.length <= longestTooltip ? text : `${text.slice(0, longestTooltip - 1)}…`;
}

const ink = () =>
  trayInk({
    platform: process.platform,
    desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
    darkWindows: nativeTheme.shouldUseDarkColors,
    darkBars: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
  });

/** macOS recolours a template image by itself, Windows wants all sizes in one file, elsewhere the shade follows the bar. */
function icon(directory: string, indicator: Status['indicator']): Electron.NativeImage | string {
  if (process.platform === 'darwin') return nativeImage.createFromPath(join(directory, `${indicator}Template.png`));
  if (process.platform === 'win32') return join(directory, `${indicator}-${ink()}.ico`);
  return nativeImage.createFromPath(join(directory, `${indicator}-${ink()}.png`));
}
