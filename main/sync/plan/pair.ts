import type { Direction } from '../../../shared/settings.ts';
import type { PersonWrite } from '../../connections/activecampaign/types.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';
import type { ConflictAnswer, Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import { describeValue, type Reading } from '../mapping/canonical.ts';
import { isImportableEmail } from '../mapping/email-address.ts';
import { emailField, type MappedField } from '../mapping/field-map.ts';
import type { HeldRaw } from './agreed-under.ts';
import { type Hold, hold } from './hold.ts';
import { mergeField } from './merge.ts';
import type { FieldChange, Settles } from './operations.ts';
import type { EntityRules } from './rules.ts';

/** Everything that the fields of one person and one row ask for. */
export interface PairMerge {
  readonly toDynamics: { readonly columns: Record<string, ColumnValue>; readonly changes: FieldChange[]; readonly settles: Settles };
  readonly toActiveCampaign: { readonly write: WritableFields; readonly changes: FieldChange[]; readonly settles: Settles };
  /** Agreed without a write. */
  readonly settled: Settles;
  readonly holds: Hold[];
  readonly deferred: boolean;
}

export type WritableFields = { -readonly [Key in keyof PersonWrite]: PersonWrite[Key] };

/** What a person holds in one field; empty where there is no such person. */
export const rawValue = (person: ObservedPerson | null, name: string): string =>
  name === 'email' ? (person?.email ?? '') : (person?.values[name] ?? '');

const rawColumn = (field: MappedField, record: ObservedRecord): ColumnValue => record.columns[field.column] ?? null;

/** What both sides hold in one field, as far as they are known. */
export const heldOf = (
  { activeCampaign, column }: Pick<MappedField, 'activeCampaign' | 'column'>,
  person: ObservedPerson | null,
  record: ObservedRecord | null,
): HeldRaw => ({
  activeCampaign: activeCampaign === emailField ? person?.email : person?.values[activeCampaign],
  dynamics: record?.columns[column],
});

export const readPerson = (field: MappedField, person: ObservedPerson): Reading =>
  field.converter.readActiveCampaign(rawValue(person, field.activeCampaign));

export const readRecord = (field: MappedField, record: ObservedRecord): Reading => field.converter.readDynamics(rawColumn(field, record));

/** Adds one field to what is written to a person. */
export function setPersonField(write: WritableFields, name: string, value: string): void {
  switch (name) {
    case 'email':
    case 'firstName':
    case 'lastName':
    case 'phone':
      write[name] = value;
      return;
    default:
      write.fields = { ...write.fields, [name.slice('field:'.length)]: value };
  }
}

/** The ways a field may flow: those that its mapping and its entity both allow; null where they allow none. */
export function commonDirection(field: Direction, entity: Direction): Direction | null {
  if (field === entity || entity === 'both') return field;
  return field === 'both' ? entity : null;
}

/** What is remembered of a pair. */
export type Memory = Pick<Link, 'agreed' | 'decided'>;
export const firstContact: Memory = { agreed: {}, decided: {} };

/** The answer of somebody who decides a conflict for `winner`, on what both hold now. */
export const answerConflict = (
  field: MappedField,
  winner: ConflictAnswer['winner'],
  person: ObservedPerson,
  record: ObservedRecord,
): ConflictAnswer => ({
  winner,
  losing: winner === 'activeCampaign' ? rawColumn(field, record) : rawValue(person, field.activeCampaign),
});

/** Merges every mapped field of one pair. Pure. */
export function mergePair(
  person: ObservedPerson,
  record: ObservedRecord,
  rules: EntityRules,
  { agreed, decided }: Memory,
  globalSync: boolean,
): PairMerge {
  const merge: PairMerge & { deferred: boolean } = {
    toDynamics: { columns: {}, changes: [], settles: {} },
    toActiveCampaign: { write: {}, changes: [], settles: {} },
    settled: {},
    holds: [],
    deferred: false,
  };
  for (const field of rules.map.fields) {
    const direction = commonDirection(field.direction, rules.direction);
    if (direction === null) continue;
    const answer = decided[field.key];
    const holds = answer !== undefined && answerConflict(field, answer.winner, person, record).losing === answer.losing;
    const before = agreed[field.key];
    const outcome = mergeField({
      agreed: before,
      activeCampaign: readPerson(field, person),
      dynamics: readRecord(field, record),
      direction,
      mayWriteActiveCampaign: globalSync,
      conflictWinner: rules.conflictWinner,
      decidedFor: holds ? answer.winner : null,
      changedAt: { activeCampaign: person.updatedAt, dynamics: record.modifiedAt },
    });
    // An answer that holds no more is over: it would count again once that side has the same value anew, by an edit of its own.
    const isOver = answer !== undefined && !holds && (outcome.kind === 'unchanged' || outcome.kind === 'conflict');
    if (isOver && before !== undefined) merge.settled[field.key] = before;
    switch (outcome.kind) {
      case 'unchanged':
        break;
      case 'settled':
        merge.settled[field.key] = outcome.value;
        break;
      case 'deferred':
        merge.deferred = true;
        break;
      case 'toDynamics':
        addToDynamics(merge, field, outcome);
        break;
      case 'toActiveCampaign':
        addToActiveCampaign(merge, field, outcome);
        break;
      case 'conflict':
        merge.holds.push(
          hold(
            field.key,
            'conflict',
            `${label(field)}: ActiveCampaign has "${describeValue(outcome.activeCampaign)}", Dynamics has "${describeValue(outcome.dynamics)}"; both were changed`,
          ),
        );
        break;
      case 'unreadable':
        merge.holds.push(
          hold(
            field.key,
            outcome.misfit.reason,
            `${label(field)}: the value in ${outcome.side === 'dynamics' ? 'Dynamics' : 'ActiveCampaign'} cannot be read: ${outcome.misfit.explanation}`,
          ),
        );
        break;
    }
  }
  return merge;
}

export const label = (field: MappedField): string => `${field.dynamics} / ${field.activeCampaign}`;

type Flow = Extract<ReturnType<typeof mergeField>, { kind: 'toDynamics' | 'toActiveCampaign' }>;

function addToDynamics(merge: PairMerge, field: MappedField, flow: Flow): void {
  if (field.activeCampaign === 'email' && flow.value === null) {
    merge.holds.push(hold(field.key, 'no-email', 'The person has no e-mail address in ActiveCampaign; Dynamics keeps the one it has'));
    return;
  }
  const fit = field.converter.toDynamics(flow.value);
  if (!fit.ok) {
    merge.holds.push(hold(field.key, fit.reason, `${label(field)}: the value from ActiveCampaign does not fit: ${fit.explanation}`));
    return;
  }
  merge.toDynamics.columns[field.dynamics] = fit.raw;
  merge.toDynamics.changes.push({ field: field.dynamics, old: flow.old, new: flow.value, rule: flow.rule });
  merge.toDynamics.settles[field.key] = flow.value;
}

function addToActiveCampaign(merge: PairMerge, field: MappedField, flow: Flow): void {
  // An address that Dynamics no longer has cannot be taken away in ActiveCampaign, which knows people by it.
  if (field.activeCampaign === 'email' && flow.value === null) {
    merge.holds.push(hold(field.key, 'no-email', 'The e-mail address was emptied in Dynamics; ActiveCampaign keeps the one it has'));
    return;
  }
  if (field.activeCampaign === 'email' && !isImportableEmail(String(flow.value))) {
    const message = `"${describeValue(flow.value)}" is not an address that ActiveCampaign takes; it keeps the one it has`;
    merge.holds.push(hold(field.key, 'invalid-email', message));
    return;
  }
  const fit = field.converter.toActiveCampaign(flow.value);
  if (!fit.ok) {
    merge.holds.push(hold(field.key, fit.reason, `${label(field)}: the value from Dynamics does not fit: ${fit.explanation}`));
    return;
  }
  setPersonField(merge.toActiveCampaign.write, field.activeCampaign, fit.raw);
  merge.toActiveCampaign.changes.push({ field: field.activeCampaign, old: flow.old, new: flow.value, rule: flow.rule });
  merge.toActiveCampaign.settles[field.key] = flow.value;
}
