import type { Entity } from '../../shared/entity.ts';
import type { LogLevel } from '../../shared/log-line.ts';

/** Who an entry is about (contracts, section 4). */
export interface LogPerson {
  readonly email?: string;
  readonly activeCampaignId?: string;
  readonly dynamics?: { readonly entity: Entity; readonly id: string };
}

export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly level: LogLevel;
  /** A dotted name that other programs count on: `person.held`, `run.finished`. */
  readonly event: string;
  /** Number of the run that it belongs to. */
  readonly run?: number;
  /** One sentence for an admin. */
  readonly message: string;
  readonly person?: LogPerson;
  /** Further values of the event (`reason`, `fields`, `service`, `guard`, `path`, the service's own words), redacted. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What a caller gives; the time is added by the log. */
export type LogInput = Omit<LogEntry, 'time'>;

export interface Log {
  write(entry: LogInput): void;
}
