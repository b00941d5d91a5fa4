import type { Service, ServiceError } from '../../connections/errors.ts';
import type { LogPerson } from '../../log/log.ts';
import type { Link, ObservedPerson } from '../../store/observed.ts';
import { type PlanState, planState } from '../../store/plan-state.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { emailColumn } from '../mapping/field-map.ts';
import { type HoldReason, hold } from '../plan/hold.ts';
import { type FieldChange, type Operation, operationSchema, type Settles } from '../plan/operations.ts';
import type { ApplyContext } from './context.ts';

/** What every confirmation and every refusal does. Each function runs inside the caller's transaction. */

export interface Confirmed {
  readonly entry: number;
  readonly link: Link;
  readonly service: Service;
  readonly changes: readonly FieldChange[];
  readonly settles: Settles;
  /** The write made a person or a row that was not there. */
  readonly created: boolean;
  /** What the service said of it. */
  readonly answer: string;
}

/** The write is in the service: the journal says so, the snapshot follows, the outbox forgets it. */
export function confirm(context: ApplyContext, { entry, link, service, changes, settles, created, answer }: Confirmed): void {
  const { store } = context;
  journalWritten(context, link, service, changes, answer);
  store.links.settle(link.id, settles);
  store.outbox.remove(entry);
  activateWhenDone(context, link, !created);
}

/** Enters what the service holds now in the journal. */
export function journalWritten(context: ApplyContext, link: Link, service: Service, changes: readonly FieldChange[], answer: string): void {
  const { store, run, clock } = context;
  const email = emailOf(context, link);
  for (const change of changes) {
    store.journal.add({
      run,
      time: clock.now(),
      service,
      entity: link.entity,
      dynamicsId: link.dynamicsId,
      personId: link.personId,
      email,
      field: change.field,
      oldValue: JSON.stringify(change.old),
      newValue: JSON.stringify(change.new),
      rule: change.rule,
      answer,
    });
  }
}

/**
 * A planned link counts from the moment at which nothing that establishes it is left to write.
 * @param found both sides were there before: such a link is told as one, a creation is told by itself.
 */
export function activateWhenDone({ store, tally }: ApplyContext, link: Link, found: boolean): void {
  if (store.outbox.ofLink(link.id).length > 0) return;
  const now = store.links.byId(link.id);
  if (now === null || now.state !== 'planned') return;
  store.links.activate(link.id);
  store.halfMade.forget(now.personId, now.entity, now.dynamicsId);
  if (now.personId !== null) store.choices.remove(now.personId);
  if (found) tally.linked(link.origin === 'pulled' ? 'dynamics' : 'activeCampaign');
}

export interface Refusal {
  readonly reason: HoldReason;
  readonly message: string;
  readonly advice?: string;
  /** The service's own words and its id of the request, for the log. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export function refusalOf(error: ServiceError, reason: HoldReason = 'refused-by-service'): Refusal {
  const { message, advice, serviceMessage, serviceCode, requestId, service } = error.details;
  return { reason, message, advice, details: { service, serviceMessage, serviceCode, requestId } };
}

/**
 * The service refuses the write: the reason is kept, and it is tried again at the next run.
 * @param field mapping key where only one field is refused.
 */
export function refuse(context: ApplyContext, link: Link, refusal: Refusal, field: string | null = null): void {
  const { store, run, clock, log } = context;
  const standard = hold(field, refusal.reason, refusal.message);
  const advice = refusal.advice ?? standard.advice;
  const email = emailOf(context, link);
  store.problems.add(
    {
      subject: subjectOf(context, link),
      field: field ?? '',
      reason: refusal.reason,
      message: refusal.message,
      advice,
      email,
      run,
    },
    clock.now(),
  );
  tryAgain(context, link);
  log.write({
    level: 'warn',
    event: field === null ? 'person.held' : 'field.held',
    run,
    message: refusal.message,
    person: personOf(link, email),
    details: { reason: refusal.reason, advice, ...(field !== null && { field }), ...refusal.details },
  });
}

/** A pair is named by its row. A row that was never created is no name: the next try chooses another id for it. */
function subjectOf({ store }: ApplyContext, link: Link): string {
  const created = link.state !== 'planned' || store.records.byId(link.entity, link.dynamicsId) !== null;
  return created || link.personId === null ? `${link.entity}:${link.dynamicsId}` : `person:${link.personId}`;
}

/**
 * Takes back what is not written yet: it was planned on values that no longer hold, or its first part was refused. What is written of a link
 * that goes with it is remembered.
 * @param staying ids of entries that go on waiting, and their link with them.
 */
export function dropRest({ store }: ApplyContext, link: Link, staying: readonly number[] = []): void {
  const dropped = store.outbox.ofLink(link.id).filter(({ id }) => !staying.includes(id));
  const operations = dropped.map(({ payload }) => operationSchema.parse(JSON.parse(payload)));
  for (const { id } of dropped) store.outbox.remove(id);
  // Both sides have held this: it waits for no request.
  for (const operation of operations) if (operation.kind === 'settle') store.links.settle(link.id, operation.settles);
  const now = store.links.byId(link.id);
  if (now?.state !== 'planned' || staying.length > 0) return;
  keepHalfMade(store, now, operations);
  store.links.remove(link.id);
}

function keepHalfMade(
  { halfMade, people }: SyncStore,
  { personId, entity, dynamicsId, agreed }: Link,
  dropped: readonly Operation[],
): void {
  if (personId === null) return;
  const lists = people.byId(personId)?.lists ?? [];
  // Only who is created here is to join a list.
  const awaitsList = dropped.some((operation) => isYetToJoin(operation, lists));
  if (awaitsList || Object.keys(agreed).length > 0) halfMade.keep({ personId, entity, dynamicsId, agreed, awaitsList });
}

/** Whether the person of a write was to join a list, and neither is on it nor has been. */
export const isYetToJoin = (operation: Operation, lists: ObservedPerson['lists']): boolean =>
  operation.kind === 'writePerson' && operation.joinList !== null && !lists.some(({ listId }) => listId === operation.joinList);

/** The row goes on waiting for Global Sync where it does: that must not be forgotten when this is dismissed. */
function tryAgain({ store: { people, records } }: ApplyContext, { entity, dynamicsId, personId }: Link): void {
  const { changed, nextRun, waitsForGlobalSync, refused } = planState;
  const isPlannedAnyway = (state: PlanState | null) => state === changed || state === nextRun;
  if (personId !== null && !isPlannedAnyway(people.stateOf(personId))) people.setState(personId, refused);
  const state = records.stateOf(entity, dynamicsId);
  if (!isPlannedAnyway(state) && state !== waitsForGlobalSync) records.setState(entity, dynamicsId, refused);
}

/**
 * A confirmation showed more than was written: somebody else's edit. What is left of the plan for this link was made on the values before
 * that edit, so it is made anew.
 */
export function planRestAgain(context: ApplyContext, link: Link): void {
  if (context.store.outbox.ofLink(link.id).length === 0) return;
  dropRest(context, link);
  planAgain(context, link);
}

/** They are planned again in this run, on what was read since. */
export function planAgain({ store }: ApplyContext, link: Link): void {
  store.records.setState(link.entity, link.dynamicsId, planState.changed);
  if (link.personId !== null) store.people.setState(link.personId, planState.changed);
}

function emailOf({ store }: ApplyContext, link: Link): string | null {
  const known = link.personId === null ? null : store.people.emailOf(link.personId);
  if (known !== null) return known;
  const email = store.records.byId(link.entity, link.dynamicsId)?.columns[emailColumn];
  return typeof email === 'string' ? email : null;
}

const personOf = (link: Link, email: string | null): LogPerson => ({
  ...(email !== null && { email }),
  ...(link.personId !== null && { activeCampaignId: link.personId }),
  dynamics: { entity: link.entity, id: link.dynamicsId },
});

export function logWritten(
  context: ApplyContext,
  link: Link,
  service: Service,
  kind: 'created' | 'updated',
  changes: readonly FieldChange[],
): void {
  const where = service === 'dynamics' ? 'Dynamics' : 'ActiveCampaign';
  context.log.write({
    level: 'info',
    event: `person.${kind}`,
    run: context.run,
    message:
      kind === 'created'
        ? `Created in ${where} as a ${link.entity}`
        : `Updated in ${where}: ${changes.map((change) => change.field).join(', ')}${noteOn(changes)}`,
    person: personOf(link, emailOf(context, link)),
    details: { service, fields: changes.map((change) => change.field) },
  });
}

/** That the newer value was to win, where nothing tells which one that is. */
function noteOn(changes: readonly FieldChange[]): string {
  const unknown = changes.filter(({ rule }) => rule === 'conflict-newest-unknown-dynamics-wins').map(({ field }) => field);
  return unknown.length === 0 ? '' : `. Which ${unknown.join(', ')} is newer is not known: Dynamics wins`;
}

export function logOptOut(context: ApplyContext, link: Link, service: Service): void {
  context.log.write({
    level: 'info',
    event: 'person.optedOut',
    run: context.run,
    message:
      service === 'dynamics'
        ? 'Opted out of bulk e-mail in Dynamics, since the person unsubscribed in ActiveCampaign'
        : 'Unsubscribed from the lists in ActiveCampaign, since the record opted out in Dynamics',
    person: personOf(link, emailOf(context, link)),
    details: { service },
  });
}
