import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** What a script in the app's own page could do, had one got there. */

/**
 * What became of each attempt, one after the other.
 * @param attempts runs in the page; each attempt from a timer, so that the policy of the page counts and not the rights of the debugger.
 */
async function outcomes(page: Page, attempts: () => Readonly<Record<string, () => unknown>>): Promise<Record<string, string>> {
  const made = await page.evaluateHandle(attempts);
  return page.evaluate(async (named) => {
    const outcome = async (attempt: () => unknown): Promise<string> => {
      try {
        await attempt();
        return 'went through';
      } catch {
        return 'refused';
      }
    };
    const found: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(named)) {
      found[name] = await new Promise<string>((resolve) => {
        setTimeout(() => resolve(outcome(attempt)));
      });
    }
    return found;
  }, made);
}

test('the page cannot leave, open a window, reach the network or evaluate text', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  const home = await page.evaluate(() => ({ href: location.href, title: document.querySelector('h1')?.textContent }));

  const tried = await outcomes(page, () => {
    const loads = (element: HTMLScriptElement | HTMLImageElement) =>
      new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = reject;
        document.body.append(element);
      });
    return {
      fetch: () => fetch('https://example.com/'),
      ownFetch: () => fetch(location.href),
      evaluate: () => Reflect.construct(Function, ['return 1']),
      inlineScript: () => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        if (!('ran' in window)) throw new Error('not run');
      },
      foreignScript: () => loads(Object.assign(document.createElement('script'), { src: 'https://example.com/a.js' })),
      foreignImage: () => loads(Object.assign(document.createElement('img'), { src: 'https://example.com/a.png' })),
      openWindow: () => {
        if (window.open('https://example.com/') === null) throw new Error('no window');
      },
    };
  });
  expect(tried).toEqual({
    fetch: 'refused',
    ownFetch: 'refused',
    evaluate: 'refused',
    inlineScript: 'refused',
    foreignScript: 'refused',
    foreignImage: 'refused',
    openWindow: 'refused',
  });

  const stillThere = () => page.evaluate(() => [location.href, document.querySelector('h1')?.textContent]);
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  // Asked several times, since leaving takes a while. No locator: those wait for a navigation that never ends.
  for (const _time of Array.from({ length: 20 })) expect(await stillThere()).toEqual([home.href, home.title]);
});

test('the page gets no permission, no frame, no worker and no connection of any kind', async ({ launch }) => {
  const app = await launch();
  await expect(app.page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  const tried = await outcomes(app.page, () => {
    const foreign = 'https://example.com/';
    const refusals: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refusals.push(effectiveDirective));
    const opens = (source: WebSocket | EventSource) =>
      new Promise((resolve, reject) => {
        source.onopen = resolve;
        source.onerror = reject;
      });
    const violates = (directive: string, attempt: () => unknown) => async () => {
      const before = refusals.filter((name) => name === directive).length;
      attempt();
      for (let turn = 0; turn < 100; turn += 1) {
        if (refusals.filter((name) => name === directive).length > before) throw new Error(directive);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return {
      webSocket: () => opens(new WebSocket('wss://example.com/')),
      eventSource: () => opens(new EventSource(foreign)),
      beacon: violates('connect-src', () => navigator.sendBeacon(foreign, 'x')),
      frame: violates('frame-src', () => document.body.append(Object.assign(document.createElement('iframe'), { src: foreign }))),
      form: violates('form-action', () => {
        const form = Object.assign(document.createElement('form'), { action: foreign, method: 'post' });
        document.body.append(form);
        form.submit();
      }),
      serviceWorker: () => navigator.serviceWorker.register('/worker.js'),
      geolocation: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      clipboard: () => navigator.clipboard.readText(),
      notifications: async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('not granted');
      },
      webview: () => {
        if (!('getWebContentsId' in document.body.appendChild(document.createElement('webview')))) throw new Error('an element like any');
      },
    };
  });
  expect(new Set(Object.values(tried)), JSON.stringify(tried)).toEqual(new Set(['refused']));

  await app.page.evaluate(() => {
    for (const url of ['file:///etc/passwd', 'data:text/html,x', 'https://example.com/', 'javascript:void 0']) window.open(url);
  });
  expect(await app.openedLinks()).toEqual([]);
  // No locator: those wait for a navigation that never ends.
  expect(await app.page.evaluate(() => document.querySelector('h1')?.textContent)).toBe('Connection');
});

test('the page has nothing of Node or Electron, and the bridge takes only what was agreed', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Connection' })).toBeVisible();

  expect(await page.evaluate(() => ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in window))).toEqual(
    [],
  );
  expect(await page.evaluate(() => Object.keys(window.leadferry).toSorted())).toEqual(['call', 'on']);

  const answers = await page.evaluate(async () => {
    const call = window.leadferry.call as unknown as Record<
      string,
      (request: unknown) => Promise<{ readonly ok: boolean; readonly error?: { code: string } }>
    >;
    const forged: readonly (readonly [string, unknown])[] = [
      ['setSampleData', 'yes'],
      ['removeSecret', '__proto__'],
      ['getLogLines', { minimumLevel: 'info', before: null, limit: 1e12 }],
      ['updateSettings', { general: { closeToTray: 'no' } }],
      ['getFieldChoices', { toString: 1 }],
    ];
    return Promise.all(forged.map(async ([name, request]) => (await call[name]?.(request))?.error?.code));
  });
  expect(answers).toEqual(Array.from({ length: 5 }, () => 'invalid-request'));

  expect(
    await page.evaluate(() => {
      try {
        Object.assign(window.leadferry.call, { getState: () => 'replaced' });
        return 'replaced';
      } catch {
        return 'refused';
      }
    }),
  ).toBe('refused');
});

test('2,000 random messages of the page are each answered as agreed, and change nothing', async ({ launch, userData }) => {
  const app = await launch();
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  const config = join(userData, 'config.json');
  const before = {
    config: await readFile(config, 'utf8').catch(() => null),
    state: await page.evaluate(() => window.leadferry.call.getState()),
  };

  const answers = await page.evaluate(async () => {
    // Park and Miller: the same messages each time.
    let seed = 20_260;
    const below = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'general', 'service', 'limit', 'who', 'key', 'apiUrl', 'then', ''];
    const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
    const value = (depth: number): unknown => {
      if (depth > 4) return null;
      const nested = () => value(depth + 1);
      return pick<() => unknown>([
        () => pick([0, -1, 1e308, Number.NaN, Number.POSITIVE_INFINITY, below(1000) / 7]),
        () => pick(['', 'x'.repeat(5000), '\u0000\ud800', '../../config.json', "'; DROP TABLE link; --", '<img src=x onerror=1>']),
        () => pick([null, 12n, new Date(below(1e9)), /a+/, new Uint8Array(8), new Map([['__proto__', 1]]), new Error('no')]),
        () => Array.from({ length: below(4) }, nested),
        () => JSON.parse(`{"${pick(names)}":{"polluted":true}}`) as unknown,
        () => Object.fromEntries(Array.from({ length: below(4) }, () => [pick(names), nested()])),
        () => {
          const itself: Record<string, unknown> = { [pick(names)]: nested() };
          return { ...itself, itself };
        },
        // What cannot be sent at all.
        () => pick([() => undefined, Symbol('no'), document.body]),
      ])();
    };
    const call = window.leadferry.call as unknown as Readonly<Record<string, (request: unknown) => Promise<unknown>>>;
    const calls = Object.keys(call);
    const counted: Record<string, number> = {};
    for (let batch = 0; batch < 20; batch += 1) {
      const told = await Promise.all(
        Array.from({ length: 100 }, async () => {
          try {
            const answer = (await call[pick(calls)]?.(value(0))) as { readonly ok?: unknown; readonly error?: { readonly code?: unknown } };
            return answer.ok === true ? 'done' : String(answer.error?.code);
          } catch (error) {
            return error instanceof Error && /cloned/.test(error.message) ? 'not sent' : String(error);
          }
        }),
      );
      for (const answer of told) counted[answer] = (counted[answer] ?? 0) + 1;
    }
    return counted;
  });
  expect(Object.values(answers).reduce((sum, count) => sum + count, 0)).toBe(2000);
  // An empty update asks for nothing, and a number may be that of a plan that is not there. Nothing is unexpected, and nothing is thrown.
  expect(Object.keys(answers).toSorted(), JSON.stringify(answers)).toEqual(['changed-meanwhile', 'done', 'invalid-request', 'not sent']);
  expect(answers['invalid-request']).toBeGreaterThan(1000);

  expect(await app.polluted()).toEqual([]);
  expect(await page.evaluate(() => Object.hasOwn(Object.prototype, 'polluted'))).toBe(false);
  expect(await readFile(config, 'utf8').catch(() => null)).toBe(before.config);
  expect(await page.evaluate(() => window.leadferry.call.getState())).toEqual(before.state);
});
