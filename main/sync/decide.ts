import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import type { ActiveCampaignId } from '../../shared/ids.ts';
import type { MatchChoice } from '../store/choices.ts';
import type { ConflictAnswer, Link, ObservedRecord } from '../store/observed.ts';
import { type PlanState, planState } from '../store/plan-state.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { transaction } from '../store/transaction.ts';
import { emailColumn } from './mapping/field-map.ts';

/** Answers of a person to what is held. Each counts from the next run on; nothing is written before. */

/**
 * Decides a conflict. Where the side that loses is changed again before the next run, the person is asked again.
 * @param field mapping key.
 */
export function decideConflict(store: SyncStore, link: Link, field: string, answer: ConflictAnswer): void {
  transaction(store.database, () => {
    store.links.decide(link.id, field, answer);
    store.problems.remove(`${link.entity}:${link.dynamicsId}`, field);
    planNextRun(store, { personId: link.personId, record: link });
  });
}

/** An answer, and the rows that there were to choose from. */
interface MatchDecision {
  readonly person: ActiveCampaignId;
  readonly choice: MatchChoice;
  readonly candidates: readonly Pick<ObservedRecord, 'entity' | 'id'>[];
}

/**
 * Says whom people without a link are in Dynamics. An answer waits until a run has linked its person, and is asked for again where it cannot
 * be followed any more.
 */
export function chooseMatches(store: SyncStore, decisions: readonly MatchDecision[], now: number): void {
  const { choices, problems } = store;
  transaction(store.database, () => {
    for (const { person, choice, candidates } of decisions) {
      choices.choose(person, choice, now);
      problems.setDismissed(`person:${person}`, false);
      planNextRun(store, { personId: person, record: null });
      for (const { entity, id } of candidates) planNextRun(store, { personId: null, record: { entity, dynamicsId: id } });
    }
  });
}

/** A plan that is being made, or is held, was made without the answer; and what it does may not have to wait for Global Sync. */
function planNextRun(store: SyncStore, subject: Omit<Subject, 'name'>): void {
  const { settled, inPlan, waitsForGlobalSync, refused } = planState;
  move(store, subject, [settled, inPlan, waitsForGlobalSync, refused], planState.nextRun);
}

/** Whom an answer is about: a pair, or the one side that there is. */
export type Subject = Pick<Link, 'personId'> & { readonly name: string; readonly record: Pick<Link, 'entity' | 'dynamicsId'> | null };

/** Plans somebody again at the next run, whether they have changed or not. A row that was left out comes in. */
export function tryAgain(store: SyncStore, { name, personId, record }: Subject): void {
  transaction(store.database, () => {
    if (record !== null) store.newcomers.bringInOne(record.entity, record.dynamicsId);
    store.problems.setDismissed(name, false);
    planNextRun(store, { personId, record });
  });
}

/** Tries no more, and tells no more, until somebody changes either side or the settings. Another answer that waits for the next run is kept. */
export function dismiss(store: SyncStore, { name, personId, record }: Subject): void {
  transaction(store.database, () => {
    store.problems.setDismissed(name, true);
    move(store, { personId: personId ?? refusedToJoin(store, record), record }, [planState.refused], planState.settled);
  });
}

/** The person whom the row was to be linked with: the refusal has taken the link back, and both are tried again. */
function refusedToJoin({ people, records, links }: SyncStore, record: Subject['record']): ActiveCampaignId | null {
  const row = record === null ? null : records.byId(record.entity, record.dynamicsId);
  const email = emailKey(String(row?.columns[emailColumn] ?? ''));
  const person = email === null ? null : people.byEmail(email);
  return person === null || links.ofPerson(person.id) !== null ? null : person.id;
}

/** Whether the next run plans them again though nobody has changed them. */
export function isTriedAgain({ people, records }: SyncStore, { personId, record }: Omit<Subject, 'name'>): boolean {
  const states = [
    personId === null ? null : people.stateOf(personId),
    record === null ? null : records.stateOf(record.entity, record.dynamicsId),
  ];
  return states.some((state) => state === planState.nextRun || state === planState.refused);
}

function move(
  { people, records }: SyncStore,
  { personId, record }: Omit<Subject, 'name'>,
  from: readonly PlanState[],
  to: PlanState,
): void {
  const isMoved = (state: PlanState | null) => state !== null && from.includes(state);
  if (personId !== null && isMoved(people.stateOf(personId))) people.setState(personId, to);
  if (record !== null && isMoved(records.stateOf(record.entity, record.dynamicsId))) records.setState(record.entity, record.dynamicsId, to);
}

/** Lets rows in that wait since the settings were changed, from the next run on; or leaves them out as long as they meet the criteria. */
export function answerNewcomers(store: SyncStore, entity: Entity, bring: boolean, now: number): void {
  transaction(store.database, () => {
    if (bring) store.newcomers.bringIn(entity, planState.nextRun);
    else store.newcomers.leaveOut(entity, now);
  });
}
