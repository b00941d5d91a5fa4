import { type LogLevel, logLevels } from '../../shared/log-line.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log, LogEntry, LogInput } from './log.ts';
import type { Redactor } from './redactor.ts';

/** A place that entries go to. They arrive in order, and without secrets. */
export interface LogSink {
  readonly name: string;
  write(entry: LogEntry): void;
  /** Why earlier entries have not arrived (a full disk), or null. */
  problem(): string | null;
  /** Resolves when everything that was written has arrived, or cannot. */
  close(): Promise<void>;
}

export interface LogOptions {
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** What is below is not written anywhere. */
  readonly minimumLevel?: LogLevel;
  readonly sinks: readonly LogSink[];
}

/**
 * The log. Secrets are taken out once, before anything else sees the entry. It never throws into its caller: a sink that fails is
 * reported once to the others.
 */
export function createLog({ clock, redactor, minimumLevel = 'info', sinks }: LogOptions): Log & { close(): Promise<void> } {
  const failing = new Map<LogSink, string>();

  const enter = (input: LogInput, targets: readonly LogSink[]) => {
    const entry = safeEntry(redactor, { time: new Date(clock.now()).toISOString(), ...input });
    for (const sink of targets) {
      const problem = writeTo(sink, entry);
      if (problem === null) failing.delete(sink);
      else if (!failing.has(sink)) {
        failing.set(sink, problem);
        const message = `The log cannot be written to the ${sink.name}: ${problem}`;
        enter(
          { level: 'error', event: 'log.failed', message },
          sinks.filter((other) => !failing.has(other)),
        );
      }
    }
  };

  return {
    write: (input) => {
      if (logLevels.indexOf(input.level) >= logLevels.indexOf(minimumLevel)) enter(input, sinks);
    },
    close: async () => {
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
}

function writeTo(sink: LogSink, entry: LogEntry): string | null {
  try {
    sink.write(entry);
    return sink.problem();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A detail may be anything, also an object whose properties throw when they are read. */
function safeEntry(redactor: Redactor, entry: LogEntry): LogEntry {
  try {
    return redactor.entry(entry);
  } catch {
    const { details, ...rest } = entry;
    return redactor.entry({ ...rest, details: { unreadable: Object.keys(details ?? {}) } });
  }
}
