import type { ElectronApplication } from '@playwright/test';

/** Electron keeps what was given to `ipcMain.handle` in here. */
type Handlers = { readonly _invokeHandlers: Map<string, (...args: readonly unknown[]) => unknown> };
/** In Electron's main process. */
declare const heldAnswers: { release: () => void };

/** Lets every call of the page wait in the main process until the answered function is called. */
export async function holdAnswers(app: ElectronApplication): Promise<() => Promise<void>> {
  await app.evaluate(({ ipcMain }) => {
    const gate = Promise.withResolvers<void>();
    Object.assign(globalThis, { heldAnswers: { release: gate.resolve } });
    const handlers = (ipcMain as unknown as Handlers)._invokeHandlers;
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (...args) => {
        await gate.promise;
        return handler(...args);
      });
    }
  });
  return () => app.evaluate(() => heldAnswers.release());
}

/** Lets every call on the channel be answered with that. */
export function answerWith(app: ElectronApplication, channel: string, answer: unknown): Promise<void> {
  return app.evaluate(
    ({ ipcMain }, given) => void (ipcMain as unknown as Handlers)._invokeHandlers.set(given.channel, () => given.answer),
    {
      channel,
      answer,
    },
  );
}
