import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import type { Entity } from '../../shared/entity.ts';
import type { OptionCorrection } from '../../shared/option-pairs.ts';
import type { Written } from './journal.ts';
import type { Configuration, Scenario } from './scenario.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

/** Both sides of one field of one link were seen to hold what the program had agreed on, with the program knowing it. */
export interface Agreement {
  readonly moment: number;
  readonly activeCampaign: string;
  readonly dynamics: ColumnValue;
}

/** By link, row and mapping, and by link and mapping; in the order of their moments. */
export type Agreements = Map<string, readonly Agreement[]>;

/** Options that were paired by hand, by entity and column. */
export type PairedByHand = Record<Entity, Map<string, readonly OptionCorrection[]>>;

/** Everything that one play is made of. */
export interface Stage {
  readonly scenario: Scenario;
  readonly world: World;
  readonly watch: Watch;
  readonly agreements: Agreements;
  /** Opened once for each database: its statements are no memory, and to prepare them takes longer than many a run. */
  store: SyncStore;
  /** Of databases that were lost. */
  lostJournal: readonly Written[];
  configuration: Configuration;
  readonly pairedByHand: PairedByHand;
  clockOffsetMs: number;
  runs: number;
  requests: number;
  /** The last run came to its end, so that nothing of it is left to do. */
  tidy: boolean;
}
