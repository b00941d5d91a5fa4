import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** docs/security.md says where each item of Electron's checklist is kept; this looks there. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/security.md');

test('each of the twenty items is answered', () => {
  const items = [...page.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|$/gm)];
  expect(items.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('every file that is named is there', () => {
  const named = [...page.matchAll(/`((?:main|preload|shared|test)\/[\w/.-]+|[\w-]+\.(?:yml|json))`/g)].map(([, path]) => path ?? '');
  expect([named.length > 20, named.filter((path) => !existsSync(join(root, path)))]).toEqual([true, []]);
});

test('the window has the rights that the page tells of, and no others', () => {
  const preferences = /webPreferences: \{([^}]+)\}/.exec(read('main/electron/window.ts'))?.[1] ?? '';
  const lines = preferences.split('\n').map((line) => line.trim().replace(/,$/, ''));
  expect(lines.filter((line) => line !== '')).toEqual([
    'preload',
    'sandbox: true',
    'contextIsolation: true',
    'nodeIntegration: false',
    'nodeIntegrationInWorker: false',
    'nodeIntegrationInSubFrames: false',
    'webviewTag: false',
    'webSecurity: true',
    'allowRunningInsecureContent: false',
    'experimentalFeatures: false',
    'navigateOnDragDrop: false',
    'spellcheck: false',
  ]);
});

describe('there is one place for each thing that could go past this', () => {
  const sources = ['desktop', 'main-window', 'menu', 'notifications', 'protocol', 'quit', 'tray', 'web-contents', 'window', 'defects'].map(
    (name) => [`main/electron/${name}.ts`, read(`main/electron/${name}.ts`)] as const,
  );
  const where = (words: string) => sources.filter(([, text]) => text.includes(words)).map(([path]) => path);
  test.each([
    ['new BrowserWindow(', ['main/electron/window.ts']],
    ['shell.openExternal(', ['main/electron/web-contents.ts']],
    ['setWindowOpenHandler(', ['main/electron/web-contents.ts']],
    ['setPermissionRequestHandler((_contents, _permission, respond) => respond(false))', ['main/electron/protocol.ts']],
    ['setPermissionCheckHandler(() => false)', ['main/electron/protocol.ts']],
    ['enableBlinkFeatures', []],
  ])('%s', (words, places) => {
    expect(where(words)).toEqual(places);
  });
});
