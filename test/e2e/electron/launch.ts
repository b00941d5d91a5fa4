import { _electron } from '@playwright/test';
import { type LaunchOptions, projectRoot, type RunningApp } from '../app.ts';

/** Starts the built app in Electron itself. */
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
  return {
    page,
    isWindowVisible: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false),
    closeWindow: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    startAgain: () => app.evaluate(({ app: electronApp }) => void electronApp.emit('second-instance')),
    quit: () => app.close(),
  };
}
