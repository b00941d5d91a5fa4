import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '../../main/connections/errors.ts';
import { createLog } from '../../main/log/create-log.ts';
import { createDatabaseSink } from '../../main/log/database-sink.ts';
import { createFileSink } from '../../main/log/file-sink.ts';
import { createLogListeners } from '../../main/log/listeners.ts';
import type { Log } from '../../main/log/log.ts';
import { createRedactor, type Redactor } from '../../main/log/redactor.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openDatabase } from '../../main/store/open.ts';
import type { Run } from '../../main/store/runs.ts';
import { openSyncStore } from '../../main/store/sync-store.ts';
import { type Progress, runOnce } from '../../main/sync/engine.ts';
import type { Connections } from '../../main/sync/prepare.ts';
import type { Settings } from '../../shared/settings.ts';

export interface Engine {
  /** Carries out one run, as the scheduler would. @throws Error when it fails or is held. */
  run(): Promise<Run>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly connect: (tools: {
    readonly log: Log;
    readonly redactor: Redactor;
    readonly onRequest: (service: Service) => void;
  }) => Promise<Connections>;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run that is under way. */
  readonly stop?: AbortSignal;
}

/** The engine over a database and a log on disk, in a temporary directory, as the program has them. */
export function openEngine({ clock, settings, connect, onProgress = () => undefined, stop }: EngineOptions): Engine {
  const directory = mkdtempSync(join(tmpdir(), 'leadferry-bench-'));
  const database = openDatabase(join(directory, 'leadferry.sqlite'));
  const store = openSyncStore(database);
  const redactor = createRedactor();
  const listeners = createLogListeners();
  let lastError = '';
  listeners.subscribe(({ level, message }) => {
    if (level === 'error') lastError = message;
  });
  const log = createLog({
    clock,
    redactor,
    sinks: [createDatabaseSink(database), createFileSink({ directory: join(directory, 'logs') }), listeners],
  });
  return {
    async run() {
      const run = await runOnce({
        store,
        log,
        clock,
        random: systemRandom,
        timeZone: 'Europe/Oslo',
        asksAboutNewcomers: false,
        settings: () => settings,
        connect: (_, onRequest) => connect({ log, redactor, onRequest }),
        onProgress,
        yieldToOthers: () => new Promise((resolve) => setImmediate(resolve)),
        stop: stop ?? new AbortController().signal,
      });
      if (run.outcome === 'failed' || run.outcome === 'held') throw new Error(`Run ${run.number} ended as "${run.outcome}": ${lastError}`);
      return run;
    },
    async close() {
      await log.close();
      database.close();
      rmSync(directory, { recursive: true });
    },
  };
}
