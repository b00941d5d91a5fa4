import type { SyncStore } from '../../main/store/sync-store.ts';
import type { Written } from './journal.ts';
import type { Configuration, Scenario } from './scenario.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

/** When both sides of one field of one link were seen to hold the same with the program knowing it; by link, row and mapping. */
export type Agreements = Map<string, number[]>;

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
  clockOffsetMs: number;
  runs: number;
  requests: number;
  /** The last run came to its end, so that nothing of it is left to do. */
  tidy: boolean;
}
