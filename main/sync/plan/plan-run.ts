import { emailKey } from '../../../shared/email.ts';
import type { Log, LogPerson } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import { type PlanState, planState } from '../../store/plan-state.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { emailColumn } from '../mapping/field-map.ts';
import { type Decision, nothing } from './decision.ts';
import { enteringPerson, firstOf, linksOn, personAsPlanned, rowsUnder, staysOut } from './entering-person.ts';
import type { Hold } from './hold.ts';
import { givingPair } from './invited.ts';
import { mayBeAskedAbout, type Question, questionAbout } from './match.ts';
import { type Operation, priorityOf } from './operations.ts';
import { planEnteringPerson, planEnteringRecord } from './plan-entry.ts';
import { planLinked } from './plan-linked.ts';
import type { PlanRules } from './rules.ts';
import { forerunnersOf, successorOf } from './succession.ts';

export interface PlanContext {
  readonly store: SyncStore;
  readonly rules: PlanRules;
  readonly run: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after each page; lets other work of the process go on and throws when the run is to stop. */
  readonly breathe: (planned: number) => Promise<void>;
}

/** Subjects planned in one transaction: few enough that the process stays responsive, many enough that the commit costs little. */
const pageSize = 500;

/**
 * Plans everybody in these states. What comes out lies uncommitted in the outbox; memory does not grow with their number.
 * People come before records: who waits to be pulled takes part in the decision about the rows under the same address.
 */
export async function planSubjects(context: PlanContext, states: readonly PlanState[]): Promise<void> {
  const { people, records, database } = context.store;
  let planned = 0;
  const planPages = async <Subject>(pageAfter: (last: Subject | undefined) => readonly Subject[], plan: (subject: Subject) => void) => {
    for (let last: Subject | undefined; ; ) {
      const page = pageAfter(last);
      transaction(database, () => {
        for (const subject of page) plan(subject);
      });
      planned += page.length;
      await context.breathe(planned);
      last = page.at(-1);
      if (last === undefined) return;
    }
  };
  for (const state of states) {
    await planPages<ObservedPerson>(
      (last) => people.inState(state, Number(last?.id ?? 0), pageSize),
      (person) => planPerson(context, person),
    );
  }
  for (const state of states) {
    await planPages<ObservedRecord>(
      (last) => records.inState(state, last ?? null, pageSize),
      (record) => planRecord(context, record),
    );
  }
}

export const countSubjects = ({ people, records }: SyncStore, states: readonly PlanState[]): number =>
  states.reduce<number>((count, state) => count + people.countInState(state) + records.countInState(state), 0);

function planPerson(context: PlanContext, observed: ObservedPerson): void {
  const { links, records } = context.store;
  const person = personAsPlanned(context, observed);
  const link = links.ofPerson(person.id);
  if (link !== null) {
    planLink(context, link, person, records.byId(link.entity, link.dynamicsId));
    return;
  }
  // A row whose link ends is free once this plan is committed; to look past it would make a second one. The person stays to be planned.
  if (rowsUnder(context, person.email).some((row) => linksOn(context, row).some((other) => endsNow(context, other)))) return;
  const entering = enteringPerson(context, person);
  const decision = planEnteringPerson(entering, context.rules);
  const match = decision.link.kind === 'start' ? decision.link : null;
  carryOut(context, decision, {
    link: entering.ended,
    person,
    record: match === null ? null : records.byId(match.entity, match.dynamicsId),
  });
}

function planRecord(context: PlanContext, seen: ObservedRecord): void {
  const { halfMade, links, people, records } = context.store;
  // A subject planned earlier on this page may have taken the row.
  const link = links.ofRecord(seen.entity, seen.id);
  if (link !== null) {
    planLink(context, link, link.personId === null ? null : people.byId(link.personId), seen);
    return;
  }
  const predecessor = forerunnersOf(context.store, seen).find((row) => links.ofRecord(row.entity, row.id) !== null);
  if (predecessor !== undefined) {
    // It is nobody new: it is given the link when the row that it stands for is planned.
    records.setState(predecessor.entity, predecessor.id, planState.changed);
    carryOut(context, nothing, { link: null, person: null, record: seen });
    return;
  }
  const email = String(seen.columns[emailColumn] ?? '');
  const key = emailKey(email);
  const known = key === null ? null : people.byEmail(key);
  const person = known === null ? null : personAsPlanned(context, known);
  if (person !== null && waitsForRows(context, person)) {
    // The person may have waited for this row, or for it to be the only one.
    planPerson(context, person);
    if (links.ofRecord(seen.entity, seen.id) !== null) return;
  }
  const decision = planEnteringRecord(
    {
      record: seen,
      first: firstOf(context, rowsUnder(context, email)),
      personByEmail: person,
      asked: person !== null && waitsForRows(context, person) ? askedFirst(context, person, seen) : null,
      linkOfPerson: person === null ? null : links.ofPerson(person.id),
      ended: links.endedOfRecord(seen.entity, seen.id) ?? endedOfForerunner(context, seen, key),
      halfMade: person === null ? null : halfMade.ofPerson(person.id),
      staysOut: staysOut(context, seen),
    },
    context.rules,
  );
  // A person who is not joined by this decision is not planned by it either.
  carryOut(context, decision, { link: null, person: decision.link.kind === 'start' ? person : null, record: seen });
}

/** The ended link of a row under this very address that this one stands for now: whose sync was ended is not begun anew by a merge. */
function endedOfForerunner({ store }: PlanContext, record: ObservedRecord, key: string | null): Link | null {
  for (const row of forerunnersOf(store, record)) {
    const ended = store.links.endedOfRecord(row.entity, row.id);
    if (ended !== null && emailKey(String(row.columns[emailColumn] ?? '')) === key) return ended;
  }
  return null;
}

const waitsForRows = ({ store, rules }: PlanContext, person: ObservedPerson): boolean =>
  store.links.ofPerson(person.id) === null && mayBeAskedAbout(person, rules);

/** What has to be asked about a person before this row could be theirs. A row that was not chosen is not. */
function askedFirst(context: PlanContext, person: ObservedPerson, { id }: ObservedRecord): Question | null {
  const entering = enteringPerson(context, person);
  const { chosen } = entering;
  if (chosen === null || chosen.kind === 'outdated') return questionAbout(entering, context.rules);
  return chosen.kind === 'row' && chosen.record.id === id ? null : 'several-matches';
}

function planLink(context: PlanContext, link: Link, observed: ObservedPerson | null, record: ObservedRecord | null): void {
  const { outbox } = context.store;
  const person = observed === null ? null : personAsPlanned(context, observed);
  // What is being written for them is not confirmed yet: they are planned when it is.
  if (outbox.ofLink(link.id).length > 0) return;
  const successor = record === null ? null : successorOf(context.store, context.rules, record);
  const formerEntity =
    record === null ? null : (forerunnersOf(context.store, record).find((row) => row.entity !== record.entity)?.entity ?? null);
  const successorTaken = isTaken(context, successor, link);
  const decision = planLinked({ link, person, record, successor, successorTaken, formerEntity }, context.rules);
  const moves = decision.operations.some((operation) => operation.kind === 'moveLink');
  // What was held of the row that is left behind is held of the other one now, or nowhere.
  if (moves) carryOut(context, nothing, { link: null, person: null, record });
  carryOut(context, decision, { link, person, record: moves ? successor : record });
}

/** Whether the row that a link would go to belongs to somebody else, or is about to by this plan. */
function isTaken(context: PlanContext, successor: ObservedRecord | null, own: Link): boolean {
  if (successor === null) return false;
  const { outbox } = context.store;
  return linksOn(context, successor).some(
    (link) => link.id !== own.id && (link.dynamicsId === successor.id || outbox.ofLink(link.id).some((entry) => entry.kind === 'moveLink')),
  );
}

/** Whether this link ends with the plan that is being made. */
function endsNow(context: PlanContext, link: Link): boolean {
  const { outbox, people, records } = context.store;
  planLink(context, link, link.personId === null ? null : people.byId(link.personId), records.byId(link.entity, link.dynamicsId));
  return outbox.ofLink(link.id).some((entry) => entry.kind === 'endLink');
}

interface Planned {
  readonly link: Link | null;
  readonly person: ObservedPerson | null;
  readonly record: ObservedRecord | null;
}

/** Writes a decision to disk: the link, the operations, the holds, and that the subject is planned. */
function carryOut(context: PlanContext, made: Decision, subject: Planned): void {
  const { store, run, clock } = context;
  const { outbox, people, records } = store;
  const decision = invitedDecision(store, made, subject.person);
  const linkId = linkFor(context, decision, subject);
  if (linkId !== null) {
    // A link that needs no write still starts in the outbox, so that it counts only once the plan is committed.
    const operations: readonly Operation[] = decision.operations.length > 0 ? decision.operations : [{ kind: 'settle', settles: {} }];
    for (const operation of decision.link.kind === 'start' ? operations : decision.operations) {
      outbox.plan({ run, link: linkId, priority: priorityOf(operation), kind: operation.kind, payload: JSON.stringify(operation) });
    }
  }
  const state = decision.deferred ? planState.waitsForGlobalSync : planState.inPlan;
  if (subject.person !== null) people.setState(subject.person.id, state);
  if (subject.record !== null) records.setState(subject.record.entity, subject.record.id, state);
  reportHolds(context, decision.holds, subject, clock.now());
}

function invitedDecision({ people }: SyncStore, decision: Decision, person: ObservedPerson | null): Decision {
  const invited = person === null ? null : people.invitedAs(person.id);
  const observed = person === null || invited === null ? null : people.byId(person.id);
  return invited === null || observed === null ? decision : givingPair(decision, invited, observed.tags, observed.email);
}

function linkFor({ store, clock }: PlanContext, { link: decision }: Decision, subject: Planned): number | null {
  switch (decision.kind) {
    case 'none':
      return null;
    case 'keep':
      return subject.link?.id ?? null;
    case 'start':
      return store.links.start(decision, clock.now());
  }
}

function describe({ person, record, link }: Planned): LogPerson {
  const email = person?.email ?? (typeof record?.columns[emailColumn] === 'string' ? record.columns[emailColumn] : undefined);
  const dynamics = record ?? (link === null ? null : { entity: link.entity, id: link.dynamicsId });
  return {
    ...(email !== undefined && email !== '' && { email }),
    ...(person !== null && { activeCampaignId: person.id }),
    ...(dynamics !== null && { dynamics: { entity: dynamics.entity, id: dynamics.id } }),
  };
}

function reportHolds(context: PlanContext, holds: readonly Hold[], subject: Planned, now: number): void {
  const { problems } = context.store;
  const ofRecord = subject.record === null ? null : `${subject.record.entity}:${subject.record.id}`;
  const ofPerson = subject.person === null ? null : `person:${subject.person.id}`;
  // A pair is one subject, named by its row; what the person was held for alone is over then.
  const key = ofRecord ?? ofPerson;
  if (key === null) return;
  if (ofRecord !== null && ofPerson !== null && (subject.link !== null || holds.length === 0)) problems.replace(ofPerson, [], now);
  const email = describe(subject).email ?? null;
  const fresh = problems.replace(
    key,
    holds.map(({ field, reason, message, advice }) => ({
      subject: key,
      field: field ?? '',
      reason,
      message,
      advice,
      email,
      run: context.run,
    })),
    now,
  );
  for (const { field, reason, message, advice } of fresh) {
    context.log.write({
      level: 'warn',
      event: field === '' ? 'person.held' : 'field.held',
      run: context.run,
      message,
      person: describe(subject),
      details: { reason, advice, ...(field !== '' && { field }) },
    });
  }
}
