import type { Clock } from '../../ports/clock.ts';
import { type KeychainProblem, requireValue, type SecretMarkers, type SecretStore } from './secret-store.ts';

/** The part of keytar that is used. Never `findCredentials`: it was seen to end the whole process on a locked keyring. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeytarSecretStoreOptions {
  /** Name under which the keychain lists the entries. */
  readonly service: string;
  readonly markers: SecretMarkers;
  readonly clock: Clock;
  /** Loads the native module, which can fail where a system library is missing. */
  readonly load?: () => Promise<Keytar>;
}

/** A keychain that asks its user something waits for as long as nobody answers. */
const timeLimitMs = 20_000;

type Outcome<Value> = { readonly kind: 'answered'; readonly value: Value } | { readonly kind: 'locked' } | KeychainProblem;

export function createKeytarSecretStore(options: KeytarSecretStoreOptions): SecretStore {
  const { service, markers, clock, load = loadKeytar } = options;

  async function ask<Value>(question: (keytar: Keytar) => Promise<Value>): Promise<Outcome<Value>> {
    let keytar: Keytar;
    try {
      keytar = await load();
    } catch (error) {
      return { kind: 'unavailable', reason: `The keychain cannot be used: ${wordsOf(error)}`, advice: missingLibraryAdvice() };
    }
    const answered = new AbortController();
    const tooLong = clock.sleep(timeLimitMs, answered.signal).then(
      (): Outcome<Value> => ({ kind: 'locked' }),
      (): Outcome<Value> => ({ kind: 'locked' }),
    );
    try {
      const answer = question(keytar).then(
        (value): Outcome<Value> => ({ kind: 'answered', value }),
        (error: unknown) => problemOf(error),
      );
      return await Promise.race([answer, tooLong]);
    } finally {
      answered.abort();
    }
  }

  return {
    async get(name) {
      const outcome = await ask((keytar) => keytar.getPassword(service, name));
      if (outcome.kind !== 'answered') return outcome;
      if (outcome.value !== null) return { kind: 'present', value: outcome.value };
      // A locked keyring answers null, too.
      return markers.has(name) ? { kind: 'locked' } : { kind: 'absent' };
    },
    async set(name, value) {
      requireValue(name, value);
      const outcome = await ask((keytar) => keytar.setPassword(service, name, value));
      if (outcome.kind !== 'answered') return outcome;
      markers.add(name);
      return { kind: 'done' };
    },
    async delete(name) {
      const outcome = await ask((keytar) => keytar.deletePassword(service, name));
      if (outcome.kind !== 'answered') return outcome;
      markers.remove(name);
      return { kind: 'done' };
    },
  };
}

async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

/** By the words of libsecret, the macOS keychain and D-Bus; none of them gives a code. */
function problemOf(error: unknown): { readonly kind: 'locked' } | KeychainProblem {
  const words = wordsOf(error);
  if (/locked|dismissed|cancell?ed|interaction is not allowed|not unlocked/i.test(words)) return { kind: 'locked' };
  return { kind: 'unavailable', reason: `The keychain of this machine does not answer: ${words}`, advice: adviceFor(words) };
}

function adviceFor(words: string): string {
  if (/Object does not exist at path/i.test(words)) {
    return 'Create a default keyring in the keychain program of this machine (GNOME: Passwords and Keys, New Password Keyring, "Login"), and try again.';
  }
  if (/D-?Bus|org\.freedesktop\.secrets|message bus|DISPLAY/i.test(words)) {
    return 'Start a desktop session with a keyring (GNOME Keyring or KWallet), or give the secrets through LEADFERRY_ACTIVECAMPAIGN_KEY and LEADFERRY_DYNAMICS_CLIENT_SECRET.';
  }
  return 'Open the keychain program of this machine, unlock it, and try again.';
}

function missingLibraryAdvice(): string {
  return process.platform === 'linux'
    ? 'Install the package libsecret-1-0 (Debian, Ubuntu) or libsecret (Fedora, Arch) and start again, or give the secrets through LEADFERRY_ACTIVECAMPAIGN_KEY and LEADFERRY_DYNAMICS_CLIENT_SECRET.'
    : 'Install Leadferry again.';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
