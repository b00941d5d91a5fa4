import type { AppState } from '../../shared/app-state.ts';
import type { LogLine } from '../../shared/log-line.ts';
import type { Application } from '../application-port.ts';

export interface RunningApplication {
  /** As it was last known; during a change of mode that of the application that is leaving. */
  state(): AppState;
  /** The application in use; waits for a change of mode that is under way. */
  current(): Promise<Application>;
  /** Calls `listener` after every change, also after a change of mode. */
  onState(listener: (state: AppState) => void): void;
  onLogLine(listener: (line: LogLine) => void): void;
  /** Stops the application in use and starts one in `mode`. When that fails, the earlier mode is started again and the error thrown. */
  use(mode: AppState['mode']): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps exactly one application running: on the real data or on the sample data, each in a data directory of its own.
 * @throws what `create` throws for the first one.
 */
export async function runApplication(
  create: (mode: AppState['mode']) => Promise<Application>,
  mode: AppState['mode'],
): Promise<RunningApplication> {
  const stateListeners: ((state: AppState) => void)[] = [];
  const logListeners: ((line: LogLine) => void)[] = [];

  const start = async (wanted: AppState['mode']): Promise<Application> => {
    const application = await create(wanted);
    application.onState((state) => {
      for (const listener of stateListeners) listener(state);
    });
    application.onLogLine((line) => {
      for (const listener of logListeners) listener(line);
    });
    return application;
  };

  let latest = await start(mode);
  let inUse = Promise.resolve(latest);

  const replace = async (application: Application, wanted: AppState['mode']): Promise<Application> => {
    const before = application.state().mode;
    if (before === wanted) return application;
    await application.stop();
    latest = await start(wanted).catch(async (error: unknown) => {
      latest = await start(before);
      throw error;
    });
    for (const listener of stateListeners) listener(latest.state());
    return latest;
  };

  return {
    state: () => latest.state(),
    current: () => inUse,
    onState: (listener) => void stateListeners.push(listener),
    onLogLine: (listener) => void logListeners.push(listener),
    use: async (wanted) => {
      const replaced = inUse.then((application) => replace(application, wanted));
      inUse = replaced.catch(() => latest);
      await replaced;
    },
    stop: async () => (await inUse).stop(),
  };
}
