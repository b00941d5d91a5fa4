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
