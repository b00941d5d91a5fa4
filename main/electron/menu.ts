import { app, Menu } from 'electron';
import { type MenuActions, menuTemplate } from './menu-template.ts';

export function setApplicationMenu(icon: string, actions: MenuActions): void {
  app.setAboutPanelOptions({
    applicationName: 'Leadferry',
    applicationVersion: app.getVersion(),
    copyright: 'Keeps ActiveCampaign and Microsoft Dynamics 365 in step.',
    iconPath: icon,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, packaged: app.isPackaged }, actions)));
}
