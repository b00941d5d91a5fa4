import type { HeldPlanView } from '../../shared/held-plan.ts';
import type { PlannedLine } from '../../shared/planned.ts';
import type { Settings } from '../../shared/settings.ts';
import { ApplicationError } from '../application-port.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { type Guard, isVanished } from '../sync/guard/guards.ts';
import { dropHeldPlan, type HeldPlan, heldPlan, releaseHeldPlan } from '../sync/held-plan.ts';
import type { Operation } from '../sync/plan/operations.ts';
import { createFieldWords } from './field-words.ts';
import { countEffects, noEffects, plannedOperations } from './planned.ts';

/** Lines that are shown; a plan may hold hundreds of thousands. */
const linesShown = 200;

/** What the plan that a guard holds would do. */
export async function describeHeldPlan(store: SyncStore, settings: Settings): Promise<HeldPlanView | null> {
  const held = heldPlan(store);
  if (held === null) return null;
  const words = createFieldWords(store, settings);
  const effects = noEffects();
  const concerned: PlannedLine[] = [];
  const others: PlannedLine[] = [];
  let count = 0;
  for await (const planned of plannedOperations(store, words)) {
    countEffects(effects, planned);
    const { operation, link, lines } = planned;
    count += lines.length;
    for (const line of lines) {
      const fitting = link.state === 'active' && concerns(held.guard, operation, line) ? concerned : others;
      if (fitting.length < linesShown) fitting.push(line);
    }
  }
  const lines = [...concerned, ...others].slice(0, linesShown);
  const { run, heldAt, message, released } = held;
  return { run, heldAt, message, released, effects, lines, further: count - lines.length };
}

/** @throws ApplicationError `changed-meanwhile` */
export function releasePlanOf(store: SyncStore, run: number): void {
  planOf(store, run);
  releaseHeldPlan(store);
}

/** @param running a run is under way. @throws ApplicationError `changed-meanwhile` */
export function dropPlanOf(store: SyncStore, run: number, running: boolean): void {
  const held = planOf(store, run);
  if (held.released && running) {
    throw new ApplicationError('changed-meanwhile', {
      message: 'The plan was let go, and the run that carries it out has begun.',
      advice: 'The Live Log shows what it writes.',
    });
  }
  dropHeldPlan(store);
}

function planOf(store: SyncStore, run: number): HeldPlan {
  const held = heldPlan(store);
  if (held?.run === run) return held;
  throw new ApplicationError('changed-meanwhile', {
    message: `The plan of run ${run} is not held any more.`,
    advice: 'Look at what the screen shows now before you decide.',
  });
}

/** Whether the limit was exceeded by lines like this one. */
function concerns(guard: Guard, operation: Operation, line: PlannedLine): boolean {
  switch (guard) {
    case 'vanished':
      return operation.kind === 'endLink' && isVanished(operation.because);
    case 'optOuts':
      return operation.kind === 'optOutPerson' || (operation.kind === 'updateRecord' && operation.optOut);
    case 'blanked':
      return line.new === null && line.old !== null;
    case 'updates':
      return operation.kind === 'updateRecord' || operation.kind === 'writePerson';
  }
}
