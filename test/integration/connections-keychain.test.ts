import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** The real Secret Service: GNOME Keyring in a D-Bus session and a home of its own, so that nobody's keyring is touched. */

const session = fileURLToPath(new URL('./connections-keychain-session.ts', import.meta.url));
const isInstalled = (program: string) => spawnSync('which', [program]).status === 0;
const available = process.platform === 'linux' && ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'].every(isInstalled);
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'leadferry-keychain-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A bus that starts no service by itself. */
const emptyBus = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`;

/** The daemon reads a password that ends with a line; without that line it makes no collection. */
const unlocked = `printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1`;

/** @param before Shell commands that run in the session first. */
function answersInSession(before: string, options: { readonly bus?: readonly string[]; readonly mode?: 'lock' } = {}): unknown {
  const { HOME: _, DISPLAY: __, DBUS_SESSION_BUS_ADDRESS: ___, NODE_OPTIONS: ____, ...environment } = process.env;
  const script = `${before}\nexec "$0" "$@"`;
  const command = [...(options.bus ?? []), '--', 'sh', '-c', script, process.execPath, session, ...(options.mode ? [options.mode] : [])];
  const { stdout, stderr } = spawnSync('dbus-run-session', command, {
    env: { ...environment, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home },
    encoding: 'utf8',
    timeout: 60_000,
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('[')) throw new Error(`The session answered nothing: ${stdout}${stderr}`);
  return JSON.parse(line);
}

describe.skipIf(!available)('the keychain of the desktop', () => {
  test('keeps, changes and forgets a secret', () => {
    expect(answersInSession(unlocked)).toEqual([
      { kind: 'absent' },
      { kind: 'done' },
      { kind: 'present', value: 'käy ✓' },
      { kind: 'done' },
      { kind: 'present', value: 'another' },
      { kind: 'done' },
      { kind: 'absent' },
      { kind: 'done' },
    ]);
  });

  test('once locked, says so of a secret that was stored, and only of that', () => {
    const answers = answersInSession(unlocked, { mode: 'lock' });
    expect(Array.isArray(answers) ? answers.slice(-2) : answers).toEqual([{ kind: 'locked' }, { kind: 'absent' }]);
  });

  test('with a keyring that was never set up it says how to set one up', () => {
    expect(answersInSession('')).toEqual([
      { kind: 'absent' },
      {
        kind: 'unavailable',
        reason: 'The keychain of this machine does not answer: Object does not exist at path “/org/freedesktop/secrets/collection/login”',
        advice:
          'Create a default keyring in the keychain program of this machine (GNOME: Passwords and Keys, New Password Keyring, "Login"), and try again.',
      },
      { kind: 'absent' },
      { kind: 'unavailable', reason: expect.anything() as unknown, advice: expect.anything() as unknown },
      { kind: 'absent' },
      { kind: 'done' },
      { kind: 'absent' },
      { kind: 'done' },
    ]);
  });

  test('without a keyring on the bus it is unavailable, with a way out, and nothing crashes', async () => {
    const configuration = join(home, 'bus.conf');
    await writeFile(configuration, emptyBus);
    const unavailable = {
      kind: 'unavailable',
      reason: expect.stringContaining('org.freedesktop.secrets') as unknown,
      advice: expect.stringContaining('LEADFERRY_ACTIVECAMPAIGN_KEY') as unknown,
    };
    expect(answersInSession('', { bus: [`--config-file=${configuration}`] })).toEqual(Array.from({ length: 8 }, () => unavailable));
  });
});
