import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogSink } from './create-log.ts';
import type { LogEntry } from './log.ts';

export interface FileSinkOptions {
  /** Created where it is missing. */
  readonly directory: string;
  /** Size at which a new file is begun. */
  readonly maxBytes?: number;
  /** How many files are kept: `leadferry.log` and, from new to old, `leadferry.1.log`, `leadferry.2.log`, … */
  readonly files?: number;
}

/** Lines that wait for a disk that cannot be written; beyond it the oldest are lost. */
const mostWaiting = 10_000;

/** Writes a line an entry into a rotated text file, in order, without making the caller wait. */
export function createFileSink({ directory, maxBytes = 5_000_000, files = 5 }: FileSinkOptions): LogSink {
  const nameOf = (age: number) => join(directory, age === 0 ? 'leadferry.log' : `leadferry.${age}.log`);
  let waiting: string[] = [];
  let draining: Promise<void> | null = null;
  let size: number | null = null;
  let failure: string | null = null;

  const rotate = async () => {
    await rm(nameOf(files - 1), { force: true });
    for (let age = files - 2; age >= 0; age -= 1) await rename(nameOf(age), nameOf(age + 1)).catch(ignoreMissing);
  };

  const writeNext = async () => {
    size ??= await sizeOnDisk(directory, nameOf(0));
    if (size > 0 && fitting(waiting, maxBytes - size) === 0) {
      await rotate();
      size = 0;
    }
    const count = Math.max(1, fitting(waiting, maxBytes - size));
    const text = waiting.slice(0, count).join('');
    await appendFile(nameOf(0), text);
    size += Buffer.byteLength(text);
    waiting = waiting.slice(count);
  };

  const drain = async () => {
    try {
      while (waiting.length > 0) await writeNext();
      failure = null;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      size = null;
      waiting = waiting.slice(-mostWaiting);
    }
    // In the same step as the last look at `waiting`: what comes from now on starts anew.
    draining = null;
  };

  const start = () => {
    if (waiting.length > 0) draining ??= drain();
  };

  return {
    name: 'log file',
    write: (entry) => {
      waiting.push(`${formatEntry(entry)}\n`);
      start();
    },
    problem: () => failure,
    close: async () => {
      start();
      await draining;
    },
  };
}

async function sizeOnDisk(directory: string, path: string): Promise<number> {
  await mkdir(directory, { recursive: true });
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** How many of the lines, from the first, fit into so many bytes. */
function fitting(lines: readonly string[], bytes: number): number {
  let left = bytes;
  const misfit = lines.findIndex((line) => {
    left -= Buffer.byteLength(line);
    return left < 0;
  });
  return misfit === -1 ? lines.length : misfit;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** One line, whatever the message holds: a line break in a service's words cannot forge an entry. */
export function formatEntry({ time, level, event, run, message, person, details }: LogEntry): string {
  const more = { ...(person && { person }), ...details };
  const parts = [time, level.toUpperCase().padEnd(5), event, ...(run === undefined ? [] : [`run ${run}`]), message];
  if (Object.keys(more).length > 0) parts.push(JSON.stringify(more));
  return parts.join(' ').replace(controlCharacters, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const controlCharacters = /[\p{Cc}\u2028\u2029]/gu;
