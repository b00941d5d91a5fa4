import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createPageServer } from '../../main/electron/page-server.ts';

let serve: (request: Request) => Promise<Response>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leadferry-pages-'));
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'outside');
  await writeFile(join(folder, 'renderer/index.html'), '<meta nonce="__LEADFERRY_NONCE__"><script nonce="__LEADFERRY_NONCE__"></script>');
  await writeFile(join(folder, 'renderer/assets/index.js'), 'inside');
  await writeFile(join(folder, 'renderer/notes.txt'), 'of no kind that is served');
  serve = await createPageServer(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer/assets/later.js'), 'not there when the app was started');
});

const get = (url: string, init?: RequestInit) => serve(new Request(url, init));

test('the page is served under the root with a nonce that its policy names, a new one every time', async () => {
  const nonces = new Set<string>();
  for (const _load of [1, 2]) {
    const response = await get('leadferry://app/');
    const [, nonce = ''] = /nonce="([^"]+)"/.exec(await response.text()) ?? [];
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    nonces.add(nonce);
  }
  expect(nonces).toHaveLength(2);
});

test('a script is served with its type, which the browser may not guess otherwise', async () => {
  const response = await get('leadferry://app/assets/index.js');
  expect([await response.text(), response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([
    'inside',
    'text/javascript; charset=utf-8',
    'nosniff',
  ]);
});

test.each([
  'leadferry://app/../secret.js',
  'leadferry://app/..%2fsecret.js',
  'leadferry://app/assets/%2e%2e/%2e%2e/secret.js',
  'leadferry://app/..\\secret.js',
  'leadferry://app//etc/passwd',
  'leadferry://app/assets',
  'leadferry://app/notes.txt',
  'leadferry://app/assets/later.js',
  'leadferry://app.example/assets/index.js',
  'https://app/assets/index.js',
])('%s is not there', async (url) => {
  expect((await get(url)).status).toBe(404);
});

test('nothing can be sent to the page server', async () => {
  expect((await get('leadferry://app/', { method: 'POST', body: 'x' })).status).toBe(405);
});
