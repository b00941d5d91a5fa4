import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { type ForgedSender, projectRoot } from '../app.ts';

/** Electron keeps what was given to `ipcMain.handle` in here; a page that could forge its frame would end up there. */
type Handlers = { readonly _invokeHandlers: ReadonlyMap<string, (event: unknown, ...args: unknown[]) => unknown> };

/** Calls the main process of the app as a frame that is not the top frame of its window. */
export function forgeCall(app: ElectronApplication, sender: ForgedSender, channel: string, request: unknown): Promise<unknown> {
  return app.evaluate(
    async ({ BrowserWindow, ipcMain }, forged) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) throw new Error('the app has no window');
      if (forged.sender === 'other-window') {
        // A window of its own with the app's page and preload script, as an extension or a second app could open one.
        const other = new BrowserWindow({ show: false, webPreferences: { preload: forged.preload, sandbox: true } });
        await other.loadURL('leadferry://app/');
        const name = forged.channel.split(':').at(-1);
        const answer: unknown = await other.webContents.executeJavaScript(
          `window.leadferry.call[${JSON.stringify(name)}](${JSON.stringify(forged.request)})`,
        );
        other.destroy();
        return answer;
      }
      const url = forged.sender === 'foreign-page' ? 'https://app.example/' : 'leadferry://app/';
      const senderFrame = { url, parent: forged.sender === 'sub-frame' ? {} : null };
      const handler = (ipcMain as unknown as Handlers)._invokeHandlers.get(forged.channel);
      return handler?.({ sender: contents, senderFrame }, forged.request);
    },
    { sender, channel, request, preload: join(projectRoot, 'out/preload/index.cjs') },
  );
}
