import { app, type BrowserWindow, dialog } from 'electron';
import type { Clock } from '../ports/clock.ts';
import { hiddenSwitch } from './login-item.ts';

/** What the app does about an error that nothing has caught. */
export interface DefectHandling {
  /** Writes it to the log, without secrets. */
  readonly report: (activity: string, error: unknown) => Promise<void>;
  /** Ends the application in use in an orderly way. */
  readonly stop: () => Promise<void>;
  readonly isWindowVisible: () => boolean;
  readonly clock: Clock;
}

/** An app that has run for so long starts again by itself; one that ends sooner would do nothing but start. */
const steadyAfterMs = 10 * 60_000;
const reportLimitMs = 2_000;
const stopLimitMs = 15_000;

/**
 * After an error that was thrown into nowhere the state of the program is not known: it is logged, the stores are closed, and the app starts
 * again (what was under way is taken up then, as after a crash). A promise that was rejected into nowhere is only logged: what it was part of has ended.
 * Nothing of either is written to the console, where secrets could be in it.
 */
export function handleDefects({ report, stop, isWindowVisible, clock }: DefectHandling): void {
  const startedAt = clock.monotonic();
  let ending = false;

  const within = (limitMs: number, work: Promise<unknown>) => Promise.race([work.catch(() => undefined), clock.sleep(limitMs)]);

  const end = async (error: unknown): Promise<void> => {
    if (ending) return;
    ending = true;
    await within(reportLimitMs, report('running; Leadferry ends and starts again', error));
    await within(stopLimitMs, stop());
    if (clock.monotonic() - startedAt >= steadyAfterMs) {
      const args = process.argv.slice(1).filter((argument) => argument !== hiddenSwitch);
      app.relaunch({ execPath: process.env.APPIMAGE ?? process.execPath, args: isWindowVisible() ? args : [...args, hiddenSwitch] });
    } else {
      dialog.showErrorBox(
        'Leadferry has to end',
        'It met an error that it did not expect; the log folder has the details. Nothing is lost: the next start goes on where it was.',
      );
    }
    app.exit(1);
  };

  process.on('uncaughtException', (error) => void end(error));
  process.on('unhandledRejection', (reason) => void within(reportLimitMs, report('doing something in the background', reason)));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    void within(reportLimitMs, report('running', new Error(`Electron's process "${type}" is gone: ${reason} (${exitCode})`)));
  });
}

/** So many crashes within so long are no accident any more. */
const crashes = { most: 3, withinMs: 60_000 };
const tryAgain = 0;
const showAnew = 1;

/** A page that has crashed is loaded again; one that keeps crashing, or does not answer, is left to the person. */
export function recoverPage(window: BrowserWindow, { report, clock }: Pick<DefectHandling, 'report' | 'clock'>): void {
  let recent: number[] = [];

  const recover = async (): Promise<void> => {
    const now = clock.monotonic();
    recent = [...recent.filter((time) => now - time < crashes.withinMs), now];
    if (recent.length >= crashes.most) {
      recent = [];
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: 'The window cannot be shown.',
        detail: 'It has crashed several times. Syncing goes on without it; the log folder has the details.',
        buttons: ['Try again', 'Close the window'],
      });
      if (window.isDestroyed()) return;
      if (response !== tryAgain) return window.destroy();
    }
    if (!window.isDestroyed()) window.webContents.reload();
  };

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    void report('showing the window', new Error(`The page is gone: ${reason} (${exitCode})`)).catch(() => undefined);
    void recover();
  });

  let asking: AbortController | null = null;
  window.on('unresponsive', () => {
    if (asking !== null) return;
    const question = new AbortController();
    asking = question;
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message: 'The window does not answer.',
        detail: 'Syncing goes on without it.',
        buttons: ['Wait', 'Show it anew'],
        signal: question.signal,
      })
      .then(({ response }) => {
        if (response === showAnew && !question.signal.aborted && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      })
      .finally(() => {
        asking = null;
      });
  });
  window.on('responsive', () => asking?.abort());
}
