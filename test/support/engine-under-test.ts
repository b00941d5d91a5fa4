import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAxiosTransport } from '../../main/connections/http/axios-transport.ts';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import type { SecretName } from '../../main/connections/secrets/secret-store.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Log, LogInput } from '../../main/log/log.ts';
import { createRedactor } from '../../main/log/redactor.ts';
import { type Connector, createConnector } from '../../main/services/connector.ts';
import { openDatabase } from '../../main/store/open.ts';
import type { Run } from '../../main/store/runs.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { runOnce } from '../../main/sync/engine.ts';
import { defaultSettings, type LeadConfiguration, type Settings } from '../../shared/settings.ts';
import { type ImpatientClock, impatientClock } from './impatient-clock.ts';
import { type RunningServices, type RunningServicesOptions, startServices } from './running-services.ts';

/** The whole engine on a database of its own, connected over HTTP to sample services that share its clock. */
export interface EngineUnderTest extends Omit<RunningServices, 'close'> {
  readonly clock: ImpatientClock;
  readonly store: SyncStore;
  readonly connector: Connector;
  /** Everything logged since the last `run` began. */
  readonly logged: readonly LogInput[];
  settings(): Settings;
  /** Changes the settings for the runs that follow. */
  configure(change: (settings: Settings) => Settings): void;
  /** The same, for the Data Configuration of leads. */
  configureLead(change: (lead: LeadConfiguration) => Partial<LeadConfiguration>): void;
  /** Stores another secret for the runs that follow. */
  giveSecret(name: SecretName, value: string): Promise<void>;
  /** One run, an hour after the one before. @param timeZone of this machine. */
  run(timeZone?: string): Promise<Run>;
  close(): Promise<void>;
}

export interface EngineUnderTestOptions extends Omit<RunningServicesOptions, 'clock'> {
  readonly settings?: (settings: Settings) => Settings;
  /** Default false, as without a window. */
  readonly asksAboutNewcomers?: boolean;
  /** Where the database lies; without it, in a folder that goes with the engine. */
  readonly directory?: string;
  /** Without it, one that begins at a fixed time. */
  readonly clock?: ImpatientClock;
  /** How far this machine's clock is ahead of the services' own. */
  readonly clockAheadMs?: number;
}

const hourMs = 60 * 60 * 1000;

export async function openEngine(options: EngineUnderTestOptions = {}): Promise<EngineUnderTest> {
  const { clock = impatientClock(), clockAheadMs = 0 } = options;
  const services = await startServices({ ...options, clock: { now: () => clock.now() - clockAheadMs } });
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'leadferry-engine-'));
  const database = openDatabase(join(directory, 'leadferry.sqlite'));
  const store = openSyncStore(database);
  const random = seededRandom(21);
  let logged: LogInput[] = [];
  const log: Log = { write: (entry) => void logged.push(entry) };
  const secrets = createMemorySecretStore(services.secrets);
  const connector = createConnector({
    secrets,
    vault: null,
    redactor: createRedactor(),
    transport: createAxiosTransport(),
    clock,
    random,
    log,
    signal: new AbortController().signal,
    entraUrl: services.entraUrl,
  });
  let settings: Settings = (options.settings ?? ((before) => before))({ ...defaultSettings, ...services.connection });
  let runs = 0;

  const engine: EngineUnderTest = {
    ...services,
    clock,
    store,
    connector,
    get logged() {
      return logged;
    },
    settings: () => settings,
    configure: (change) => {
      settings = change(settings);
    },
    configureLead: (change) => {
      engine.configure(({ dataConfiguration, ...others }) => ({
        ...others,
        dataConfiguration: { ...dataConfiguration, lead: { ...dataConfiguration.lead, ...change(dataConfiguration.lead) } },
      }));
    },
    giveSecret: async (name, value) => void (await secrets.set(name, value)),
    run: (timeZone = 'Europe/Oslo') => {
      if (runs > 0) clock.pass(hourMs);
      runs += 1;
      logged = [];
      return runOnce({
        store,
        log,
        clock,
        random,
        timeZone,
        asksAboutNewcomers: options.asksAboutNewcomers ?? false,
        settings: () => settings,
        connect: connector.connect,
        onProgress: () => undefined,
        yieldToOthers: () => new Promise((resolve) => setImmediate(resolve)),
        stop: new AbortController().signal,
      });
    },
    close: async () => {
      await services.close();
      database.close();
      if (options.directory === undefined) rmSync(directory, { recursive: true });
    },
  };
  return engine;
}
