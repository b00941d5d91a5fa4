import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Settings } from '../../shared/settings.ts';
import { createAxiosTransport } from '../connections/http/axios-transport.ts';
import { withEnvironment } from '../connections/secrets/environment-secrets.ts';
import { createKeytarSecretStore } from '../connections/secrets/keytar-secret-store.ts';
import { createMemorySecretStore } from '../connections/secrets/memory-secret-store.ts';
import type { SecretStore } from '../connections/secrets/secret-store.ts';
import { createVault } from '../connections/secrets/vault.ts';
import { createMemoryKeeper, createVaultKeeper, type SignInKeeper } from '../connections/signin/kept-sign-in.ts';
import { createLog } from '../log/create-log.ts';
import { createDatabaseSink } from '../log/database-sink.ts';
import { createFileSink } from '../log/file-sink.ts';
import { createLogListeners, type LogListeners } from '../log/listeners.ts';
import type { Log } from '../log/log.ts';
import { createRedactor } from '../log/redactor.ts';
import type { Clock } from '../ports/clock.ts';
import type { PowerEvents } from '../ports/power.ts';
import type { Random } from '../ports/random.ts';
import { createScheduleStore } from '../scheduler/schedule-store.ts';
import { type BlockedReason, createScheduler, type Scheduler } from '../scheduler/scheduler.ts';
import { openSettings, type SettingsService } from '../settings/settings-service.ts';
import type { Database } from '../store/database.ts';
import { StoreError } from '../store/errors.ts';
import { pruneLogEntries } from '../store/log-entries.ts';
import { openDatabase } from '../store/open.ts';
import { createRunLock, describeHolder, type RunLockHolder, runLockOwner } from '../store/run-lock.ts';
import type { Run } from '../store/runs.ts';
import { openSyncStore, type SyncStore } from '../store/sync-store.ts';
import { transaction } from '../store/transaction.ts';
import { chosenAutomations } from '../sync/automations/chosen.ts';
import { type Progress, runOnce } from '../sync/engine.ts';
import { type Connector, createConnector } from './connector.ts';
import { hasStarted, notStarted, start } from './first-start.ts';
import { createPreviewer, type Previewer } from './previewer.ts';
import { openSampleData, type SampleData } from './sample-data.ts';
import { secretMarkers } from './secret-markers.ts';

/** Everything that runs over one data directory, without a window and without a command line. */
export interface Services {
  readonly settings: SettingsService;
  readonly database: Database;
  readonly store: SyncStore;
  readonly secrets: SecretStore;
  /** The browser sign-in to Dynamics that is in use. */
  readonly signIn: SignInKeeper;
  readonly connector: Connector;
  readonly log: Log;
  readonly logListeners: LogListeners;
  /** Makes the log that was written readable in the database. */
  flushLog(): void;
  readonly scheduler: Scheduler;
  /** Ended when a run begins. */
  readonly previewer: Previewer;
  /** Why no run may begin now; null where nothing stands against one. */
  blocked(): BlockedReason | null;
  /** Runs may begin by themselves. */
  started(): boolean;
  /** Somebody lets runs begin from now on. */
  start(): void;
  onProgress(listener: (progress: Progress) => void): () => void;
  /** Calls `listener` whenever the browser sign-in in use was tried: whether nobody but its person can go on. */
  onSignInTried(listener: (needsPerson: boolean) => void): () => void;
  /** Calls `listener` after each run. */
  onRun(listener: (run: Run) => void): () => void;
  /** Ends a run that is under way after the write that it is at. */
  requestStop(): void;
  /** Stops, waits for a run that is under way, and closes every store. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  /** Absolute; created where missing. */
  readonly dataDirectory: string;
  /** `sample`: the built-in sample services are started on loopback and connected. */
  readonly mode: 'real' | 'sample';
  readonly clock: Clock;
  /** The scheduler's; faster than `clock` where time is scaled. */
  readonly schedulerClock?: Clock;
  readonly random: Random;
  readonly power: PowerEvents;
  /** Secrets and `LEADFERRY_ENTRA_URL` may come from here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In a data directory where no run was made yet, none begins before somebody says so. Where it is false nobody is there to be asked. */
  readonly waitsForStart: boolean;
  /** What opens an account and was never given, or was removed; null where everything is there. */
  readonly missingCredentials?: () => BlockedReason | null;
  /** Rows that a change of the settings lets in wait until somebody answers whether they come in. Where it is false, they do. */
  readonly asksAboutNewcomers: boolean;
}

const lockTtlMs = 60_000;
const lockRenewalMs = 15_000;
/** After a request to stop, waits (for a `Retry-After`, say) are cut off as well. */
const stopGraceMs = 10_000;

function createDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const advice = 'Choose another one, or check that nothing else has this name and that this account may create it.';
    throw new StoreError('cannot-open', `The data directory ${path} cannot be created: ${words}.`, advice, { cause: error });
  }
}

/**
 * Opens a data directory and composes the program over it. Nothing runs before `scheduler.start()`.
 * @throws StoreError, or the error of the file system, where the directory cannot be used; SettingsRefusedError where sample data cannot
 * be connected in it.
 */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { dataDirectory, mode, clock, random, environment } = options;
  if (!isAbsolute(dataDirectory)) throw new RangeError(`The data directory "${dataDirectory}" is not an absolute path`);
  createDirectory(dataDirectory);
  const databasePath = join(dataDirectory, 'leadferry.sqlite');
  const database = openDatabase(databasePath);
  const settings = openSettings({ directory: dataDirectory });
  const store = openSyncStore(database);

  const redactor = createRedactor();
  const databaseSink = createDatabaseSink(database);
  const logListeners = createLogListeners();
  const log = createLog({
    clock,
    redactor,
    sinks: [databaseSink, createFileSink({ directory: join(dataDirectory, 'logs') }), logListeners],
  });

  const lock = createRunLock(database, runLockOwner(random), clock, lockTtlMs);
  let holder = lock.acquire();
  let sample: SampleData | null = null;
  try {
    // The settings would be pointed at other sample services under the feet of whoever holds the directory.
    if (mode === 'sample' && holder !== null) throw inUse(holder);
    if (mode === 'sample') sample = await openSampleData(dataDirectory, settings, clock);
  } catch (error) {
    lock.release();
    settings.close();
    await log.close();
    database.close();
    throw error;
  }
  const keychain = sample
    ? createMemorySecretStore(sample.secrets)
    : createKeytarSecretStore({ service: `Leadferry ${dataDirectory}`, markers: secretMarkers(database), clock });
  const secrets = sample ? keychain : withEnvironment(keychain, environment);

  const vault = sample ? null : createVault(join(dataDirectory, 'vault.json'), secrets);
  const signIn = vault === null ? createMemoryKeeper() : createVaultKeeper(vault);
  const signInListeners = new Set<(needsPerson: boolean) => void>();

  const stop = new AbortController();
  const abort = new AbortController();
  const connector = createConnector({
    secrets,
    // The key of the vault is in the keychain: where a variable gives the client secret, there may be none.
    vault: environment.LEADFERRY_DYNAMICS_CLIENT_SECRET ? null : vault,
    signIn,
    onNeedsPerson: (needsPerson) => {
      for (const listener of signInListeners) listener(needsPerson);
    },
    redactor,
    transport: createAxiosTransport(),
    clock,
    random,
    log,
    signal: abort.signal,
    entraUrl: sample ? sample.entraUrl : environment.LEADFERRY_ENTRA_URL,
  });

  let cancelRenewal = () => {};
  const keepLock = () => {
    holder = lock.acquire();
    cancelRenewal = clock.setTimer(lockRenewalMs, keepLock);
  };
  cancelRenewal = clock.setTimer(lockRenewalMs, keepLock);

  const progressListeners = new Set<(progress: Progress) => void>();
  const runListeners = new Set<(run: Run) => void>();
  const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

  const previewer = createPreviewer({
    dataDirectory,
    database: databasePath,
    settings: settings.current,
    connector,
    clock,
    random,
    timeZone,
    asksAboutNewcomers: options.asksAboutNewcomers,
  });

  const run = async (): Promise<'finished' | 'unfinished'> => {
    await previewer.end();
    settings.reread();
    const result = await runOnce({
      store,
      log,
      clock,
      random,
      timeZone: timeZone(),
      asksAboutNewcomers: options.asksAboutNewcomers,
      settings: settings.current,
      connect: connector.connect,
      onProgress: (progress) => {
        for (const listener of progressListeners) listener(progress);
      },
      yieldToOthers: async () => {
        lock.assertHeld();
        await new Promise<void>((resolve) => setImmediate(resolve));
      },
      stop: stop.signal,
    });
    prune(store, clock, settings.current());
    databaseSink.flush();
    for (const listener of runListeners) listener(result);
    return result.outcome === 'stopped' ? 'unfinished' : 'finished';
  };

  const started = () => !options.waitsForStart || hasStarted(store);
  const blocked = (): BlockedReason | null => {
    if (holder !== null) {
      return { code: 'locked', message: inUse(holder).message };
    }
    const current = settings.current();
    return (
      whyNotConnected(current) ?? options.missingCredentials?.() ?? (started() ? null : notStarted) ?? whyNoNetwork(current, options.power)
    );
  };

  const scheduler = createScheduler({
    clock: options.schedulerClock ?? clock,
    power: options.power,
    state: createScheduleStore(database),
    schedule: () => ({ ...settings.current().syncSettings, timeZone: timeZone() }),
    blocked,
    run,
    log,
  });
  /** Whoever enters an automation counts from the moment at which it was chosen, not from the run that follows. */
  const followAutomations = () => {
    if (holder !== null) return;
    transaction(database, () => store.automations.followOnly([...chosenAutomations(settings.current()).keys()], clock.now()));
  };
  followAutomations();
  settings.onChange(() => {
    followAutomations();
    for (const problem of settings.problem() ?? []) {
      log.write({ level: 'error', event: 'settings.refused', message: problem.message, details: { path: problem.path } });
    }
    scheduler.recheck();
  });

  return {
    settings,
    database,
    store,
    secrets,
    signIn,
    connector,
    log,
    logListeners,
    flushLog: () => databaseSink.flush(),
    scheduler,
    previewer,
    blocked,
    started,
    start: () => {
      start(store, clock);
      scheduler.recheck();
    },
    onProgress: (listener) => subscribe(progressListeners, listener),
    onSignInTried: (listener) => subscribe(signInListeners, listener),
    onRun: (listener) => subscribe(runListeners, listener),
    requestStop: () => stop.abort(),
    close: async () => {
      stop.abort();
      const cancelAbort = clock.setTimer(stopGraceMs, () => abort.abort(new Error('Leadferry is closing')));
      await previewer.end();
      await scheduler.stop();
      cancelAbort();
      cancelRenewal();
      lock.release();
      settings.close();
      await sample?.close();
      await log.close();
      database.close();
    },
  };
}

const inUse = (holder: RunLockHolder): StoreError =>
  new StoreError(
    'in-use',
    `Another Leadferry (${describeHolder(holder)}) works on this data directory.`,
    'End it first, or use another data directory.',
  );

function subscribe<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  const own = (value: T) => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}

function whyNotConnected({ activeCampaign, dynamics }: Settings): BlockedReason | null {
  const missing = [
    ...(activeCampaign.apiUrl === '' ? ['activeCampaign.apiUrl'] : []),
    ...(dynamics.environmentUrl === '' ? ['dynamics.environmentUrl'] : []),
    ...(dynamics.clientId === '' ? ['dynamics.clientId'] : []),
  ];
  if (missing.length === 0) return null;
  return { code: 'not-connected', message: `Not connected yet: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} empty.` };
}

/** Services on this machine itself (the sample ones) need none. */
function whyNoNetwork({ activeCampaign, dynamics }: Settings, power: PowerEvents): BlockedReason | null {
  const remote = [activeCampaign.apiUrl, dynamics.environmentUrl].some((address) => address.trim().startsWith('https:'));
  if (!remote || power.hasNetwork()) return null;
  return { code: 'no-network', message: 'This computer has no network. The sync that is due begins when there is one.' };
}

const dayMs = 24 * 60 * 60 * 1000;

/** What is older than the person wants to keep goes after each run. */
function prune({ database, journal, runs }: SyncStore, clock: Clock, { general }: Settings): void {
  const before = clock.now() - general.keepRunsDays * dayMs;
  journal.prune(before);
  runs.prune(before);
  pruneLogEntries(database, clock.now(), general.keepRunsDays);
}
