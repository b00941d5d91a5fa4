import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { type LaunchOptions, projectRoot, type RunningApp } from '../app.ts';
import { forgeCall } from './forge-call.ts';
import { answerWith, holdAnswers } from './hold-answers.ts';

interface Told {
  savePath: string;
  button: number;
  questions: string[];
  files: string[];
  links: string[];
  notifications: string[];
  tray: { tooltip: string; labels: string[]; checked: string[]; click: (label: string) => void };
}
/** In Electron's main process: what dialogs are answered with, and what they, the tray and the system were told. */
declare const told: Told;

/** Starts the built app in Electron itself. Nobody is there to answer the dialogs of the system. */
export async function launchElectron(
  executablePath: string,
  look: { readonly colorScheme?: 'light' | 'dark' | 'no-preference' | null },
  { userData, args = [], env = {} }: LaunchOptions,
  /** What is started: a folder, or nothing where the executable is a packed app. */
  target: readonly string[] = [projectRoot],
): Promise<RunningApp> {
  const asRoot = process.getuid?.() === 0;
  const start = [...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${userData}`, ...target];
  const environment = Object.fromEntries(
    Object.entries({ ...process.env, ...env }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const hidden = args.includes('--hidden');
  const { app, window, output } = await startPatiently(
    {
      executablePath,
      args: [...start, ...args],
      env: environment,
      ...(look.colorScheme !== undefined && { colorScheme: look.colorScheme }),
    },
    hidden,
  );
  const child = app.process();
  const ended = once(child, 'exit').then(() => undefined);
  let page = window;
  const ask = <Answer, Given>(question: (electron: typeof Electron.CrossProcessExports, given: Given) => Answer, given: Given) =>
    patiently(() => app.evaluate(question as never, given as never) as Promise<Awaited<Answer>>);

  return {
    get page() {
      if (page === null) throw new Error('the app has opened no window');
      return page;
    },
    shownPage: async () => {
      page ??= await app.firstWindow();
      return page;
    },
    isWindowVisible: () => ask(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false, null),
    closeWindow: () => ask(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null),
    startAgain: async (more = []) => {
      const second = spawn(executablePath, [...start, ...more], { env: environment, stdio: 'ignore' });
      await once(second, 'exit');
    },
    answerDialogs: (answers) => ask((_electron, given) => void Object.assign(told, given), answers),
    questions: () => ask(() => told.questions, null),
    openedFiles: () => ask(() => told.files, null),
    openedLinks: () => ask(() => told.links, null),
    notifications: () => ask(() => told.notifications, null),
    tray: () => ask(() => ({ tooltip: told.tray.tooltip, labels: told.tray.labels, checked: told.tray.checked }), null),
    clickTray: (label) => ask((_electron, name) => told.tray.click(name), label),
    clickMenu: (label) =>
      ask(({ Menu }, name) => {
        const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
        const item = items.find((each) => each.label === name);
        if (item === undefined) throw new Error(`no item "${name}" in the menu`);
        void Reflect.apply(item.click, item, []);
      }, label),
    forgeCall: (sender, name, request) => forgeCall(app, sender, `leadferry:call:${name}`, request),
    holdAnswers: () => holdAnswers(app),
    answerWith: (name, answer) => answerWith(app, `leadferry:call:${name}`, answer),
    polluted: () =>
      ask(() => {
        const names: string[] = [];
        for (const name in {}) names.push(name);
        return names;
      }, null),
    fail: (how, message) =>
      ask(
        (_electron, given) => {
          setImmediate(() => {
            if (given.how === 'exception') throw new Error(given.message);
            void Promise.reject(new Error(given.message));
          });
        },
        { how, message },
      ),
    crashPage: () =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined) throw new Error('the app has no window');
        if (contents.isLoading()) await new Promise((resolve) => contents.once('did-stop-loading', () => resolve(null)));
        const gone = new Promise((resolve) => contents.once('render-process-gone', resolve));
        contents.forcefullyCrashRenderer();
        await gone;
      }),
    output,
    terminate: () => void child.kill(),
    requestQuit: () => ask(({ app: electronApp }) => electronApp.quit(), null),
    ended,
    quit: async () => {
      if (child.exitCode !== null) return;
      await ask(() => void Object.assign(told, { button: 0 }), null);
      await app.close();
    },
  };
}

const startLimitMs = 25_000;
const starts = 3;

/** Playwright at times waits for ever for an Electron that has started while the machine was busy: such a start is ended and made anew. */
async function startPatiently(
  options: Parameters<typeof _electron.launch>[0],
  hidden: boolean,
): Promise<{ readonly app: ElectronApplication; readonly window: Page | null; readonly output: () => string }> {
  for (let start = 1; ; start += 1) {
    const app = await _electron.launch({ ...options, timeout: startLimitMs }).catch((error: unknown) => {
      if (start === starts) throw error;
      return null;
    });
    if (app === null) continue;
    let output = '';
    for (const stream of [app.process().stdout, app.process().stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
    try {
      const window = hidden ? null : await app.firstWindow({ timeout: startLimitMs });
      await within(
        startLimitMs,
        patiently(() => app.evaluate(watch)),
      );
      return { app, window, output: () => output };
    } catch (error) {
      const exit = once(app.process(), 'exit');
      if (app.process().kill('SIGKILL')) await exit;
      if (start === starts) throw error;
    }
  }
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  await Promise.race([work, limit.promise]).finally(() => clearTimeout(timer));
}

/** Runs in Electron's main process. */
function watch({ dialog, shell, Notification, Tray }: typeof Electron.CrossProcessExports): void {
  const told: Told = {
    savePath: '',
    button: 0,
    questions: [],
    files: [],
    links: [],
    notifications: [],
    tray: { tooltip: '', labels: [], checked: [], click: () => undefined },
  };
  Object.assign(globalThis, { told });
  dialog.showSaveDialog = () => Promise.resolve({ canceled: told.savePath === '', filePath: told.savePath });
  dialog.showMessageBox = (...args: unknown[]) => {
    told.questions.push((args.at(-1) as { message: string }).message);
    return Promise.resolve({ response: told.button, checkboxChecked: false });
  };
  dialog.showErrorBox = (title, content) => process.stdout.write(`${title}: ${content}\n`);
  shell.openPath = (path) => {
    told.files.push(path);
    return Promise.resolve('');
  };
  shell.openExternal = (url) => {
    told.links.push(url);
    return Promise.resolve();
  };
  Notification.prototype.show = function show() {
    told.notifications.push(`${this.title}: ${this.body}`);
  };
  const { setToolTip, setContextMenu } = Tray.prototype;
  Tray.prototype.setToolTip = function watched(tooltip) {
    told.tray.tooltip = tooltip;
    setToolTip.call(this, tooltip);
  };
  Tray.prototype.setContextMenu = function watched(menu) {
    const items = menu?.items ?? [];
    told.tray.labels = items.filter(({ visible }) => visible).map(({ label }) => label);
    told.tray.checked = items.filter(({ checked }) => checked).map(({ label }) => label);
    told.tray.click = (label) => {
      const item = items.find((each) => each.label === label);
      if (item !== undefined) void Reflect.apply(item.click, item, []);
    };
    setContextMenu.call(this, menu);
  };
}

/**
 * Asks again where V8 has collected the promise of an evaluation before Playwright heard of it, as it does in a process that is busy
 * starting. Everything that is asked here may be asked twice.
 */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const attempts = 5;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === attempts || !(error instanceof Error) || !error.message.includes('garbage collected')) throw error;
    }
  }
}
