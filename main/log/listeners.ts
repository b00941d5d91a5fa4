import type { LogSink } from './create-log.ts';
import type { LogEntry } from './log.ts';

/** Hands each entry to whoever listens: the window's live log, the lines of headless mode. */
export interface LogListeners extends LogSink {
  /** Answers a function that ends it. A listener that throws does not keep the others from hearing. */
  subscribe(listener: (entry: LogEntry) => void): () => void;
}

export function createLogListeners(): LogListeners {
  const listeners = new Set<(entry: LogEntry) => void>();
  return {
    name: 'listeners',
    subscribe: (listener) => {
      // A function of its own for every call: subscribing the same one twice takes two to end.
      const own = (entry: LogEntry) => listener(entry);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    write: (entry) => {
      const errors: unknown[] = [];
      for (const listener of listeners) {
        try {
          listener(entry);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
    problem: () => null,
    close: async () => listeners.clear(),
  };
}
