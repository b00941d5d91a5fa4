import { mkdir, open as openFile, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { createKey, open, type SealedBox, seal, sealedBox } from './sealed-box.ts';
import type { SecretStore } from './secret-store.ts';

/** The vault exists and cannot be read now: never the same as an empty one. */
export class VaultError extends Error {
  /** `locked`: the keychain that holds the key. `damaged`: the file, or the key does not fit it. `unavailable`: the keychain or the disk. */
  readonly reason: 'locked' | 'damaged' | 'unavailable';
  readonly advice: string;
  constructor(reason: VaultError['reason'], message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultError';
    this.reason = reason;
    this.advice = advice;
  }
}

/** Values that are too large for a keychain entry: encrypted in a file, with a key that is in the keychain. */
export interface Vault {
  /** @returns null where nothing is stored under this name. @throws VaultError */
  read(name: string): Promise<string | null>;
  /** @throws VaultError; what was stored before is still there then. */
  write(name: string, value: string): Promise<void>;
  /** @throws VaultError */
  remove(name: string): Promise<void>;
  /** The way out of a damaged vault: forgets everything in it, and its key. */
  clear(): Promise<void>;
}

const content = z.strictObject({ version: z.literal(1), entries: z.record(z.string(), sealedBox) });
type Entries = Readonly<Record<string, SealedBox>>;

/** @param filePath `vault.json` of the data directory (contracts, section 1). */
export function createVault(filePath: string, secrets: SecretStore): Vault {
  /** One change at a time: each reads the file that the one before has written. */
  let lastChange: Promise<void> = Promise.resolve();

  function inTurn(change: () => Promise<void>): Promise<void> {
    const turn = lastChange.then(change);
    lastChange = turn.catch(() => undefined);
    return turn;
  }

  async function readEntries(): Promise<Entries> {
    let text: string;
    try {
      text = await readFile(filePath, 'utf8');
    } catch (error) {
      if (isMissing(error)) return {};
      throw new VaultError('unavailable', `${filePath} cannot be read: ${String(error)}`, 'Check the rights on the data directory.', {
        cause: error,
      });
    }
    const parsed = content.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data.entries;
    throw damaged(`${filePath} is damaged: it is not what this program wrote.`);
  }

  /** The key from the keychain; null where there was never one. */
  async function existingKey(): Promise<string | null> {
    const reading = await secrets.get('vault-key');
    switch (reading.kind) {
      case 'present':
        return reading.value;
      case 'absent':
        return null;
      case 'locked':
        throw new VaultError(
          'locked',
          'The keychain that holds the key of the stored sign-in is locked.',
          'Unlock the keychain and try again.',
        );
      case 'unavailable':
        throw new VaultError('unavailable', reading.reason, reading.advice);
    }
  }

  async function newKey(): Promise<string> {
    const key = createKey();
    const writing = await secrets.set('vault-key', key);
    switch (writing.kind) {
      case 'done':
        return key;
      case 'locked':
        throw new VaultError('locked', 'The keychain is locked.', 'Unlock the keychain and try again.');
      case 'unavailable':
        throw new VaultError('unavailable', writing.reason, writing.advice);
    }
  }

  return {
    async read(name) {
      await lastChange;
      const box = (await readEntries())[name];
      if (box === undefined) return null;
      const key = await existingKey();
      if (key === null) throw damaged('The key of the stored sign-in is gone from the keychain.');
      try {
        return open(key, name, box);
      } catch (error) {
        throw damaged(`The stored sign-in in ${filePath} does not open with the key in the keychain.`, error);
      }
    },
    write: (name, value) =>
      inTurn(async () => {
        const entries = await readEntries();
        const key = await existingKey();
        if (key === null && Object.keys(entries).length > 0) throw damaged('The key of the stored sign-in is gone from the keychain.');
        const box = seal(key ?? (await newKey()), name, value);
        await writeAtomically(filePath, JSON.stringify({ version: 1, entries: { ...entries, [name]: box } }));
      }),
    remove: (name) =>
      inTurn(async () => {
        const { [name]: removed, ...rest } = await readEntries();
        if (removed !== undefined) await writeAtomically(filePath, JSON.stringify({ version: 1, entries: rest }));
      }),
    clear: () =>
      inTurn(async () => {
        await rm(filePath, { force: true });
        await secrets.delete('vault-key');
      }),
  };
}

function damaged(message: string, cause?: unknown): VaultError {
  return new VaultError('damaged', message, 'Sign in again; the stored sign-in is then made anew.', { cause });
}

/** Either the old content or the new one is on the disk, whatever happens in between. */
async function writeAtomically(filePath: string, text: string): Promise<void> {
  await mkdir(dirname(filePath), { recursive: true });
  const temporary = `${filePath}.new`;
  const file = await openFile(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, filePath);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
