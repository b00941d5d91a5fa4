import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../e2e/app.ts';

/** An app that is left alone. */
export interface UnwatchedApp {
  readonly closeWindow: () => Promise<void>;
  readonly quit: () => Promise<void>;
}

/**
 * Electron without Playwright, which tells each page that it has the focus: one whose window is hidden then goes on painting, and the app
 * would seem busy.
 */
export function launchUnwatched(executable: string, userData: string): UnwatchedApp {
  const asRoot = process.getuid?.() === 0;
  const closer = join(import.meta.dirname, 'close-on-signal.cjs');
  const args = [...(asRoot ? ['--no-sandbox'] : []), '-r', closer, `--user-data-dir=${userData}`, projectRoot, '--demo'];
  const child = spawn(executable, args, { stdio: 'ignore' });
  return {
    closeWindow: async () => void child.kill('SIGUSR2'),
    quit: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
