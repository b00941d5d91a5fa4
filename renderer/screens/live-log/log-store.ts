import type { IpcError, LeadferryApi } from '../../../shared/ipc.ts';
import type { LogFilter, LogLevel, LogLine } from '../../../shared/log-line.ts';

export interface LogView {
  /** In ascending order of id, all that the filter lets through. */
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
/** Who scrolls back has time, and wants to get far. */
const olderPageSize = 5000;
/** What is kept in memory; older lines are read again when they are scrolled to. */
const mostLines = 100_000;

const severity = { debug: 0, info: 1, warn: 2, error: 3 } as const satisfies Record<LogLevel, number>;

const nothingYet: LogView = { lines: [], complete: false, loading: false, error: null };

/** The log as the filter lets it through: the newest page, what is written from now on, and older pages as they are asked for. */
export function createLogStore(api: LeadferryApi, filter: LogFilter): LogStore {
  const listeners = new Set<() => void>();
  let view = nothingYet;
  let endStream = (): void => undefined;

  const show = (change: Partial<LogView>): void => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  };

  const append = (lines: readonly LogLine[]): void => {
    const newest = view.lines.at(-1)?.id ?? 0;
    const added = lines.filter(({ id, level }) => id > newest && severity[level] >= severity[filter.minimumLevel]);
    if (added.length === 0) return;
    const all = [...view.lines, ...added];
    if (all.length <= mostLines) show({ lines: all });
    else show({ lines: all.slice(-mostLines), complete: false });
  };

  /** Only the main process can tell which lines are about a person or hold a word. */
  const onlyLevels = filter.run === null && filter.person === '' && filter.text === '';
  let written = 0;
  let lookedAt = 0;
  let looking = false;
  const follow = async (lines: readonly LogLine[]): Promise<void> => {
    if (onlyLevels) return append(lines);
    lookedAt ||= (lines[0]?.id ?? 1) - 1;
    written = lines.at(-1)?.id ?? written;
    if (looking) return;
    looking = true;
    while (lookedAt < written) {
      const upTo = written;
      const result = await api.call.getLogLines({ ...filter, page: { after: lookedAt }, limit: pageSize });
      if (!result.ok) break;
      append(result.value);
      const last = result.value.at(-1)?.id ?? 0;
      lookedAt = result.value.length < pageSize ? Math.max(upTo, last) : last;
    }
    looking = false;
  };

  const loadBefore = async (before: number | null): Promise<void> => {
    const limit = before === null ? pageSize : olderPageSize;
    show({ loading: true, error: null });
    const result = await api.call.getLogLines({ ...filter, page: { before }, limit });
    if (!result.ok) return show({ loading: false, error: result.error });
    const oldest = view.lines[0]?.id ?? Number.POSITIVE_INFINITY;
    const older = result.value.filter(({ id }) => id < oldest);
    show({ lines: [...older, ...view.lines], complete: result.value.length < limit, loading: false });
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        view = nothingYet;
        endStream = api.on.logLines((lines) => void follow(lines));
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
