import type { Agreed } from '../../../shared/canonical-value.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { LinkEnd } from '../../../shared/link-end.ts';
import { carriesPair, membershipOf, type TagKey } from '../../../shared/tags.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import { listsToLeave, optedOutInActiveCampaign, optedOutInDynamics, optOutColumn } from '../consent.ts';
import type { MappedField } from '../mapping/field-map.ts';
import { agreedUnder, type HeldRaw } from './agreed-under.ts';
import { type Decision, nothing } from './decision.ts';
import type { FieldChange, Operation } from './operations.ts';
import { heldOf, type Memory, mergePair } from './pair.ts';
import type { PlanRules } from './rules.ts';

export interface LinkedSubject {
  readonly link: Link;
  readonly person: ObservedPerson | null;
  readonly record: ObservedRecord | null;
  /** The row that stands for `record` now (`record.succeededBy`), where it is known. */
  readonly successor: ObservedRecord | null;
  /** The successor belongs to another person already. */
  readonly successorTaken: boolean;
  /** The table of a row that this one stands for: while the tags of its person have not followed, they still name that one. */
  readonly formerEntity: Entity | null;
}

/** What a linked pair needs. Pure. */
export function planLinked(subject: LinkedSubject, rules: PlanRules): Decision {
  const { link, person, record, successor } = subject;
  if (person === null || person.gone) return end('person-gone');
  if (record === null) return end('record-gone');
  const own = carriesPair(person.tags, link.entity);
  const former = !own && subject.formerEntity !== null && carriesPair(person.tags, subject.formerEntity) ? subject.formerEntity : null;
  if (!own && former === null) return end(membershipOf(person.tags) === null ? 'tags-removed' : 'entity-changed');
  if (successor !== null && !successor.gone && rules.entities[successor.entity].enabled) {
    return subject.successorTaken ? end('superseded') : moveTo(successor, subject, person, rules);
  }
  // A row that was merged or qualified before it was deleted has handed over: it is not missed.
  if (record.gone) return end('record-gone');
  if (!rules.entities[link.entity].enabled) return nothing;
  return { ...updatePair(person, record, link, rules, former === null ? [] : [former]), link: { kind: 'keep' } };
}

const end = (because: LinkEnd): Decision => ({ ...nothing, link: { kind: 'keep' }, operations: [{ kind: 'endLink', because }] });

/**
 * A qualified lead hands its link to its contact, and the tags follow, once Global Sync allows it; a merged row hands it to the winner of
 * the merge.
 */
function moveTo(successor: ObservedRecord, { link, record }: LinkedSubject, person: ObservedPerson, rules: PlanRules): Decision {
  const tags: TagKey[] = successor.entity === link.entity ? [] : [link.entity];
  const formerFields = rules.entities[link.entity].map.fields;
  // A column that the successor left empty was not carried over: that is no change by anybody, so its value is filled again.
  const agreed = Object.fromEntries(
    rules.entities[successor.entity].map.fields.flatMap((field) => {
      const former = formerFields.find(({ key }) => key === field.key);
      const value =
        former === undefined ? link.agreed[field.key] : carriedOver(link.agreed[field.key], former, field, heldOf(former, person, record));
      return value === undefined || (successor.columns[field.column] ?? null) === null ? [] : [[field.key, value]];
    }),
  );
  const update = updatePair(person, successor, { agreed, decided: link.decided }, rules, tags);
  const move: Operation = { kind: 'moveLink', entity: successor.entity, id: successor.id, agreed };
  return { ...update, operations: [move, ...update.operations], link: { kind: 'keep' } };
}

/** The options of the other table may be paired otherwise. */
function carriedOver(agreed: Agreed | undefined, former: MappedField, field: MappedField, held: HeldRaw): Agreed | undefined {
  if (agreed === undefined || former.options === null || field.options === null) return agreed;
  return agreedUnder(agreed, former.converter, field.converter, held);
}

/**
 * The operations that bring one person and one row to the same values, consent first.
 * @param removeTags membership tags that no longer hold; the row's own pair is added where it is missing.
 * @param joinList that the person is to join.
 */
export function updatePair(
  person: ObservedPerson,
  record: ObservedRecord,
  memory: Memory,
  rules: PlanRules,
  removeTags: readonly TagKey[],
  joinList: string | null = null,
): Omit<Decision, 'link'> {
  const merge = mergePair(person, record, rules.entities[record.entity], memory, rules.globalSync);
  const consent = planConsent(person, record, rules);
  const operations: Operation[] = [...consent.operations];
  const { toDynamics, toActiveCampaign } = merge;

  if (toDynamics.changes.length > 0) {
    operations.push({ kind: 'updateRecord', entity: record.entity, id: record.id, ...toDynamics, optOut: false });
  }
  const addTags = missingTags(person, record);
  const surplus = removeTags.filter((tag) => person.tags[tag]);
  const membershipsChange = addTags.length > 0 || surplus.length > 0 || joinList !== null;
  // While Global Sync is off, the merge has nothing for ActiveCampaign, and the tags wait as the values do.
  if (rules.globalSync && (toActiveCampaign.changes.length > 0 || membershipsChange)) {
    operations.push({
      kind: 'writePerson',
      email: person.email,
      ...toActiveCampaign,
      addTags,
      removeTags: surplus,
      joinList,
    });
  }
  if (Object.keys(merge.settled).length > 0) operations.push({ kind: 'settle', settles: merge.settled });
  return { operations, holds: merge.holds, deferred: merge.deferred || consent.deferred || (!rules.globalSync && membershipsChange) };
}

/** The tags of the row's pair that the person lacks. Who carries neither origin came from Dynamics. */
function missingTags(person: ObservedPerson, record: ObservedRecord): TagKey[] {
  const missing: TagKey[] = [];
  if (!person.tags.pulled && !person.tags.pushed) missing.push('pushed');
  if (!person.tags[record.entity]) missing.push(record.entity);
  return missing;
}

function planConsent(person: ObservedPerson, record: ObservedRecord, rules: PlanRules): { operations: Operation[]; deferred: boolean } {
  if (!rules.syncOptOut) return { operations: [], deferred: false };
  const outInDynamics = optedOutInDynamics(record.columns);
  const outInActiveCampaign = optedOutInActiveCampaign(person.lists);
  if (!outInDynamics && !outInActiveCampaign) return { operations: [], deferred: false };
  const operations = outInDynamics ? [] : [optOutRecord(record)];
  // Who left one list through a campaign may still be on others: the opt-out in Dynamics that follows from it takes them off these.
  const leaving = leaveLists(person, rules);
  return { operations: [...operations, ...leaving.operations], deferred: leaving.deferred };
}

/** Takes somebody who has opted out off every list that they are still on. */
export function leaveLists(person: ObservedPerson, rules: PlanRules): { readonly operations: Operation[]; readonly deferred: boolean } {
  const lists = listsToLeave(person.lists);
  if (lists.length === 0) return { operations: [], deferred: false };
  if (!rules.globalSync) return { operations: [], deferred: true };
  return { operations: [{ kind: 'optOutPerson', email: person.email, lists }], deferred: false };
}

export const optOutChange: FieldChange = { field: optOutColumn, old: false, new: true, rule: 'opted-out-in-activecampaign' };

const optOutRecord = (record: ObservedRecord): Operation => ({
  kind: 'updateRecord',
  entity: record.entity,
  id: record.id,
  columns: { [optOutColumn]: true },
  changes: [optOutChange],
  settles: {},
  optOut: true,
});
