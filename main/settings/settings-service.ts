import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore from 'electron-store';
import type { SettingsProblem } from '../../shared/app-state.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { formatSettings, readSettings, type SettingsReading } from './read-settings.ts';

export interface SettingsService {
  /**
   * The settings in force: those of the file, or the last good ones while it cannot be used. Where it never could since the start,
   * the defaults, whose empty addresses connect to nothing. Never changed in place.
   */
  current(): Settings;
  /** Why the file as it lies on the disk cannot be used, everything at once; null when it is in force. */
  problem(): readonly SettingsProblem[] | null;
  /** Looks at the file now, and takes it over where it can be used. For the boundary of a run; the watching may lag by seconds. */
  reread(): Settings;
  /**
   * Changes the settings. `change` is given a copy of what is in the file at this moment, so that a hand edit which was not noticed
   * yet is kept.
   * @throws SettingsRefusedError when the file cannot be used, or the result could not: nothing is written.
   */
  update(change: (settings: Settings) => Settings): Settings;
  /**
   * Whether `update` would take the change, for what has to be kept before it.
   * @throws SettingsRefusedError as `update` does.
   */
  check(change: (settings: Settings) => Settings): void;
  /** Calls `listener` after `current` or `problem` has changed, for whatever reason. Answers a function that ends it. */
  onChange(listener: () => void): () => void;
  close(): void;
}

export class SettingsRefusedError extends Error {
  /** `file`: what is in the file must be corrected first. `change`: what was to be written is refused. */
  readonly where: 'file' | 'change';
  readonly problems: readonly SettingsProblem[];
  constructor(where: 'file' | 'change', problems: readonly SettingsProblem[]) {
    const what = where === 'file' ? 'The settings file cannot be used and is not overwritten' : 'The settings were not changed';
    super(`${what}: ${problems.map(({ message }) => message).join(' ')}`);
    this.name = 'SettingsRefusedError';
    this.where = where;
    this.problems = problems;
  }
}

/**
 * Opens `config.json` in the data directory, and creates it with the defaults where it is missing.
 *
 * electron-store is used for what it does well, an atomic and watched file; the text passes through it unread, so that a file which
 * cannot be used is reported here and stays as the person left it.
 *
 * @param directory absolute; created where it is missing.
 * @throws Error when the file or its folder cannot be read or written at all.
 */
export function openSettings({ directory }: { readonly directory: string }): SettingsService {
  const file = openFile(directory);
  const listeners = new Set<() => void>();
  let content: FileContent | null = null;
  let current = frozen(defaultSettings);
  let problems: readonly SettingsProblem[] | null = null;

  const reread = () => {
    const found = readContent(file.path);
    if (content !== null && isSame(found, content)) return current;
    content = found;
    const reading = readingOf(found);
    if (reading.kind === 'valid') current = frozen(reading.settings);
    problems = reading.kind === 'valid' ? null : reading.problems;
    for (const listener of listeners) listener();
    return current;
  };

  /** The file as the change would leave it. */
  const changed = (change: (settings: Settings) => Settings): string => {
    reread();
    // Where the file was taken away there is nothing of the person's to overwrite.
    if (problems !== null && content?.kind !== 'missing') throw new SettingsRefusedError('file', problems);
    const text = formatSettings(change(structuredClone(current)));
    const reading = readSettings(text);
    if (reading.kind === 'invalid') throw new SettingsRefusedError('change', reading.problems);
    return text;
  };

  const noticed = () => {
    reread();
  };
  reread();
  file.events.addEventListener('change', noticed);
  // Where the file is polled, its first look comes a moment after the start: an edit before it would pass for how the file always was.
  const lookAgain = setTimeout(noticed, firstLookMs).unref();

  return {
    current: () => current,
    problem: () => problems,
    reread,
    check: (change) => {
      changed(change);
    },
    update: (change) => {
      const text = changed(change);
      if (problems !== null || text !== formatSettings(current)) file.set('text', text);
      return reread();
    },
    onChange: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    close: () => {
      clearTimeout(lookAgain);
      file.events.removeEventListener('change', noticed);
      file._closeWatcher();
      listeners.clear();
    },
  };
}

/** More than the interval at which electron-store polls on Linux (500 ms). */
const firstLookMs = 2_000;

function openFile(directory: string): ElectronStore<{ text: string }> {
  try {
    return new ElectronStore<{ text: string }>({
      cwd: directory,
      name: 'config',
      defaults: { text: formatSettings(defaultSettings) },
      serialize: ({ text }) => text,
      deserialize: (text) => ({ text }),
      watch: true,
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The settings file ${join(directory, 'config.json')} cannot be opened: ${words}. Check that it is a file, and that this account may read and write it and its folder.`,
      { cause: error },
    );
  }
}

type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly words: string };

/** Reads past electron-store, which would answer the defaults for a file that was taken away. */
function readContent(path: string): FileContent {
  try {
    return { kind: 'text', text: readFileSync(path, 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unreadable', words: error instanceof Error ? error.message : String(error) };
  }
}

const isSame = (one: FileContent, other: FileContent): boolean =>
  one.kind === other.kind && (one.kind !== 'text' || other.kind !== 'text' || one.text === other.text);

function readingOf(content: FileContent): SettingsReading {
  const invalid = (message: string): SettingsReading => ({ kind: 'invalid', problems: [{ path: '', message }] });
  switch (content.kind) {
    case 'text':
      return readSettings(content.text);
    case 'missing':
      return invalid('config.json was taken away. Put it back, or change a setting in the window: that writes the file again.');
    case 'unreadable':
      return invalid(`config.json cannot be read: ${content.words}. Check that this account may read it.`);
  }
}

/** A copy that nobody can change by mistake. */
const frozen = (settings: Settings): Settings => deepFreeze(structuredClone(settings));

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  }
  return value;
}
