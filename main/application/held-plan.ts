import type { HeldPlanView, PlanEffect, PlannedLine } from '../../shared/held-plan.ts';
import type { Settings } from '../../shared/settings.ts';
import { ApplicationError } from '../application-port.ts';
import type { Service } from '../connections/errors.ts';
import type { Link } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { Guard } from '../sync/guard/guards.ts';
import { dropHeldPlan, type HeldPlan, heldPlan, releaseHeldPlan } from '../sync/held-plan.ts';
import { emailColumn } from '../sync/mapping/field-map.ts';
import { type FieldChange, type Operation, operationSchema } from '../sync/plan/operations.ts';
import { createFieldWords, type FieldWords } from './field-words.ts';

/** Lines that are shown; a plan may hold hundreds of thousands. */
const linesShown = 200;
const page = 500;

/** What the plan that a guard holds would do. Read page by page, letting others work in between. */
export async function describeHeldPlan(store: SyncStore, settings: Settings): Promise<HeldPlanView | null> {
  const held = heldPlan(store);
  if (held === null) return null;
  const words = createFieldWords(store, settings, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const effects = noEffects();
  const concerned: PlannedLine[] = [];
  const others: PlannedLine[] = [];
  let count = 0;
  for (let after = 0; ; ) {
    const entries = store.outbox.planned(after, page);
    const last = entries.at(-1);
    if (last === undefined) break;
    for (const { link: id, payload } of entries) {
      const link = store.links.byId(id);
      if (link === null) continue;
      const operation = operationSchema.parse(JSON.parse(payload));
      countEffects(effects, operation, link);
      const lines = linesOf(store, words, operation, link);
      count += lines.length;
      for (const line of lines) {
        const fitting = link.state === 'active' && concerns(held.guard, operation, line) ? concerned : others;
        if (fitting.length < linesShown) fitting.push(line);
      }
    }
    after = last.id;
    await new Promise<void>((resolve) => setImmediate(resolve));
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

const noEffects = (): Record<PlanEffect, number> => ({
  createdInActiveCampaign: 0,
  createdInDynamics: 0,
  updatedInActiveCampaign: 0,
  updatedInDynamics: 0,
  optedOut: 0,
  emptied: 0,
  unlinked: 0,
});

const empties = ({ old, new: value }: FieldChange): boolean => value === null && old !== null;

function countEffects(effects: Record<PlanEffect, number>, operation: Operation, link: Link): void {
  switch (operation.kind) {
    case 'createRecord':
      effects.createdInDynamics += 1;
      return;
    case 'updateRecord':
      effects[operation.optOut ? 'optedOut' : 'updatedInDynamics'] += 1;
      effects.emptied += operation.changes.filter(empties).length;
      return;
    case 'writePerson':
      effects[link.personId === null ? 'createdInActiveCampaign' : 'updatedInActiveCampaign'] += 1;
      effects.emptied += operation.changes.filter(empties).length;
      return;
    case 'optOutPerson':
      effects.optedOut += 1;
      return;
    case 'endLink':
      effects.unlinked += 1;
      return;
    case 'moveLink':
    case 'forgetLink':
    case 'settle':
      return;
  }
}

function linesOf(store: SyncStore, words: FieldWords, operation: Operation, link: Link): PlannedLine[] {
  const { entity } = link;
  const email = emailOf(store, operation, link);
  const change = (service: Service, { field, old, new: value, rule }: FieldChange): PlannedLine => ({
    email,
    entity,
    service,
    field: words.label(service, entity, field),
    old: words.text(service, entity, field, old),
    new: words.text(service, entity, field, value),
    because: rule,
  });
  switch (operation.kind) {
    case 'createRecord':
    case 'updateRecord':
      return operation.changes.map((one) => change('dynamics', one));
    case 'writePerson':
      return operation.changes.map((one) => change('activeCampaign', one));
    case 'optOutPerson': {
      const lists = operation.lists.length === 1 ? 'one list' : `${operation.lists.length} lists`;
      const from = { email, entity, service: 'activeCampaign', field: 'Subscription' } as const;
      return [{ ...from, old: `On ${lists}`, new: 'Unsubscribed', because: 'opted-out-in-dynamics' }];
    }
    case 'endLink':
      return [{ email, entity, service: null, field: 'Sync', old: 'In sync', new: 'Not in sync', because: operation.because }];
    case 'moveLink':
    case 'forgetLink':
    case 'settle':
      return [];
  }
}

/** Whether the limit was exceeded by lines like this one. */
function concerns(guard: Guard, operation: Operation, line: PlannedLine): boolean {
  switch (guard) {
    case 'vanished':
      return operation.kind === 'endLink' && (operation.because === 'record-gone' || operation.because === 'person-gone');
    case 'optOuts':
      return operation.kind === 'optOutPerson' || (operation.kind === 'updateRecord' && operation.optOut);
    case 'blanked':
      return line.new === null && line.old !== null;
    case 'updates':
      return operation.kind === 'updateRecord' || operation.kind === 'writePerson';
  }
}

function emailOf(store: SyncStore, operation: Operation, link: Link): string | null {
  if ('email' in operation) return operation.email;
  const known = link.personId === null ? null : store.people.emailOf(link.personId);
  if (known !== null) return known;
  const email = store.records.byId(link.entity, link.dynamicsId)?.columns[emailColumn];
  return typeof email === 'string' ? email : null;
}
