import { expect, test } from './fixtures.ts';

/** What a script in the app's own page could do, had one got there. */

test('the page cannot leave, open a window, reach the network or evaluate text', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Connection' })).toBeVisible();
  const home = await page.evaluate(() => ({ href: location.href, title: document.querySelector('h1')?.textContent }));

  const tried = await page.evaluate(async () => {
    const outcome = async (attempt: () => unknown): Promise<string> => {
      try {
        await attempt();
        return 'went through';
      } catch {
        return 'refused';
      }
    };
    // From a timer, so that the policy of the page counts and not the rights of the debugger.
    const later = (attempt: () => unknown) =>
      new Promise<string>((resolve) => {
        setTimeout(() => resolve(outcome(attempt)));
      });
    const loads = (element: HTMLScriptElement | HTMLImageElement) =>
      new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = reject;
        document.body.append(element);
      });
    return {
      fetch: await later(() => fetch('https://example.com/')),
      ownFetch: await later(() => fetch(location.href)),
      evaluate: await later(() => Reflect.construct(Function, ['return 1'])),
      inlineScript: await later(() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        if (!('ran' in window)) throw new Error('not run');
      }),
      foreignScript: await later(() => loads(Object.assign(document.createElement('script'), { src: 'https://example.com/a.js' }))),
      foreignImage: await later(() => loads(Object.assign(document.createElement('img'), { src: 'https://example.com/a.png' }))),
      openWindow: await later(() => {
        if (window.open('https://example.com/') === null) throw new Error('no window');
      }),
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
  const tried = await app.page.evaluate(async () => {
    const foreign = 'https://example.com/';
    const refusals: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refusals.push(effectiveDirective));
    const settled = async (attempt: () => unknown): Promise<string> => {
      try {
        await attempt();
        return 'went through';
      } catch {
        return 'refused';
      }
    };
    // From a timer, so that the policy of the page counts and not the rights of the debugger.
    const later = (attempt: () => unknown) =>
      new Promise<string>((resolve) => {
        setTimeout(() => resolve(settled(attempt)));
      });
    const opens = (source: WebSocket | EventSource) =>
      new Promise((resolve, reject) => {
        source.onopen = resolve;
        source.onerror = reject;
      });
    const violates = (directive: string, attempt: () => unknown) =>
      later(async () => {
        const before = refusals.filter((name) => name === directive).length;
        attempt();
        for (let turn = 0; turn < 100; turn += 1) {
          if (refusals.filter((name) => name === directive).length > before) throw new Error(directive);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
    return {
      webSocket: await later(() => opens(new WebSocket('wss://example.com/'))),
      eventSource: await later(() => opens(new EventSource(foreign))),
      beacon: await violates('connect-src', () => navigator.sendBeacon(foreign, 'x')),
      frame: await violates('frame-src', () => document.body.append(Object.assign(document.createElement('iframe'), { src: foreign }))),
      form: await violates('form-action', () => {
        const form = Object.assign(document.createElement('form'), { action: foreign, method: 'post' });
        document.body.append(form);
        form.submit();
      }),
      serviceWorker: await later(() => navigator.serviceWorker.register('/worker.js')),
      geolocation: await later(() => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      camera: await later(() => navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await later(() => navigator.clipboard.readText()),
      notifications: await later(async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('not granted');
      }),
      webview: await later(() => {
        if (!('getWebContentsId' in document.body.appendChild(document.createElement('webview')))) throw new Error('an element like any');
      }),
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
