import type { Database } from '../store/database.ts';
import { addLogEntries } from '../store/log-entries.ts';
import type { LogSink } from './create-log.ts';
import type { LogEntry } from './log.ts';

/** Entries that wait for a database that cannot be written; beyond it the oldest are lost. */
const mostWaiting = 10_000;

/**
 * Writes to the table `log_entry`. Entries wait until the code that runs has finished its synchronous part: then they go in one
 * transaction of their own, and an entry about a transaction that was rolled back is not lost with it.
 */
export function createDatabaseSink(db: Database): LogSink & { flush(): void } {
  let waiting: LogEntry[] = [];
  let scheduled = false;
  let closed = false;
  let failure: string | null = null;

  const flush = () => {
    scheduled = false;
    if (closed || waiting.length === 0 || db.isTransaction) return;
    try {
      addLogEntries(db, waiting);
      waiting = [];
      failure = null;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      waiting = waiting.slice(-mostWaiting);
    }
  };

  return {
    name: 'database',
    write: (entry) => {
      waiting.push(entry);
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(flush);
    },
    problem: () => failure,
    /** Writes what waits now; call it before reading entries back. */
    flush,
    close: async () => {
      flush();
      closed = true;
    },
  };
}
