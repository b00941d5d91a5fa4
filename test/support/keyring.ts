import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The real Secret Service: GNOME Keyring on a D-Bus of its own, so that nobody's keyring is touched. */
export interface Keyring {
  /** For the environment of a process that is to use it. */
  readonly env: Readonly<Record<string, string>>;
  lock(): void;
  unlock(): void;
  close(): Promise<void>;
}

const isInstalled = (program: string) => spawnSync('which', [program]).status === 0;

export const keyringAvailable =
  process.platform === 'linux' && ['dbus-daemon', 'dbus-send', 'gdbus', 'gnome-keyring-daemon'].every((program) => isInstalled(program));

/** A bus that starts no service by itself: without a keyring on it, there is none. */
const configuration = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`;

/** The daemon reads a password that ends with a line; without that line it makes no collection. */
const password = '\n';
const login = 'array:objpath:/org/freedesktop/secrets/collection/login';

export async function startBus(): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  close(): Promise<void>;
}> {
  const home = mkdtempSync(join(tmpdir(), 'leadferry-bus-'));
  const file = join(home, 'bus.conf');
  writeFileSync(file, configuration);
  const daemon = spawn('dbus-daemon', [`--config-file=${file}`, '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [address] = (await once(createInterface(daemon.stdout), 'line')) as [string];
  return {
    home,
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    close: async () => {
      await ended(daemon);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export async function startKeyring(): Promise<Keyring> {
  const bus = await startBus();
  const { DISPLAY: _, ...environment } = process.env;
  const env = { ...environment, ...bus.env, HOME: bus.home, XDG_DATA_HOME: join(bus.home, 'data'), XDG_RUNTIME_DIR: bus.home };
  const send = (destination: string, path: string, ...message: readonly string[]) =>
    execFileSync('dbus-send', ['--session', '--print-reply', `--dest=${destination}`, path, ...message], { env, encoding: 'utf8' });
  const start = (): number => {
    execFileSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      input: password,
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    execFileSync('gdbus', ['wait', '--session', '--timeout', '10', 'org.freedesktop.secrets'], { env });
    const owner = send('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetConnectionUnixProcessID', 'string:org.freedesktop.secrets');
    return Number(/uint32 (\d+)/.exec(owner)?.[1]);
  };
  let pid = start();
  return {
    env: bus.env,
    lock: () => void send('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', login),
    unlock: () => {
      // The daemon takes the password only when it begins.
      process.kill(pid);
      pid = start();
    },
    close: async () => {
      process.kill(pid);
      await bus.close();
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
