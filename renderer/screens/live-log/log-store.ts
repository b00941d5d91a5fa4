import type { IpcError, LeadferryApi } from '../../../shared/ipc.ts';
import type { LogLevel, LogLine } from '../../../shared/log-line.ts';

export interface LogView {
  /** In ascending order of id, all of the chosen level and above. */
  readonly lines: readonly LogLine[];
  /** There are no older lines than those shown. */
  readonly complete: boolean;
  readonly loading: boolean;
  readonly error: IpcError | null;
}

export interface LogStore {
  /** The first listener starts the stream, the last one ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => LogView;
  readonly loadOlder: () => void;
}

const pageSize = 1000;
/** What is kept in memory; older lines are read again when they are scrolled to. */
const mostLines = 100_000;

const severity = { debug: 0, info: 1, warn: 2, error: 3 } as const satisfies Record<LogLevel, number>;

const nothingYet: LogView = { lines: [], complete: false, loading: false, error: null };

/** The log from `minimumLevel` on: the newest page, what is written from now on, and older pages as they are asked for. */
export function createLogStore(api: LeadferryApi, minimumLevel: LogLevel): LogStore {
  const listeners = new Set<() => void>();
  let view = nothingYet;
  let endStream = (): void => undefined;

  const show = (change: Partial<LogView>): void => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  };

  const append = (lines: readonly LogLine[]): void => {
    const newest = view.lines.at(-1)?.id ?? 0;
    const added = lines.filter(({ id, level }) => id > newest && severity[level] >= severity[minimumLevel]);
    if (added.length === 0) return;
    const all = [...view.lines, ...added];
    if (all.length <= mostLines) show({ lines: all });
    else show({ lines: all.slice(-mostLines), complete: false });
  };

  const loadBefore = async (before: number | null): Promise<void> => {
    show({ loading: true, error: null });
    const result = await api.call.getLogLines({ minimumLevel, before, limit: pageSize });
    if (!result.ok) return show({ loading: false, error: result.error });
    const oldest = view.lines[0]?.id ?? Number.POSITIVE_INFINITY;
    const older = result.value.filter(({ id }) => id < oldest);
    show({ lines: [...older, ...view.lines], complete: result.value.length < pageSize, loading: false });
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        view = nothingYet;
        endStream = api.on.logLines(append);
        void loadBefore(null);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) endStream();
      };
    },
    snapshot: () => view,
    loadOlder: () => {
      const oldest = view.lines[0];
      if (!view.loading && !view.complete && oldest !== undefined) void loadBefore(oldest.id);
    },
  };
}
