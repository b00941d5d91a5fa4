import type { Problem } from '../../shared/app-state.ts';
import type { LogEntry } from '../log/log.ts';
import type { Database } from '../store/database.ts';
import { readLogEntries } from '../store/log-entries.ts';
import type { Run } from '../store/runs.ts';

/** Why the last run failed, as it is shown until one goes through. */
export interface RunFailure {
  readonly problem: Problem;
  /** A service could not be reached: nothing for a person to do but wait. */
  readonly offline: boolean;
  /** A service does not accept the credentials any more. */
  readonly signIn: boolean;
}

const furtherAdvice = 'The Live Log has the details. It is tried again at the next run.';

/** What a log entry says that ends a run; null for every other entry. */
export function failureOf({ event, level, message, details }: LogEntry): RunFailure | null {
  const endsRun = level === 'error' && (event === 'service.unavailable' || (event.startsWith('run.') && event !== 'run.held'));
  if (!endsRun) return null;
  const words = details?.serviceMessage;
  const advice = typeof details?.advice === 'string' ? details.advice : furtherAdvice;
  // The words of an error that nobody expected are for the log: a stack is no sentence for a person.
  const unexpected = event === 'run.defect' || event === 'run.failed';
  return {
    problem: {
      message: unexpected ? 'The last run ended by an error that Leadferry did not expect.' : withoutEnd(message, advice),
      advice,
      ...(typeof words === 'string' && { serviceMessage: words }),
    },
    offline: details?.code === 'service-down',
    signIn: details?.code === 'bad-credentials',
  };
}

/** What the last run failed with before this start. */
export function failureOfLastRun(database: Database, last: Run | null): RunFailure | null {
  if (last?.outcome !== 'failed') return null;
  const entries = readLogEntries(database, { minimumLevel: 'error', run: last.number }, { limit: 5 });
  return entries.map(failureOf).find((failure) => failure !== null) ?? null;
}

const withoutEnd = (text: string, end: string): string => (text.endsWith(` ${end}`) ? text.slice(0, -end.length - 1) : text);
