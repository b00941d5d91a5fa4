import { type PlanEffect, type PlannedLine, planEffects } from '../../shared/planned.ts';
import type { Preview } from '../../shared/preview.ts';
import type { Settings } from '../../shared/settings.ts';
import { ApplicationError } from '../application-port.ts';
import type { Clock } from '../ports/clock.ts';
import { PreviewEnded } from '../services/previewer.ts';
import type { Services } from '../services/services.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { forecastMs } from '../sync/forecast.ts';
import { heldPlan } from '../sync/held-plan.ts';
import type { PlannedRun } from '../sync/preview.ts';
import { RunRefused } from '../sync/run-refused.ts';
import { createFieldWords } from './field-words.ts';
import { countEffects, noEffects, plannedOperations } from './planned.ts';

/** How far the preview that is being made has come. */
export interface PreviewProgress {
  readonly activity: string;
  readonly done: number;
  readonly total: number | null;
}

export interface Previews {
  /** Null while none is being made. */
  progress(): PreviewProgress | null;
  /** Answers null where it was ended. Who asks while one is being made waits for the same one. */
  make(): Promise<Preview | null>;
  end(): Promise<void>;
}

/** @param onProgress called after the progress has changed. */
export function createPreviews({ store, settings, scheduler, previewer }: Services, clock: Clock, onProgress: () => void): Previews {
  let progress: PreviewProgress | null = null;
  let making: Promise<Preview | null> | null = null;
  const tell = (next: PreviewProgress | null) => {
    progress = next;
    onProgress();
  };

  const make = async (): Promise<Preview | null> => {
    refuseWhileOtherwise(store, scheduler.status().kind === 'running');
    tell({ activity: 'Connecting', done: 0, total: null });
    try {
      return await previewer.preview(
        (copy, planned) => describePlannedRun(copy, settings.current(), planned, clock.now()),
        (activity, done, total) => tell({ activity, done, total }),
      );
    } catch (error) {
      if (error instanceof PreviewEnded) return null;
      if (error instanceof RunRefused) {
        throw new ApplicationError('settings-refused', { message: error.message, advice: error.advice }, [], { cause: error });
      }
      throw error;
    } finally {
      tell(null);
    }
  };
  const made = () => {
    making = null;
  };

  return {
    progress: () => progress,
    make: () => (making ??= make().finally(made)),
    end: () => previewer.end(),
  };
}

/** @throws ApplicationError `changed-meanwhile` where what comes next is known already. */
function refuseWhileOtherwise(store: SyncStore, running: boolean): void {
  if (running) {
    throw new ApplicationError('changed-meanwhile', { message: 'A run is under way.', advice: 'Look at the next one when it has ended.' });
  }
  const held = heldPlan(store);
  if (held !== null) {
    throw new ApplicationError('changed-meanwhile', {
      message: held.released ? `The plan of run ${held.run} was let go.` : `Run ${held.run} is held.`,
      advice: 'Its plan is what comes next: look at that one.',
    });
  }
  if (store.runs.unfinished() !== null) {
    throw new ApplicationError('changed-meanwhile', {
      message: 'The last run was broken off.',
      advice: 'The next one ends it before it looks at anything new.',
    });
  }
  // Who waits to be written is planned when that is done: a preview would show nothing of them.
  if (store.outbox.countPending() > 0) {
    throw new ApplicationError('changed-meanwhile', {
      message: 'The last run could not write everything.',
      advice: 'The next one ends that before it looks at anything new.',
    });
  }
}

/** People of each effect whose lines are shown; a plan may hold hundreds of thousands. */
const peopleShown = 30;

async function describePlannedRun(
  store: SyncStore,
  settings: Settings,
  { kind, verdict, readingMs, listNames }: PlannedRun,
  madeAt: number,
): Promise<Preview> {
  const words = createFieldWords(store, settings);
  const effects = noEffects();
  const shown = new Map<PlanEffect, PlannedLine[][]>(planEffects.map((effect) => [effect, []]));
  const joining = new Map<string, number>();
  let tagged = 0;
  let count = 0;
  for await (const planned of plannedOperations(store, words, (id) => listNames.get(id) ?? id)) {
    countEffects(effects, planned);
    const { operation, lines } = planned;
    if (operation.kind === 'writePerson') {
      if (operation.addTags.length > 0) tagged += 1;
      if (operation.joinList !== null) joining.set(operation.joinList, (joining.get(operation.joinList) ?? 0) + 1);
    }
    count += lines.length;
    const [first] = lines;
    const same = first === undefined ? undefined : shown.get(first.effect);
    if (same !== undefined && same.length < peopleShown) same.push([...lines]);
  }
  const lines = [...shown.values()].flat(2);
  const people = effects.createdInActiveCampaign + effects.updatedInActiveCampaign + effects.optedOut;
  return {
    kind,
    madeAt,
    wouldBeHeld: verdict?.message ?? null,
    effects,
    held: Object.values(store.problems.countByReason()).reduce((sum, one) => sum + one, 0),
    lists: [...joining].map(([id, joined]) => ({ name: listNames.get(id) ?? `List ${id}`, people: joined })),
    tagged,
    durationMs: forecastMs({ people, records: effects.createdInDynamics + effects.updatedInDynamics }, readingMs),
    lines,
    further: count - lines.length,
  };
}
