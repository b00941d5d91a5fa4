import type { LogExport, LogFilter, LogLine, LogQuery } from '../../shared/log-line.ts';
import type { Clock } from '../ports/clock.ts';
import type { Services } from '../services/services.ts';
import { readLogEntries, type LogFilter as StoredFilter, type StoredLogEntry } from '../store/log-entries.ts';
import { asCsv, asJson } from './log-export.ts';

/** The log for the window: pages of what was written, and lines as they come. */
export interface LogFeed {
  lines(query: LogQuery): readonly LogLine[];
  /** Every line that matches, oldest first, as the text of a file in parts. */
  exported(request: LogExport): Generator<string>;
  onLine(listener: (line: LogLine) => void): () => void;
  close(): void;
}

/** Lines are told in groups, so that a run that writes thousands does not cost a query each. */
const gatherMs = 100;
const linesAtOnce = 1000;

export function createLogFeed({ database, flushLog, logListeners }: Services, clock: Clock): LogFeed {
  const listeners = new Set<(line: LogLine) => void>();
  let told = readLogEntries(database, {}, { limit: 1 })[0]?.id ?? 0;
  let cancel: (() => void) | null = null;

  const tell = () => {
    cancel = null;
    flushLog();
    for (;;) {
      const entries = readLogEntries(database, {}, { after: told, limit: linesAtOnce });
      for (const entry of entries) {
        told = entry.id;
        for (const listener of listeners) listener(toLine(entry));
      }
      if (entries.length < linesAtOnce) return;
    }
  };
  const unsubscribe = logListeners.subscribe(() => {
    cancel ??= clock.setTimer(gatherMs, tell);
  });

  return {
    lines: ({ page, limit, ...filter }) => {
      flushLog();
      if ('after' in page) return readLogEntries(database, toStored(filter), { after: page.after, limit }).map(toLine);
      const before = page.before ?? undefined;
      return readLogEntries(database, toStored(filter), { before, limit }).map(toLine).reverse();
    },
    exported: ({ filter, format }) => {
      flushLog();
      const lines = everyLine(database, toStored(filter));
      return format === 'csv' ? asCsv(lines) : asJson(lines);
    },
    onLine: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      unsubscribe();
      cancel?.();
    },
  };
}

const toStored = ({ minimumLevel, run, person, text }: LogFilter): StoredFilter => ({
  minimumLevel,
  text,
  ...(run !== null && { run }),
  ...(person.trim() !== '' && { person: person.trim() }),
});

function* everyLine(database: Services['database'], filter: StoredFilter): Generator<LogLine> {
  for (let after = 0; ; ) {
    const entries = readLogEntries(database, filter, { after, limit: linesAtOnce });
    const last = entries.at(-1);
    if (last === undefined) return;
    yield* entries.map(toLine);
    after = last.id;
  }
}

function toLine({ run, person, details, ...entry }: StoredLogEntry): LogLine {
  return {
    ...entry,
    ...(run !== undefined && { run }),
    ...(person !== undefined && {
      person: {
        ...(person.email !== undefined && { email: person.email }),
        ...(person.activeCampaignId !== undefined && { activeCampaignId: person.activeCampaignId }),
        ...(person.dynamics !== undefined && { dynamics: person.dynamics }),
      },
    }),
    ...(details !== undefined && { details: { ...details } }),
  };
}
