import type { Settings } from '../../shared/settings.ts';
import type { Tag } from '../connections/activecampaign/types.ts';
import type { Service } from '../connections/errors.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { plannedOnceRead } from '../store/plan-state.ts';
import type { RunKind } from '../store/runs.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { settleNewcomers } from './entrance.ts';
import { type GuardVerdict, judge } from './guard/guards.ts';
import { initialSyncFinishedAt } from './initial-sync.ts';
import { consequencesOf, dropPlan } from './plan/commit.ts';
import { countSubjects, planSubjects } from './plan/plan-run.ts';
import { type Connections, prepare } from './prepare.ts';
import { readBothSides } from './read/read-both-sides.ts';
import { wakeUp } from './wake-up.ts';

export interface PreviewOptions {
  /** A copy, to be thrown away: the plan is left in its outbox, and what is held in its problems. */
  readonly store: SyncStore;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  /** IANA name of this machine's zone. */
  readonly timeZone: string;
  /** As the run that is shown would. */
  readonly asksAboutNewcomers: boolean;
  readonly connect: (settings: Settings, onRequest: (service: Service) => void) => Promise<Connections>;
  readonly onProgress: (activity: string, done: number, total: number | null) => void;
  /** Lets other work of the process go on. */
  readonly yieldToOthers: () => Promise<void>;
  /** The preview ends with this signal's reason. */
  readonly signal: AbortSignal;
}

/** What a run would do if it began now. */
export interface PlannedRun {
  readonly kind: RunKind;
  /** The limit that would hold it; null where none would. */
  readonly verdict: GuardVerdict | null;
  /** How long the reading took. */
  readonly readingMs: number;
  /** Names of the lists that people would join, by id. */
  readonly listNames: ReadonlyMap<string, string>;
}

/** A preview is no event: what it finds is shown, not logged. */
const silent: Log = { write: () => undefined };

/**
 * Reads and plans as a run does, and stops where a run would begin to write. Both services are only read.
 * @throws ServiceError, RunRefused as a run would end with; the signal's reason.
 */
export async function previewRun(options: PreviewOptions): Promise<PlannedRun> {
  const { store, settings, clock, signal } = options;
  const report = async (activity: string, done: number, total: number | null) => {
    options.onProgress(activity, done, total);
    await options.yieldToOthers();
    signal.throwIfAborted();
  };
  const kind = settings.syncSettings.globalSync && initialSyncFinishedAt(store) === null ? 'initial' : 'scheduled';
  const startedAt = clock.monotonic();
  await report('Connecting', 0, null);
  const connections = readOnly(await options.connect(settings, () => undefined));
  const run = store.runs.start(kind, clock.now()).number;
  const waiting = store.newcomers.countWaiting();
  const prepared = await prepare({
    ...connections,
    store,
    settings,
    log: silent,
    random: options.random,
    run,
    timeZone: options.timeZone,
    now: clock.now(),
  });
  dropPlan(store);
  wakeUp(store, settings, prepared);
  await readBothSides({ ...connections, store, log: silent, clock, run, report }, prepared);
  settleNewcomers(store, silent, run, { asks: options.asksAboutNewcomers, before: waiting });
  const readingMs = clock.monotonic() - startedAt;
  const toPlan = countSubjects(store, plannedOnceRead);
  const breathe = (planned: number) => report('Comparing', planned, toPlan);
  await planSubjects({ store, rules: prepared.rules, run, clock, log: silent, breathe }, plannedOnceRead);
  return { kind, verdict: judge(consequencesOf(store), settings.safety), readingMs, listNames: await listNames(connections, settings) };
}

const refuseToWrite = (): Promise<never> => Promise.reject(new Error('A preview writes nothing'));

/** Whatever else may go wrong, nothing is written. Tags that a first run would create are as if they were there; nobody carries them. */
function readOnly({ activeCampaign, dynamics }: Connections): Connections {
  const asIfCreated: Tag[] = [];
  return {
    dynamics: { ...dynamics, write: refuseToWrite },
    activeCampaign: {
      ...activeCampaign,
      tags: async (search) => [...(await activeCampaign.tags(search)), ...asIfCreated.filter(({ name }) => name.includes(search))],
      createTag: async (name) => {
        const tag = { id: `new: ${name}`, name, subscriberCount: 0 };
        asIfCreated.push(tag);
        return tag;
      },
      syncPerson: refuseToWrite,
      updatePerson: refuseToWrite,
      addTag: refuseToWrite,
      removeTag: refuseToWrite,
      setListStatus: refuseToWrite,
      importPeople: refuseToWrite,
    },
  };
}

async function listNames({ activeCampaign }: Connections, { dataConfiguration }: Settings): Promise<ReadonlyMap<string, string>> {
  if (Object.values(dataConfiguration).every(({ listId }) => listId === null)) return new Map();
  return new Map((await activeCampaign.lists()).map(({ id, name }) => [id, name]));
}
