import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type * as Electron from 'electron';
import { type Emitter, emitter, preventable } from './emitter.ts';
import type { FromMain, Question, Told, ToMain } from './messages.ts';

/**
 * A stand-in for the parts of Electron's main process that the app uses. What it shows goes to the test by messages (the page is
 * opened there in a browser), and what a person or the page does comes from there. It is evidence about the app, not about Electron.
 */

/** Keeps the stand-in to what Electron has: a member that Electron does not have, or a call with other arguments, does not compile. */
type StandIn<Real> = {
  readonly [Name in Exclude<keyof Real, keyof Emitter>]?: Real[Name] extends (...args: infer Args) => unknown
    ? (...args: Args) => unknown
    : unknown;
};

const tell = (message: FromMain): void => void process.send?.(message);

const userDataSwitch = '--user-data-dir=';
const userData = process.argv.find((argument) => argument.startsWith(userDataSwitch))?.slice(userDataSwitch.length) ?? '';
mkdirSync(userData, { recursive: true });

// --- app ---

const appEvents = emitter();
let tellReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => {
  tellReady = resolve;
});

/** Electron says that it is ready only after the entry module has finished. */
export function entryModuleFinished(): void {
  tellReady();
}

export const app = {
  ...appEvents,
  isPackaged: false,
  whenReady: () => ready,
  getPath: (name) => (name === 'userData' ? userData : join(userData, name)),
  getVersion: () => '0.0.0',
  getName: () => 'Leadferry',
  requestSingleInstanceLock: () => true,
  enableSandbox: () => undefined,
  setAppUserModelId: () => undefined,
  setLoginItemSettings: () => undefined,
  setAboutPanelOptions: () => undefined,
  commandLine: { appendSwitch: () => undefined },
  relaunch: () => undefined,
  quit: () => {
    const event = preventable();
    appEvents.emit('before-quit', event);
    if (event.prevented()) return;
    for (const window of BrowserWindow.all) window.close();
    appEvents.emit('will-quit', preventable());
    app.exit(0);
  },
  exit: (code) => process.exit(code),
} satisfies StandIn<Electron.App> & Emitter;

// As Electron does.
process.on('SIGTERM', () => app.quit());

// --- window ---

interface WebContents extends Emitter {
  readonly send: (channel: string, ...args: unknown[]) => void;
  readonly reload: () => void;
  readonly setWindowOpenHandler: (handler: WindowOpenHandler) => void;
  readonly setWebRTCIPHandlingPolicy: () => void;
}
type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

let windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
let nextWindowId = 1;

export class BrowserWindow {
  static readonly all = new Set<BrowserWindow>();
  readonly #events = emitter();
  readonly #options: Electron.BrowserWindowConstructorOptions;
  #visible = false;
  #maximized = false;
  readonly id = nextWindowId++;
  readonly webContents: WebContents;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.#options = options;
    this.webContents = {
      ...emitter(),
      send: (channel, ...args) => tell({ type: 'send', channel, args: structuredClone(args) }),
      reload: () => tell({ type: 'window-reload' }),
      setWindowOpenHandler: (handler) => {
        windowOpenHandler = handler;
      },
      setWebRTCIPHandlingPolicy: () => undefined,
    };
    BrowserWindow.all.add(this);
    appEvents.emit('web-contents-created', {}, this.webContents);
  }

  on(event: string, listener: (...args: never[]) => unknown): void {
    this.#events.on(event, listener);
  }
  once(event: string, listener: (...args: never[]) => unknown): void {
    this.#events.once(event, listener);
  }
  async loadURL(url: string): Promise<void> {
    tell({ type: 'window-opened', url, preload: String(this.#options.webPreferences?.preload) });
    this.#events.emit('ready-to-show');
  }
  show(): void {
    this.#visible = true;
    tell({ type: 'window-visible', visible: true });
  }
  hide(): void {
    this.#visible = false;
    tell({ type: 'window-visible', visible: false });
  }
  isVisible(): boolean {
    return this.#visible;
  }
  close(): void {
    const event = preventable();
    this.#events.emit('close', event);
    if (event.prevented()) return;
    BrowserWindow.all.delete(this);
    tell({ type: 'window-closed' });
    this.#events.emit('closed');
    if (BrowserWindow.all.size === 0) appEvents.emit('window-all-closed');
  }
  maximize(): void {
    this.#maximized = true;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isMinimized(): boolean {
    return false;
  }
  isFullScreen(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return !BrowserWindow.all.has(this);
  }
  destroy(): void {
    BrowserWindow.all.delete(this);
    tell({ type: 'window-closed' });
    this.#events.emit('closed');
  }
  restore(): void {}
  focus(): void {}
  getNormalBounds(): Electron.Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.#options;
    return { x, y, width, height };
  }
}
BrowserWindow satisfies { readonly prototype: StandIn<Electron.BrowserWindow> };

// --- messages of the page ---

const handlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>();
export const ipcMain = {
  ...emitter(),
  handle: (channel, listener) => void handlers.set(channel, listener as (event: unknown, ...args: unknown[]) => unknown),
} satisfies StandIn<Electron.IpcMain> & Emitter;

const theWindow = (): BrowserWindow | undefined => [...BrowserWindow.all][0];

async function answer(question: Question): Promise<unknown> {
  switch (question.type) {
    case 'invoke': {
      const handler = handlers.get(question.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${question.channel}'`);
      const { url, top, elsewhere } = question.frame;
      const senderFrame = { url, parent: top ? null : {} };
      const sender = elsewhere === true ? {} : theWindow()?.webContents;
      return structuredClone(await handler({ sender, senderFrame }, ...question.args));
    }
    case 'request':
      return session.answer(question.url, question.method);
    case 'navigate': {
      const event = preventable();
      theWindow()?.webContents.emit('will-navigate', event, question.url);
      return !event.prevented();
    }
    case 'open-window':
      return windowOpenHandler({ url: question.url }).action === 'allow';
    case 'close-window':
      return theWindow()?.close();
    case 'second-instance':
      return appEvents.emit('second-instance', {}, question.args, '');
    case 'click':
      return click(question.where === 'tray' ? trayItems : menuItems, question.label);
    case 'fail':
      // Outside of this question, so that nothing here catches it.
      setImmediate(() => {
        if (question.how === 'exception') throw new Error(question.message);
        void Promise.reject(new Error(question.message));
      });
      return undefined;
    case 'crash-page':
      return theWindow()?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    case 'answer-dialogs':
      return Object.assign(dialogAnswers, {
        ...('savePath' in question && { savePath: question.savePath }),
        ...('button' in question && { button: question.button }),
      });
    case 'told': {
      const polluted: string[] = [];
      for (const name in {}) polluted.push(name);
      return { questions, files, links, notifications, tray: trayView, polluted } satisfies Told;
    }
    case 'quit':
      return app.quit();
  }
}

process.on('message', ({ id, question }: ToMain) => {
  answer(question).then(
    (value) => tell({ type: 'answer', id, value }),
    (error: unknown) => tell({ type: 'answer-error', id, message: error instanceof Error ? error.message : String(error) }),
  );
});

// --- protocol and session ---

const schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
let requestFilter: (details: { url: string }, respond: (answer: { cancel?: boolean }) => void) => void = (_details, respond) => respond({});

export const protocol = { registerSchemesAsPrivileged: () => undefined } satisfies StandIn<Electron.Protocol>;

const defaultSession = {
  ...emitter(),
  protocol: { handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => void schemes.set(scheme, handler) },
  webRequest: {
    onBeforeRequest: (listener: typeof requestFilter) => {
      requestFilter = listener;
    },
  },
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
} satisfies StandIn<Electron.Session> & Emitter;

export const session = {
  defaultSession,
  answer: async (url: string, method: string) => {
    const cancelled = await new Promise<boolean>((resolve) => requestFilter({ url }, ({ cancel }) => resolve(cancel === true)));
    const handler = schemes.get(new URL(url).protocol.slice(0, -1));
    if (cancelled || handler === undefined) return { refused: true };
    const response = await handler(new Request(url, { method }));
    const body = new Uint8Array(await response.arrayBuffer());
    return { refused: false, status: response.status, headers: Object.fromEntries(response.headers), body };
  },
};

// --- what is around the window ---

type MenuItems = readonly Electron.MenuItemConstructorOptions[];
let trayItems: MenuItems = [];
let trayView: Told['tray'] = { tooltip: '', labels: [], checked: [] };
let menuItems: MenuItems = [];
const notifications: string[] = [];

function click(items: MenuItems, label: string): void {
  const item = items.find((each) => each.label === label);
  if (item?.click === undefined) throw new Error(`no item "${label}" in ${items.map((each) => each.label ?? each.role).join(', ')}`);
  // As in Electron: what is checked becomes unchecked at once, before anybody builds the menu anew.
  item.checked = item.checked !== true;
  item.click({ checked: item.checked } as never, undefined, {} as never);
}

export const Menu = {
  setApplicationMenu: (menu) => {
    menuItems = (menu as unknown as MenuItems).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  },
  buildFromTemplate: (template) => template,
} satisfies StandIn<typeof Electron.Menu>;

export class Tray {
  #tooltip = '';
  on(): void {}
  setImage(): void {}
  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip;
  }
  setContextMenu(menu: unknown): void {
    trayItems = menu as MenuItems;
    const labelsOf = (items: MenuItems) => items.flatMap(({ label }) => label ?? []);
    trayView = { tooltip: this.#tooltip, labels: labelsOf(trayItems), checked: labelsOf(trayItems.filter(({ checked }) => checked)) };
    tell({ type: 'started' });
  }
}
Tray satisfies { readonly prototype: StandIn<Electron.Tray> };

export class Notification {
  static isSupported(): boolean {
    return true;
  }
  readonly #options: Electron.NotificationConstructorOptions;
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    this.#options = options;
  }
  on(): void {}
  show(): void {
    notifications.push(`${this.#options.title}: ${this.#options.body}`);
  }
}
Notification satisfies { readonly prototype: StandIn<Electron.Notification> };

export const nativeImage = { createFromPath: () => ({}) } satisfies StandIn<typeof Electron.nativeImage>;
export const nativeTheme = {
  ...emitter(),
  shouldUseDarkColors: false,
  shouldUseDarkColorsForSystemIntegratedUI: false,
} satisfies StandIn<Electron.NativeTheme> & Emitter;
export const powerMonitor = emitter();
export const net = { isOnline: () => true } satisfies StandIn<Electron.Net>;
export const screen = {
  getPrimaryDisplay: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
} satisfies StandIn<Electron.Screen>;
const dialogAnswers = { savePath: '', button: 0 };
const questions: string[] = [];
const files: string[] = [];
const links: string[] = [];

export const dialog = {
  showSaveDialog: async () => ({ canceled: dialogAnswers.savePath === '', filePath: dialogAnswers.savePath }),
  showMessageBox: async (...args) => {
    const options = args.at(-1);
    questions.push(options !== undefined && 'message' in options ? options.message : '');
    return { response: dialogAnswers.button, checkboxChecked: false };
  },
  showErrorBox: (title, content) => {
    process.stdout.write(`${title}: ${content}\n`);
    tell({ type: 'error-box', title, content });
  },
} satisfies StandIn<Electron.Dialog>;
export const shell = {
  openPath: async (path) => {
    files.push(path);
    return '';
  },
  showItemInFolder: () => undefined,
  openExternal: async (url) => void links.push(url),
} satisfies StandIn<Electron.Shell>;

export default { app, ipcMain, shell };
