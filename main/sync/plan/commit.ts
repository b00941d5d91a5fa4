import { emailKey } from '../../../shared/email.ts';
import type { LinkEnd } from '../../../shared/link-end.ts';
import type { Log } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { Link } from '../../store/observed.ts';
import type { OutboxEntry } from '../../store/outbox.ts';
import { planState } from '../../store/plan-state.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { isVanished, type PlanConsequences } from '../guard/guards.ts';
import { emailColumn } from '../mapping/field-map.ts';
import { type Cursors, cursorsSchema, noCursors } from '../read/cursors.ts';
import { type Operation, operationSchema, priorities } from './operations.ts';
import { successorsOf } from './succession.ts';

export const cursorsKey = 'cursors';
const page = 1000;

/** Up to where was read what is planned and done. */
export const committedCursors = (store: SyncStore): Cursors => readMeta(store.database, cursorsKey, cursorsSchema) ?? noCursors;

/** What the uncommitted plan would do to people who are linked already. Read page by page; memory does not grow with the plan. */
export function consequencesOf(store: SyncStore): PlanConsequences {
  let updates = 0;
  let blanked = 0;
  let optOuts = 0;
  let vanished = 0;
  let lastUpdated = -1;
  for (const { link, operation } of plannedOperations(store)) {
    switch (operation.kind) {
      case 'endLink':
        if (isVanished(operation.because)) vanished += 1;
        break;
      case 'optOutPerson':
        optOuts += 1;
        break;
      case 'updateRecord':
      case 'writePerson':
        if (operation.kind === 'updateRecord' && operation.optOut) optOuts += 1;
        else if (operation.changes.length > 0 && lastUpdated !== link) {
          updates += 1;
          lastUpdated = link;
        }
        blanked += operation.changes.filter((change) => change.new === null && change.old !== null).length;
        break;
      case 'createRecord':
      case 'moveLink':
      case 'forgetLink':
      case 'settle':
        break;
    }
  }
  return { linked: store.links.countActive(), updates, blanked, optOuts, vanished };
}

function* plannedOperations(store: SyncStore): Generator<{ readonly link: number; readonly operation: Operation }> {
  for (let after = 0; ; ) {
    const entries = store.outbox.plannedForActive(after, page);
    const last = entries.at(-1);
    if (last === undefined) return;
    for (const { link, payload } of entries) yield { link, operation: operationSchema.parse(JSON.parse(payload)) };
    after = last.id;
  }
}

/** Forgets the plan that was being made; who was in it is planned anew. */
export function dropPlan(store: SyncStore): void {
  transaction(store.database, () => {
    store.outbox.dropPlan();
    store.links.removeAbandoned();
    store.people.moveState(planState.inPlan, planState.changed);
    store.records.moveState(planState.inPlan, planState.changed);
  });
}

/**
 * Makes the plan binding: its operations, the links that end or move with it, and the cursors up to which was read, in one transaction.
 * Before it nothing has happened; after it everything will, whatever becomes of this process.
 * @param cursors null where the plan was not made from a new reading.
 */
export function commitPlan(store: SyncStore, run: number, cursors: Cursors | null, clock: Clock, log: Log): void {
  transaction(store.database, () => {
    store.outbox.commit();
    for (;;) {
      const entries = store.outbox.pending(['endLink', 'moveLink', 'forgetLink'], priorities.link, 0, page);
      if (entries.length === 0) break;
      for (const entry of entries) changeLink(store, entry, run, clock, log);
    }
    store.people.moveState(planState.inPlan, planState.settled);
    store.records.moveState(planState.inPlan, planState.settled);
    if (cursors !== null) writeMeta(store.database, cursorsKey, cursors);
    store.runs.setPhase(run, 'applying');
  });
}

function changeLink(store: SyncStore, entry: OutboxEntry, run: number, clock: Clock, log: Log): void {
  const operation = operationSchema.parse(JSON.parse(entry.payload));
  const link = store.links.byId(entry.link);
  store.outbox.remove(entry.id);
  if (link === null) return;
  const person = link.personId === null ? null : store.people.byId(link.personId);
  const about = {
    ...(person !== null && { email: person.email, activeCampaignId: person.id }),
    dynamics: { entity: link.entity, id: link.dynamicsId },
  };
  switch (operation.kind) {
    case 'moveLink':
      store.links.move(link.id, operation.entity, operation.id, operation.agreed);
      store.halfMade.forget(link.personId, operation.entity, operation.id);
      log.write({
        level: 'info',
        event: 'person.moved',
        run,
        message: `The link goes from the ${link.entity} ${link.dynamicsId} to the ${operation.entity} ${operation.id}, which stands for it now`,
        person: about,
      });
      return;
    case 'endLink':
      store.links.end(link.id, operation.because, clock.now());
      freeEmails(store, link);
      planSuccessors(store, link);
      log.write({
        level: 'info',
        event: 'person.unlinked',
        run,
        message: `No longer synced: ${endMessages[operation.because]}`,
        person: about,
        details: { reason: operation.because },
      });
      return;
    case 'forgetLink':
      store.links.remove(link.id);
      return;
    default:
      throw new Error(`The outbox holds a ${operation.kind} among the changes of links`);
  }
}

/** A link that ends frees its e-mail address: another row, or the person under other tags, may ask for something now. */
function freeEmails(store: SyncStore, link: Link): void {
  const person = link.personId === null ? null : store.people.byId(link.personId);
  const recordEmail = store.records.byId(link.entity, link.dynamicsId)?.columns[emailColumn];
  for (const email of [person?.email, recordEmail]) {
    const key = typeof email === 'string' ? emailKey(email) : null;
    if (key !== null) store.records.replanEmail(key);
  }
  if (person !== null) store.people.setState(person.id, planState.changed);
}

/** The row that stands for this one was nobody new while the link was to come to it; it is now. */
function planSuccessors({ records }: SyncStore, link: Link): void {
  const record = records.byId(link.entity, link.dynamicsId);
  for (const { entity, id } of record === null ? [] : successorsOf(records, record)) records.setState(entity, id, planState.changed);
}

const endMessages: Readonly<Record<LinkEnd, string>> = {
  'tags-removed': 'the pair of D365 tags was taken away in ActiveCampaign; both sides stay as they are',
  'record-gone': 'the record was deleted in Dynamics; the person stays in ActiveCampaign',
  'person-gone': 'the person was deleted in ActiveCampaign; the record stays in Dynamics and is not pushed again',
  'entity-changed': 'the tags in ActiveCampaign name the other table now',
  superseded: 'the record was merged or qualified into one that another person is linked with',
};
