import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { mayOpenExternally } from '../../main/electron/external-links.ts';
import { type MenuActions, menuTemplate } from '../../main/electron/menu-template.ts';

function menuOn(platform: NodeJS.Platform, packaged = true) {
  const done: string[] = [];
  const actions: MenuActions = {
    openScreen: (screen) => done.push(screen),
    openLink: (url) => done.push(url),
    openLogs: () => done.push('logs'),
    openSettingsFile: () => done.push('config.json'),
  };
  const template = menuTemplate({ platform, packaged }, actions);
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { done, template, items };
}

const nameOf = ({ label, role }: MenuItemConstructorOptions) => label ?? role ?? '-';
/** The menu as lines: a name, and what is in it. */
const drawn = (template: readonly MenuItemConstructorOptions[]) =>
  template.map((menu) => [nameOf(menu), ...(Array.isArray(menu.submenu) ? menu.submenu.map(nameOf) : [])].join(' | '));

const screens = 'Overview | People | Connection | Data Configuration | Sync Settings | Live Log';
const zoom = 'resetZoom | zoomIn | zoomOut | - | togglefullscreen';
const help = 'Connecting ActiveCampaign | Connecting Dynamics 365 | - | Open the log folder';

test('on macOS the app has a menu of its own with Settings in it', () => {
  expect(drawn(menuOn('darwin').template)).toEqual([
    'appMenu | about | - | Settings… | Open config.json | - | services | - | hide | hideOthers | unhide | - | quit',
    '&File | close',
    'editMenu',
    `&View | ${screens} | - | ${zoom}`,
    'windowMenu',
    `help | ${help}`,
  ]);
});

test.each(['win32', 'linux'] as const)('on %s Settings and Quit are under File, About is under Help', (platform) => {
  expect(drawn(menuOn(platform).template)).toEqual([
    '&File | Settings | Open config.json | - | close | - | quit',
    'editMenu',
    `&View | ${screens} | - | ${zoom}`,
    'windowMenu',
    `help | ${help} | - | about`,
  ]);
});

test('only a checkout has reload and developer tools', () => {
  const tools = (packaged: boolean) => menuOn('linux', packaged).items.filter(({ role }) => role === 'reload' || role === 'toggleDevTools');
  expect([tools(true).length, tools(false).length]).toEqual([0, 2]);
});

test('the keys lead to the screens, no two of them to different ones', () => {
  const { items, done } = menuOn('linux');
  const withKeys = items.filter(({ accelerator }) => accelerator !== undefined);
  for (const { click } of withKeys) click?.({} as never, undefined, {} as never);
  expect(withKeys.map(({ accelerator }, index) => `${accelerator} ${done[index]}`)).toEqual([
    'CommandOrControl+, syncSettings',
    'CommandOrControl+1 overview',
    'CommandOrControl+2 people',
    'CommandOrControl+3 connection',
    'CommandOrControl+4 dataConfiguration',
    'CommandOrControl+5 syncSettings',
    'CommandOrControl+6 liveLog',
  ]);
});

test('every page that the menu links to may be opened', () => {
  const { items, done } = menuOn('linux');
  for (const { click, accelerator } of items) if (accelerator === undefined) click?.({} as never, undefined, {} as never);
  const links = done.filter((each) => each.startsWith('https:'));
  expect([links.length, links.filter((link) => !mayOpenExternally(link))]).toEqual([2, []]);
});
