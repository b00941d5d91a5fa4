import type { MenuItemConstructorOptions } from 'electron';
import { navigationScreens, type Screen, screenTitles } from '../../shared/screens.ts';

export interface MenuActions {
  readonly openScreen: (screen: Screen) => void;
  readonly openLink: (url: string) => void;
  readonly openLogs: () => void;
  readonly openSettingsFile: () => void;
}

/** Pages that the menu links to; each host is on the list of `external-links.ts`. */
const helpPages = [
  ['Connecting ActiveCampaign', 'https://help.activecampaign.com/hc/en-us/articles/207317590-Getting-started-with-the-API'],
  ['Connecting Dynamics 365', 'https://learn.microsoft.com/power-platform/admin/manage-application-users'],
] as const;

/**
 * The application menu, by the conventions of the platform: what belongs to the app is in its own menu on macOS, under File and Help
 * elsewhere. In what ships there is no reload and there are no developer tools.
 */
export function menuTemplate(
  { platform, packaged }: { readonly platform: NodeJS.Platform; readonly packaged: boolean },
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const separator = { type: 'separator' } as const;

  const settings: MenuItemConstructorOptions[] = [
    { label: mac ? 'Settings…' : 'Settings', accelerator: 'CommandOrControl+,', click: () => actions.openScreen('syncSettings') },
    { label: 'Open config.json', click: actions.openSettingsFile },
  ];
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      ...settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = {
    label: '&File',
    submenu: mac ? [{ role: 'close' }] : [...settings, separator, { role: 'close' }, separator, { role: 'quit' }],
  };
  const viewMenu: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...navigationScreens.map((screen, index) => ({
        label: screenTitles[screen],
        accelerator: `CommandOrControl+${index + 1}`,
        click: () => actions.openScreen(screen),
      })),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(packaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
    ],
  };
  const helpMenu: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      ...helpPages.map(([label, url]) => ({ label, click: () => actions.openLink(url) })),
      separator,
      { label: 'Open the log folder', click: actions.openLogs },
      ...(mac ? [] : [separator, { role: 'about' } as const]),
    ],
  };
  return [...(mac ? [appMenu] : []), fileMenu, { role: 'editMenu' }, viewMenu, { role: 'windowMenu' }, helpMenu];
}
