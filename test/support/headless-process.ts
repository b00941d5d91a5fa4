import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServices } from './running-services.ts';

const root = join(import.meta.dirname, '../..');

/** How a process of the real program ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HeadlessProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when its output holds this text. Rejects where it ends before. */
  told(text: string): Promise<void>;
}

/** Starts `main/headless.ts` in a process of its own, on the Node that runs the tests. */
export function startHeadless(args: readonly string[], environment: Readonly<Record<string, string>> = {}): HeadlessProcess {
  const child = spawn(process.execPath, ['--import', './tools/without-electron.ts', 'main/headless.ts', ...args], {
    cwd: root,
    // Half of a short process is the compiling of its sources.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'leadferry-compile-cache'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let heard = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    told: (text) =>
      new Promise((resolve, reject) => {
        heard = () => {
          if (stdout.includes(text)) resolve();
        };
        heard();
        void ended.then(() => reject(new Error(`It ended without saying "${text}": ${stdout}${stderr}`)));
      }),
  };
}

export const runHeadless = (args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> =>
  startHeadless(args, environment).ended;

/** The objects that `--json` printed, one a line. */
export const jsonLines = ({ stdout }: Ended): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A data directory of its own. */
export interface DataDirectory {
  readonly path: string;
  readonly configFile: string;
  /** Puts a `config.json` in place at once: text as it is, everything else as JSON. */
  configure(content: unknown): void;
  remove(): void;
}

export function createDataDirectory(): DataDirectory {
  const path = mkdtempSync(join(tmpdir(), 'leadferry-headless-'));
  const configFile = join(path, 'config.json');
  return {
    path,
    configFile,
    configure: (content) => {
      writeFileSync(`${configFile}.new`, typeof content === 'string' ? content : JSON.stringify(content));
      renameSync(`${configFile}.new`, configFile);
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** What connects a process to these services, besides the addresses in `config.json`. */
export const environmentOf = ({ secrets, entraUrl }: RunningServices): Record<string, string> => ({
  LEADFERRY_ACTIVECAMPAIGN_KEY: secrets['activecampaign-key'] ?? '',
  LEADFERRY_DYNAMICS_CLIENT_SECRET: secrets['dynamics-client-secret'] ?? '',
  LEADFERRY_ENTRA_URL: entraUrl,
});
