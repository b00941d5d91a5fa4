import { emailKey } from '../../../shared/email.ts';
import { membershipOf } from '../../../shared/tags.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { asInvited } from './invited.ts';
import { type Chosen, carriesPairOfMisprint, type EnteringPerson, type TakingPart } from './match.ts';
import { forerunnersOf, successorOf } from './succession.ts';

interface Known {
  readonly store: SyncStore;
  readonly rules: TakingPart;
}

/** Rows under one e-mail address that are looked at. */
const rowsLookedAt = 20;

/** Rows of both tables that stand for themselves, best first: contact before lead, open before closed, oldest. */
export function rowsUnder({ store }: Pick<Known, 'store'>, email: string): readonly ObservedRecord[] {
  const key = emailKey(email);
  return key === null ? [] : store.records.byEmail(key, rowsLookedAt);
}

/** The link of this row, and those of the rows that it stands for: they will come to it. */
export function linksOn({ store }: Pick<Known, 'store'>, record: ObservedRecord): readonly Link[] {
  return [record, ...forerunnersOf(store, record)].flatMap((row) => store.links.ofRecord(row.entity, row.id) ?? []);
}

/** The person as the plan sees them: who is invited by an automation is planned with the tags that the plan gives. */
export function personAsPlanned({ store }: Pick<Known, 'store'>, observed: ObservedPerson): ObservedPerson {
  const invited = membershipOf(observed.tags) === null ? store.people.invitedAs(observed.id) : null;
  return invited === null ? observed : asInvited(observed, invited);
}

/**
 * What is known of a person without a link that says whom the person is in Dynamics.
 * @param person as the plan sees them.
 */
export function enteringPerson(known: Known, person: ObservedPerson): EnteringPerson {
  const { store } = known;
  const candidates = rowsUnder(known, person.email).filter((row) => linksOn(known, row).length === 0);
  const ended = store.links.endedOfPerson(person.id);
  // Asked of few: the others are linked whatever their row was.
  const qualified = carriesPairOfMisprint(person)
    ? candidates.filter((row) => forerunnersOf(store, row).some(({ entity }) => entity !== row.entity))
    : [];
  return {
    person,
    candidates,
    qualified: new Set(qualified.map(({ id }) => id)),
    chosen: chosenOf(known, person, candidates),
    // To be invited is to be given the tags anew.
    ended: ended?.endedBecause === 'record-gone' && store.people.invitedAs(person.id) !== null ? null : ended,
    halfMade: store.halfMade.ofPerson(person.id),
  };
}

/** What was answered, as far as it still holds: the row that was chosen, or the one that it was merged or qualified into. */
function chosenOf({ store, rules }: Known, { id }: ObservedPerson, candidates: readonly ObservedRecord[]): Chosen | null {
  const choice = store.choices.ofPerson(id);
  if (choice === null) return null;
  const open = candidates.filter(({ entity }) => rules.entities[entity].enabled);
  if (choice.row === null) return open.every((row) => choice.among.includes(row.id)) ? { kind: 'nobody' } : { kind: 'outdated' };
  const row = store.records.byId(choice.row.entity, choice.row.id);
  const standing = row === null ? null : (successorOf(store, rules, row) ?? row);
  if (standing === null || standing.gone || standing.succeededBy !== null || !rules.entities[standing.entity].enabled)
    return { kind: 'outdated' };
  // Whatever its address is by now.
  return linksOn({ store }, standing).length === 0 ? { kind: 'row', record: standing } : { kind: 'outdated' };
}

/** Who syncs among rows under one address: one that is linked already, else the best-ranked one that may enter. */
export function firstOf(known: Known, rivals: readonly ObservedRecord[]): ObservedRecord | null {
  const { store, rules } = known;
  const linked = rivals.find((rival) => store.links.ofRecord(rival.entity, rival.id) !== null);
  const mayEnter = (rival: ObservedRecord) =>
    rival.meetsCriteria &&
    rules.entities[rival.entity].enabled &&
    rules.entities[rival.entity].direction !== 'toDynamics' &&
    !staysOut(known, rival);
  return linked ?? rivals.find(mayEnter) ?? null;
}

/** Whether somebody has left the row out, or has not said yet that it may come in. */
export const staysOut = ({ store }: Known, { entity, id }: ObservedRecord): boolean => store.newcomers.of(entity, id) !== null;
