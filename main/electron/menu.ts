import { app, Menu } from 'electron';

/** The conventions of the platform, and nothing that the app does not need (no reload, no developer tools in what ships). */
export function setApplicationMenu(): void {
  const view: Electron.MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const development: Electron.MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : [{ role: 'fileMenu' as const }]),
      { role: 'editMenu' },
      { label: 'View', submenu: app.isPackaged ? view : [...view, { type: 'separator' }, ...development] },
      { role: 'windowMenu' },
    ]),
  );
}
