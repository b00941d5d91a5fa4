import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page, Route } from '@playwright/test';
import { type LaunchOptions, projectRoot, type RunningApp } from '../app.ts';
import type { AskedAndOpened, FromMain, PageAnswer, Question } from './messages.ts';
import { preloadScript } from './preload-script.ts';

/** A browser shows no page of a scheme of its own: the app's origin goes by this name there. `localhost` is a secure context. */
const browserOrigin = 'http://app.leadferry.localhost';
const appOrigin = 'leadferry://app';
const toApp = (url: string): string => (url.startsWith(`${browserOrigin}/`) ? appOrigin + url.slice(browserOrigin.length) : url);
const toBrowser = (url: string): string => url.replace(appOrigin, browserOrigin);

/** Forks plain Node with the built main and shows its window as a page of `browser`. */
export async function launchStandIn(
  browser: Browser,
  look: BrowserContextOptions,
  { userData, args = [], env = {} }: LaunchOptions,
): Promise<RunningApp> {
  const main = mainProcess([join(projectRoot, 'out/main/index.js'), `--user-data-dir=${userData}`, ...args], env);
  const context = await browser.newContext(look);
  let page: Page | null = null;
  let visible = false;

  await main.listen(async (message) => {
    if (message.type === 'window-opened') page = await openPage(context, main, message);
    if (message.type === 'window-visible') visible = message.visible;
    if (message.type === 'window-reload') await page?.reload();
    if (message.type === 'send')
      await page?.evaluate(([channel, sent]) => receive(channel, sent), [message.channel, message.args] as const);
  });
  const shown: Page | null = page;
  if (shown === null) throw new Error('the app has opened no window');

  return {
    page: shown,
    isWindowVisible: async () => visible,
    closeWindow: async () => void (await main.ask({ type: 'close-window' })),
    startAgain: async () => void (await main.ask({ type: 'second-instance' })),
    answerDialogs: async (answers) => void (await main.ask({ type: 'answer-dialogs', ...answers })),
    questions: async () => (await askedAndOpened(main)).questions,
    openedFiles: async () => (await askedAndOpened(main)).opened,
    requestQuit: async () => void (await main.ask({ type: 'quit' })),
    quit: async () => {
      await main.ask({ type: 'answer-dialogs', button: 0 });
      await main.quit();
      await context.close();
    },
  };
}

const askedAndOpened = async (main: MainProcess): Promise<AskedAndOpened> =>
  (await main.ask({ type: 'asked-and-opened' })) as AskedAndOpened;

/** Runs in the page: what the preload script was given as `ipcRenderer` hands it on. */
declare function receive(channel: string, args: readonly unknown[]): void;

interface MainProcess {
  readonly ask: (question: Question) => Promise<unknown>;
  /** Hands each message on in its order. Resolves when the window was opened. */
  readonly listen: (handle: (message: FromMain) => Promise<void>) => Promise<void>;
  readonly quit: () => Promise<void>;
}

function mainProcess(args: readonly string[], env: Readonly<Record<string, string>>): MainProcess {
  const child: ChildProcess = fork(join(import.meta.dirname, 'run-main.ts'), args, {
    serialization: 'advanced',
    stdio: 'inherit',
    execArgv: [],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit');
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let lastId = 0;

  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ id: lastId, question });
    });

  return {
    ask,
    listen: (handle) =>
      new Promise((resolve, reject) => {
        let queue: Promise<unknown> = Promise.resolve();
        void ended.then(() => reject(new Error('the app has ended before it opened a window')));
        child.on('message', (message: FromMain) => {
          if (message.type === 'answer') waiting.get(message.id)?.resolve(message.value);
          else if (message.type === 'answer-error') waiting.get(message.id)?.reject(new Error(message.message));
          else if (message.type === 'error-box') reject(new Error(`${message.title}: ${message.content}`));
          else {
            // A page that is being closed takes no more messages.
            queue = queue.then(() => handle(message)).catch(() => undefined);
            if (message.type === 'window-opened') void queue.then(() => resolve());
          }
        });
      }),
    quit: async () => {
      void ask({ type: 'quit' }).catch(() => undefined);
      await ended;
    },
  };
}

async function openPage(
  context: BrowserContext,
  main: MainProcess,
  { url, preload }: { readonly url: string; readonly preload: string },
): Promise<Page> {
  const page = await context.newPage();
  await page.exposeBinding('standInInvoke', ({ frame }: { readonly frame: Frame }, channel: string, args: readonly unknown[]) =>
    main.ask({ type: 'invoke', channel, args, frame: { url: toApp(frame.url()), top: frame.parentFrame() === null } }),
  );
  await page.addInitScript(preloadScript(await readFile(preload, 'utf8')));
  await page.exposeBinding('standInOpenWindow', (_source, target: string) => main.ask({ type: 'open-window', url: target }));
  await context.route('**', (route) => route.abort('blockedbyclient'));
  await page.route('**', (route) => answerRequest(route, main, page));
  // A link that asks for a window of its own. The stand-in opens none, even where main allows it.
  page.on('popup', (popup) => {
    void main.ask({ type: 'open-window', url: popup.url() });
    void popup.close();
  });
  await page.goto(toBrowser(url));
  return page;
}

async function answerRequest(route: Route, main: MainProcess, page: Page): Promise<void> {
  const request = route.request();
  const url = toApp(request.url());
  const leaves =
    request.isNavigationRequest() && request.frame() === page.mainFrame() && page.url() !== 'about:blank' && request.url() !== page.url();
  if (leaves && (await main.ask({ type: 'navigate', url })) !== true) return route.abort('aborted');
  const answer = (await main.ask({ type: 'request', url, method: request.method() })) as PageAnswer;
  if (answer.refused) return route.abort('blockedbyclient');
  return route.fulfill({ status: answer.status, headers: { ...answer.headers }, body: Buffer.from(answer.body) });
}
