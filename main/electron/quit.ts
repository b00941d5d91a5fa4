import { app, dialog, powerMonitor } from 'electron';
import type { RunningApplication } from './running-application.ts';

const quitButton = 0;

/**
 * Lets the app quit once the write that is under way was confirmed and every store is closed. Asks first only while a run is writing, and
 * never while the system shuts down.
 * @param onStopping called when it is decided.
 * @returns whether the app is quitting.
 */
export function quitCleanly(running: RunningApplication, onStopping: () => void): () => boolean {
  let stage: 'running' | 'asking' | 'stopping' | 'stopped' = 'running';
  let shuttingDown = false;

  const quit = async (): Promise<void> => {
    if (!shuttingDown && running.state().run?.writing === true) {
      stage = 'asking';
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message: 'A sync is writing. Quit all the same?',
        detail: 'Nothing is lost: the write that is under way is finished first, and the next start goes on with the rest.',
        buttons: ['Quit', 'Keep running'],
        defaultId: 1,
        cancelId: 1,
      });
      stage = 'running';
      if (response !== quitButton) return;
    }
    stage = 'stopping';
    onStopping();
    await Promise.allSettled([running.stop()]);
    stage = 'stopped';
    // Not from within `before-quit`, where Electron would take the first try, which was put off, for the one that counts.
    setImmediate(() => app.quit());
  };

  powerMonitor.on('shutdown', () => {
    shuttingDown = true;
  });
  app.on('before-quit', (event) => {
    if (stage === 'stopped') return;
    event.preventDefault();
    if (stage === 'running') void quit();
  });
  return () => stage === 'stopping' || stage === 'stopped';
}
