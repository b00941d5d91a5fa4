import { expect, test } from 'vitest';
import { trayInk } from '../../main/electron/tray-shade.ts';

const light = { desktop: '', darkWindows: false, darkBars: false };

test.each([
  ['Windows with a dark taskbar and light windows', { ...light, platform: 'win32', darkBars: true }, 'light'],
  ['Windows with a light taskbar and dark windows', { ...light, platform: 'win32', darkWindows: true }, 'dark'],
  ['GNOME, whose bar is dark in a light theme as well', { ...light, platform: 'linux', desktop: 'ubuntu:GNOME' }, 'light'],
  ['KDE in a light theme', { ...light, platform: 'linux', desktop: 'KDE' }, 'dark'],
  ['KDE in a dark theme', { ...light, platform: 'linux', desktop: 'KDE', darkWindows: true }, 'light'],
  ['a desktop of no name', { ...light, platform: 'linux' }, 'dark'],
] as const)('on %s', (_name, surroundings, ink) => {
  expect(trayInk(surroundings)).toBe(ink);
});
