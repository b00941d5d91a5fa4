import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page, Route } from '@playwright/test';
import { type ForgedSender, type LaunchOptions, projectRoot, type RunningApp } from '../app.ts';
import type { FromMain, PageAnswer, Question, Frame as Sender, Told } from './messages.ts';
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
  let held = Promise.resolve();
  const forced = new Map<string, unknown>();
  let tellOfPage: (opened: Page) => void = () => undefined;
  const opened = new Promise<Page>((resolve) => {
    tellOfPage = resolve;
  });

  await main.listen(args.includes('--hidden') ? 'started' : 'window-opened', async (message) => {
    if (message.type === 'window-opened') {
      page = await openPage(context, main, message, forced, () => held);
      tellOfPage(page);
    }
    if (message.type === 'window-visible') visible = message.visible;
    if (message.type === 'window-closed') visible = false;
    if (message.type === 'window-reload') await page?.reload();
    if (message.type === 'send')
      await page?.evaluate(([channel, sent]) => receive(channel, sent), [message.channel, message.args] as const);
  });
  const told = async () => (await main.ask({ type: 'told' })) as Told;

  return {
    get page() {
      if (page === null) throw new Error('the app has opened no window');
      return page;
    },
    shownPage: () => opened,
    isWindowVisible: async () => visible,
    closeWindow: async () => void (await main.ask({ type: 'close-window' })),
    startAgain: async (more = []) => void (await main.ask({ type: 'second-instance', args: more })),
    answerDialogs: async (answers) => void (await main.ask({ type: 'answer-dialogs', ...answers })),
    questions: async () => (await told()).questions,
    openedFiles: async () => (await told()).files,
    openedLinks: async () => (await told()).links,
    notifications: async () => (await told()).notifications,
    tray: async () => (await told()).tray,
    clickTray: async (label) => void (await main.ask({ type: 'click', where: 'tray', label })),
    clickMenu: async (label) => void (await main.ask({ type: 'click', where: 'menu', label })),
    forgeCall: (sender, name, request) =>
      main.ask({ type: 'invoke', channel: `leadferry:call:${name}`, args: [request], frame: forgedFrames[sender] }),
    holdAnswers: async () => {
      const gate = Promise.withResolvers<void>();
      held = gate.promise;
      return async () => gate.resolve();
    },
    answerWith: async (name, answer) => void forced.set(`leadferry:call:${name}`, answer),
    polluted: async () => (await told()).polluted,
    fail: async (how, message) => void (await main.ask({ type: 'fail', how, message })),
    crashPage: async () => void (await main.ask({ type: 'crash-page' })),
    output: main.output,
    terminate: main.terminate,
    requestQuit: async () => void (await main.ask({ type: 'quit' })),
    ended: main.ended,
    quit: async () => {
      await main.quit();
      await context.close();
    },
  };
}

const forgedFrames: Readonly<Record<ForgedSender, Sender>> = {
  'sub-frame': { url: `${appOrigin}/`, top: false },
  'other-window': { url: `${appOrigin}/`, top: true, elsewhere: true },
  'foreign-page': { url: 'https://app.example/', top: true },
};

/** Runs in the page: what the preload script was given as `ipcRenderer` hands it on. */
declare function receive(channel: string, args: readonly unknown[]): void;

interface MainProcess {
  readonly ask: (question: Question) => Promise<unknown>;
  /** Hands each message on in its order. Resolves when the first of that kind has come. */
  readonly listen: (until: FromMain['type'], handle: (message: FromMain) => Promise<void>) => Promise<void>;
  readonly output: () => string;
  readonly ended: Promise<void>;
  readonly terminate: () => void;
  /** Quits where it still runs, whatever it asks. */
  readonly quit: () => Promise<void>;
}

function mainProcess(args: readonly string[], env: Readonly<Record<string, string>>): MainProcess {
  const child: ChildProcess = fork(join(import.meta.dirname, 'run-main.ts'), args, {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit').then(() => undefined);
  let running = true;
  void ended.then(() => {
    running = false;
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let lastId = 0;

  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      // A page may still ask while the app ends.
      child.send({ id: lastId, question }, (error) => {
        if (error !== null) reject(error);
      });
    });

  return {
    ask,
    output: () => output,
    ended,
    terminate: () => void child.kill(),
    listen: (until, handle) =>
      new Promise((resolve, reject) => {
        let queue: Promise<unknown> = Promise.resolve();
        void ended.then(() => reject(new Error(`the app has ended before it was shown\n${output}`)));
        child.on('message', (message: FromMain) => {
          if (message.type === 'answer') waiting.get(message.id)?.resolve(message.value);
          else if (message.type === 'answer-error') waiting.get(message.id)?.reject(new Error(message.message));
          else if (message.type === 'error-box') reject(new Error(`${message.title}: ${message.content}`));
          else {
            // A page that is being closed takes no more messages.
            queue = queue.then(() => handle(message)).catch(() => undefined);
            if (message.type === until) void queue.then(() => resolve());
          }
        });
      }),
    quit: async () => {
      if (running) {
        await ask({ type: 'answer-dialogs', button: 0 });
        void ask({ type: 'quit' }).catch(() => undefined);
      }
      await ended;
    },
  };
}

async function openPage(
  context: BrowserContext,
  main: MainProcess,
  { url, preload }: { readonly url: string; readonly preload: string },
  forced: ReadonlyMap<string, unknown>,
  held: () => Promise<void>,
): Promise<Page> {
  const page = await context.newPage();
  await page.exposeBinding('standInInvoke', async ({ frame }: { readonly frame: Frame }, channel: string, args: readonly unknown[]) => {
    await held();
    if (forced.has(channel)) return forced.get(channel);
    return main.ask({ type: 'invoke', channel, args, frame: { url: toApp(frame.url()), top: frame.parentFrame() === null } });
  });
  await page.exposeBinding('standInOpenWindow', (_source, target: string) => main.ask({ type: 'open-window', url: target }));
  await page.addInitScript(preloadScript(await readFile(preload, 'utf8')));
  await context.route('**', (route) => route.abort('blockedbyclient'));
  // An app that ends leaves the last requests of its page without an answer.
  await page.route('**', (route) => answerRequest(route, main, page).catch(() => route.abort('aborted').catch(() => undefined)));
  // A link that asks for a window of its own. The stand-in opens none, even where main allows it.
  page.on('popup', (popup) => {
    void main.ask({ type: 'open-window', url: popup.url() }).catch(() => undefined);
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
