import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createApplication } from './application.ts';
import { startDesktop } from './electron/desktop.ts';
import { registerAppScheme } from './electron/protocol.ts';
import { confineWebContents } from './electron/web-contents.ts';

// What is kept are customers' names and addresses: other accounts of this machine read none of it. Windows keeps it in the user's profile.
process.umask(0o077);

const files = {
  renderer: join(import.meta.dirname, '../renderer'),
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  resources: join(import.meta.dirname, '../../resources'),
};

if (app.requestSingleInstanceLock()) {
  // Whatever Chromium would ask the network for (a name to resolve, an update) finds nothing: the program itself talks through Node.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.setAppUserModelId('com.leadferry.app');
  registerAppScheme();
  confineWebContents();
  // No top-level await: `ready` comes only after this module has finished.
  app
    .whenReady()
    .then(() => startDesktop(createApplication, files))
    .catch((error: unknown) => {
      dialog.showErrorBox('Leadferry cannot start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
} else {
  app.quit();
}
