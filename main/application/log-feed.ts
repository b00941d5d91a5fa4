import type { LogLine, LogQuery } from '../../shared/log-line.ts';
import type { Clock } from '../ports/clock.ts';
import type { Services } from '../services/services.ts';
import { readLogEntries, type StoredLogEntry } from '../store/log-entries.ts';

/** The log for the window: pages of what was written, and lines as they come. */
export interface LogFeed {
  lines(query: LogQuery): readonly LogLine[];
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
    lines: ({ minimumLevel, before, limit }) => {
      flushLog();
      return readLogEntries(database, { minimumLevel }, { ...(before !== null && { before }), limit })
        .map(toLine)
        .reverse();
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
