import { activeCampaignPace, createActiveCampaignClient } from '../../main/connections/activecampaign/client.ts';
import { createDynamicsClient, dynamicsPace } from '../../main/connections/dynamics/client.ts';
import { createLimiter } from '../../main/connections/http/pacing.ts';
import type { HttpTransport } from '../../main/connections/http/transport.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Log, LogInput } from '../../main/log/log.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { Run } from '../../main/store/runs.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { runOnce } from '../../main/sync/engine.ts';
import type { Settings } from '../../shared/settings.ts';
import { apiKey, type World } from './world.ts';

/** The engine with the real clients, in a process of its own that can be killed. */
export interface ProcessOptions {
  readonly world: World;
  readonly store: SyncStore;
  readonly settings: Settings;
  readonly timeZone: string;
  readonly asksAboutNewcomers: boolean;
  /** How far this machine's clock is off. */
  readonly clockOffsetMs: number;
  readonly salt: number;
  readonly transport: HttpTransport;
  /** Called at every await, with its number. */
  readonly onAwait: (number: number) => void;
  readonly onLog: (entry: LogInput) => void;
  readonly stop: AbortSignal;
}

export interface SimulatedProcess {
  /** The run as it ended, or `killed`. */
  readonly ended: Promise<Run | 'killed'>;
  /** From here on nothing of it goes on: every await stays open, as after `kill -9`. */
  kill(): void;
}

export function startProcess(options: ProcessOptions): SimulatedProcess {
  const { world, store, settings, salt, onAwait } = options;
  const random = seededRandom(salt);
  let alive = true;
  let awaits = 0;
  let end: (value: 'killed') => void = () => {};
  const killed = new Promise<'killed'>((resolve) => {
    end = resolve;
  });

  const reachAwait = () => {
    awaits += 1;
    onAwait(awaits);
  };
  /** What a killed process waits for never comes. */
  const whileAlive = <Value>(work: () => Promise<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      if (!alive) return;
      reachAwait();
      if (!alive) return;
      work().then(
        (value) => {
          if (!alive) return;
          reachAwait();
          if (alive) resolve(value);
        },
        (error: unknown) => {
          if (alive) reject(error);
        },
      );
    });

  const clock: Clock = {
    now: () => world.clock.now() + options.clockOffsetMs,
    monotonic: world.clock.monotonic,
    setTimer: (delayMs, callback) =>
      world.clock.setTimer(delayMs, () => {
        if (alive) callback();
      }),
    sleep: (delayMs, signal) => whileAlive(() => world.clock.sleep(delayMs, signal)),
  };
  const log: Log = { write: options.onLog };
  const ports = {
    transport: ((request, limits) => whileAlive(() => options.transport(request, limits))) satisfies HttpTransport,
    clock,
    random,
    // Only the end of the program cuts a request off; a request to stop lets it finish.
    signal: new AbortController().signal,
    log,
  };
  const limiters = { activeCampaign: createLimiter(activeCampaignPace, clock), dynamics: createLimiter(dynamicsPace, clock) };
  let token = world.tokenGeneration();

  // Not at once: who starts it must hold it before it can be killed.
  const run = Promise.resolve().then(() =>
    runOnce({
      store,
      log,
      clock,
      random,
      timeZone: options.timeZone,
      asksAboutNewcomers: options.asksAboutNewcomers,
      settings: () => settings,
      connect: async (current, onRequest) => ({
        activeCampaign: createActiveCampaignClient({
          ...ports,
          apiUrl: current.activeCampaign.apiUrl,
          apiKey,
          onRequest,
          limiter: limiters.activeCampaign,
        }),
        dynamics: createDynamicsClient({
          ...ports,
          environmentUrl: current.dynamics.environmentUrl,
          tokens: {
            accessToken: async () => String(token),
            rejected: () => {
              token = world.tokenGeneration();
            },
          },
          onRequest,
          limiter: limiters.dynamics,
        }),
      }),
      onProgress: () => {},
      yieldToOthers: () => whileAlive(async () => {}),
      stop: options.stop,
    }),
  );
  return {
    ended: Promise.race([run, killed]),
    kill: () => {
      alive = false;
      end('killed');
    },
  };
}
