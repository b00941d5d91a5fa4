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
  const page = await app.firstWindow();
  await patiently(() =>
    app.evaluate(({ dialog, shell }) => {
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
    }),
  );
  return {
    page,
    isWindowVisible: () => patiently(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)),
    closeWindow: () => patiently(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())),
    startAgain: () => patiently(() => app.evaluate(({ app: electronApp }) => void electronApp.emit('second-instance'))),
    answerDialogs: (answers) => patiently(() => app.evaluate((_electron, given) => void Object.assign(told, given), answers)),
    questions: () => patiently(() => app.evaluate(() => told.questions)),
    openedFiles: () => patiently(() => app.evaluate(() => told.opened)),
    requestQuit: () => patiently(() => app.evaluate(({ app: electronApp }) => electronApp.quit())),
    quit: async () => {
      await patiently(() =>
        app.evaluate(() => {
          told.button = 0;
        }),
      );
      await app.close();
    },
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
