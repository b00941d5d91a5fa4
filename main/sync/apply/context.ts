import type { Entity } from '../../../shared/entity.ts';
import type { ActiveCampaignClient } from '../../connections/activecampaign/types.ts';
import type { DynamicsClient, Row, TableDefinition } from '../../connections/dynamics/types.ts';
import type { Log } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Link } from '../../store/observed.ts';
import type { OutboxEntry } from '../../store/outbox.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import type { FieldMap } from '../mapping/field-map.ts';
import { type Operation, operationSchema } from '../plan/operations.ts';
import type { TagIds } from '../read/observe.ts';
import type { RunTally } from '../run-tally.ts';

export interface ApplyContext {
  readonly activeCampaign: ActiveCampaignClient;
  readonly dynamics: DynamicsClient;
  readonly store: SyncStore;
  readonly log: Log;
  readonly clock: Clock;
  readonly run: number;
  readonly tally: RunTally;
  readonly tagIds: TagIds;
  /** Names of the ActiveCampaign fields that are kept. */
  readonly fields: readonly string[];
  /** Columns that are kept of each table. */
  readonly columns: Readonly<Record<Entity, readonly string[]>>;
  readonly meetsCriteria: Readonly<Record<Entity, (columns: Row['columns'], id: Row['id']) => boolean>>;
  readonly maps: Readonly<Record<Entity, FieldMap>>;
  /** Columns that the business requires of a new row, and that the service does not enforce. */
  readonly requiredColumns: Readonly<Record<Entity, readonly string[]>>;
  /** What Dynamics says of its tables; null for one that the environment does not have. */
  readonly tables: Readonly<Record<Entity, TableDefinition | null>>;
  /** The outbox holds what an earlier run, or an earlier start of this one, has left. */
  readonly takesUp: boolean;
  /** Imported people start no automations. */
  readonly excludeAutomations: boolean;
  /** Called between two writes with the number of operations that are done since the last call. Throws when the run is to stop. */
  readonly breathe: (done: number) => Promise<void>;
  /** Ends early, by throwing, when the run is to stop. */
  readonly sleep: (delayMs: number) => Promise<void>;
}

/** Imports that a person is sent in: one that fails as a whole is sent once more, then everybody in it goes alone. */
export const importTries = 2;

/** An operation with all that its confirmation touches. */
export interface Job<Kind extends Operation['kind']> {
  readonly entry: OutboxEntry;
  readonly link: Link;
  readonly operation: Extract<Operation, { kind: Kind }>;
}

/** The next jobs of these kinds, in order; parsed again, since an earlier version may have planned them. */
export function nextJobs<const Kind extends Operation['kind']>(
  { store }: ApplyContext,
  kinds: readonly Kind[],
  priority: number,
  after: number,
  limit: number,
): readonly Job<Kind>[] {
  return store.outbox.pending(kinds, priority, after, limit).flatMap((entry) => {
    const link = store.links.byId(entry.link);
    return link === null ? [] : jobFrom(entry, link, kinds);
  });
}

/** The jobs of these kinds that one link has. */
export const jobsOf = <const Kind extends Operation['kind']>(
  { store }: ApplyContext,
  link: Link,
  kinds: readonly Kind[],
): readonly Job<Kind>[] => store.outbox.ofLink(link.id).flatMap((entry) => jobFrom(entry, link, kinds));

function jobFrom<Kind extends Operation['kind']>(entry: OutboxEntry, link: Link, kinds: readonly Kind[]): readonly Job<Kind>[] {
  const operation = operationSchema.parse(JSON.parse(entry.payload));
  return isOneOf(operation, kinds) ? [{ entry, link, operation }] : [];
}

function isOneOf<Kind extends Operation['kind']>(
  operation: Operation,
  kinds: readonly Kind[],
): operation is Extract<Operation, { kind: Kind }> {
  return (kinds as readonly string[]).includes(operation.kind);
}
