import { _electron } from '@playwright/test';
import { type LaunchOptions, projectRoot, type RunningApp } from '../app.ts';

interface Told {
  savePath: string;
  button: number;
  questions: string[];
  opened: string[];
}
/** In Electron's main process: what dialogs are answered with, and what they and the system were asked. */
declare const told: Told;

/** Starts the built app in Electron itself. Nobody is there to answer the dialogs of the system. */
export async function launchElectron(
  executablePath: string,
  look: { readonly colorScheme?: 'light' | 'dark' | 'no-preference' | null },
  { userData, args = [], env = {} }: LaunchOptions,
): Promise<RunningApp> {
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath,
    args: [...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${userData}`, projectRoot, ...args],
    env: Object.fromEntries(
      Object.entries({ ...process.env, ...env }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...(look.colorScheme !== undefined && { colorScheme: look.colorScheme }),
  });
  await app.evaluate(({ dialog, shell }) => {
    const told: Told = { savePath: '', button: 0, questions: [], opened: [] };
    Object.assign(globalThis, { told });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: told.savePath === '', filePath: told.savePath });
    dialog.showMessageBox = (...args: unknown[]) => {
      told.questions.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: told.button, checkboxChecked: false });
    };
    shell.openPath = (path) => {
      told.opened.push(path);
      return Promise.resolve('');
    };
  });
  const page = await app.firstWindow();
  return {
    page,
    isWindowVisible: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false),
    closeWindow: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    startAgain: () => app.evaluate(({ app: electronApp }) => void electronApp.emit('second-instance')),
    answerDialogs: (answers) => app.evaluate((_electron, given) => void Object.assign(told, given), answers),
    questions: () => app.evaluate(() => told.questions),
    openedFiles: () => app.evaluate(() => told.opened),
    requestQuit: () => app.evaluate(({ app: electronApp }) => electronApp.quit()),
    quit: async () => {
      await app.evaluate(() => {
        told.button = 0;
      });
      await app.close();
    },
  };
}
