import { emailKey } from '../../../shared/email.ts';
import type { Entity } from '../../../shared/entity.ts';
import { membershipOf, type TagKey } from '../../../shared/tags.ts';
import type { HalfMade, Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import { optedOutInActiveCampaign, optedOutInDynamics } from '../consent.ts';
import { isImportableEmail } from '../mapping/email-address.ts';
import { emailColumn, emailField } from '../mapping/field-map.ts';
import { type Decision, deferred, heldWith, nothing } from './decision.ts';
import { type Hold, hold } from './hold.ts';
import { type EnteringPerson, isMisprinted, possibleMatches, type Question, questionAbout } from './match.ts';
import { createRecord } from './new-record.ts';
import type { FieldChange, Settles } from './operations.ts';
import { commonDirection, firstContact, label, readRecord, setPersonField, type WritableFields } from './pair.ts';
import { updatePair } from './plan-linked.ts';
import type { PlanRules } from './rules.ts';

/** A row without a link, and who else answers to its e-mail address. */
export interface EnteringRecord {
  readonly record: ObservedRecord;
  /** The one row under this address that may sync: one that is linked already, else contact before lead, open before closed, oldest. */
  readonly first: { readonly entity: Entity; readonly id: string } | null;
  readonly personByEmail: ObservedPerson | null;
  /** What has to be asked about that person first: the person is held, and so are the rows. */
  readonly asked: Question | null;
  /** The link of that person, planned or active. */
  readonly linkOfPerson: Link | null;
  /** An ended link of this row. */
  readonly ended: Link | null;
  /** Of that person. */
  readonly halfMade: HalfMade | null;
  /** Somebody has left it out, or nobody has said yet whether it is to come in. */
  readonly staysOut: boolean;
}

/** Whether and how a Dynamics row enters ActiveCampaign. Pure. */
export function planEnteringRecord(subject: EnteringRecord, rules: PlanRules): Decision {
  const { record, personByEmail: person } = subject;
  const own = rules.entities[record.entity];
  if (record.gone || !record.meetsCriteria || subject.staysOut || record.succeededBy !== null) return nothing;
  if (!own.enabled || own.direction === 'toDynamics') return nothing;
  // Taking the tags away or deleting the person was a decision: only the tags can take it back.
  if (subject.ended !== null && subject.ended.endedBecause !== 'record-gone') return nothing;

  const email = emailKey(String(record.columns[emailColumn] ?? ''));
  if (email === null) return heldWith(hold(null, 'no-email', `The ${record.entity} has no e-mail address`));
  if (!isImportableEmail(email)) return heldWith(hold(null, 'invalid-email', `"${email}" is not an address that ActiveCampaign takes`));
  if (subject.asked !== null) return heldWith(hold(null, subject.asked, waitsFor[subject.asked](email)));
  if (subject.first !== null && subject.first.id !== record.id) {
    return heldWith(
      hold(
        null,
        'shared-email',
        `Shares the e-mail address ${email} with the ${subject.first.entity} ${subject.first.id}, which goes before it`,
      ),
    );
  }
  if (subject.linkOfPerson !== null) {
    const { entity, dynamicsId: id } = subject.linkOfPerson;
    return heldWith(hold(null, 'shared-email', `The person with the address ${email} is linked with the ${entity} ${id}`));
  }
  if (!rules.globalSync) return deferred;
  return person === null ? createPerson(record, email, rules) : joinPerson(record, person, subject.halfMade, rules);
}

const waitsFor: Readonly<Record<Question, (email: string) => string>> = {
  'several-matches': (email) => `The person with the address ${email} was tagged in ActiveCampaign and could be any of several rows`,
  'wrong-tags': (email) => `The person with the address ${email} carries the tags of a lead in ActiveCampaign`,
};

function joinPerson(record: ObservedRecord, person: ObservedPerson, halfMade: HalfMade | null, rules: PlanRules): Decision {
  // Left from a row of the other table, whose sync has ended.
  const surplus: TagKey = record.entity === 'contact' ? 'lead' : 'contact';
  return join(person, record, halfMadeOf(halfMade, record), rules, [surplus]);
}

/** The memory of this very pair. */
const halfMadeOf = (halfMade: HalfMade | null, { entity, id }: ObservedRecord): HalfMade | null =>
  halfMade?.entity === entity && halfMade.dynamicsId === id ? halfMade : null;

/** What was agreed on before their link was taken back still is: what differs from it is an edit. */
function join(
  person: ObservedPerson,
  record: ObservedRecord,
  halfMade: HalfMade | null,
  rules: PlanRules,
  removeTags: readonly TagKey[],
): Decision {
  const memory = halfMade === null ? firstContact : { ...firstContact, agreed: halfMade.agreed };
  return {
    ...updatePair(person, record, memory, rules, removeTags, listToJoin(person, record, halfMade, rules)),
    link: {
      kind: 'start',
      entity: record.entity,
      dynamicsId: record.id,
      personId: person.id,
      origin: person.tags.pulled ? 'pulled' : 'pushed',
      ...(halfMade !== null && { agreed: halfMade.agreed }),
    },
  };
}

/** The list for new people, where the person was created here and has not come to join it. Nobody is put on a list again, or after an opt-out. */
function listToJoin(
  { lists }: ObservedPerson,
  { entity, columns, meetsCriteria }: ObservedRecord,
  halfMade: HalfMade | null,
  rules: PlanRules,
): string | null {
  const { listId, direction } = rules.entities[entity];
  if (halfMade?.awaitsList !== true || !meetsCriteria || direction === 'toDynamics') return null;
  if (optedOutInActiveCampaign(lists) || optedOutInDynamics(columns)) return null;
  return lists.some((list) => list.listId === listId) ? null : listId;
}

function createPerson(record: ObservedRecord, email: string, rules: PlanRules): Decision {
  const own = rules.entities[record.entity];
  const write: WritableFields = {};
  const changes: FieldChange[] = [];
  const settles: Settles = {};
  const holds: Hold[] = [];
  for (const field of own.map.fields) {
    const direction = commonDirection(field.direction, own.direction);
    if (direction === null || direction === 'toDynamics') continue;
    const value = readRecord(field, record);
    if (!value.ok) {
      holds.push(hold(field.key, value.reason, `${label(field)}: the value in Dynamics cannot be read: ${value.explanation}`));
      continue;
    }
    const fit = field.converter.toActiveCampaign(value.value);
    if (!fit.ok) {
      holds.push(hold(field.key, fit.reason, `${label(field)}: the value from Dynamics does not fit: ${fit.explanation}`));
      continue;
    }
    settles[field.key] = value.value;
    if (value.value === null) continue;
    // The address is what the person is created under.
    if (field.activeCampaign !== emailField) setPersonField(write, field.activeCampaign, fit.raw);
    changes.push({ field: field.activeCampaign, old: null, new: value.value, rule: 'new-record' });
  }
  return {
    link: { kind: 'start', entity: record.entity, dynamicsId: record.id, personId: null, origin: 'pushed' },
    operations: [
      {
        kind: 'writePerson',
        email,
        write,
        addTags: ['pushed', record.entity],
        removeTags: [],
        joinList: optedOutInDynamics(record.columns) ? null : own.listId,
        changes,
        settles,
      },
    ],
    holds,
    deferred: false,
  };
}

/** Whether and how a tagged person enters Dynamics. Pure. */
export function planEnteringPerson(subject: EnteringPerson, rules: PlanRules): Decision {
  const { person, ended } = subject;
  if (person.gone) return nothing;
  const membership = membershipOf(person.tags);
  if (membership === null) {
    return ended?.endedBecause === 'record-gone' ? { ...nothing, link: { kind: 'keep' }, operations: [{ kind: 'forgetLink' }] } : nothing;
  }
  // The row was deleted in Dynamics: it does not come back unless somebody gives the tags anew.
  if (ended?.endedBecause === 'record-gone') return nothing;
  const own = rules.entities[membership];
  const takesPart = own.enabled && own.direction !== 'toActiveCampaign';
  // Wrong tags name a table that may well be switched off.
  if (!takesPart && !isMisprinted(subject, rules)) return nothing;
  if (emailKey(person.email) === null) return heldWith(hold(null, 'no-email', 'The person has no e-mail address in ActiveCampaign'));

  const possible = possibleMatches(subject, rules);
  const question = questionAbout(subject, rules);
  if (question !== null) return heldWith(hold(null, question, askFor[question](possible)));
  const { chosen } = subject;
  if (chosen?.kind === 'row') return joinRecord(subject, chosen.record, membership, rules);
  const match = chosen === null ? possible[0] : undefined;
  if (match !== undefined) return joinRecord(subject, match, membership, rules);
  // Their row lives on in the one that it was merged into: a new one would take the merge back.
  if (ended?.endedBecause === 'superseded') {
    return heldWith(
      hold(
        null,
        'shared-email',
        `The ${ended.entity} of this person was merged or qualified into a row that another person is linked with`,
      ),
    );
  }
  return person.tags.pulled ? createRecord(person, membership, rules) : nothing;
}

const askFor: Readonly<Record<Question, (possible: readonly ObservedRecord[]) => string>> = {
  'several-matches': (possible) => {
    const ids = possible.map(({ id }) => id).join(', ');
    return possible.length === 1
      ? `Of those that the person could be, this one is left: the ${possible[0]?.entity} ${ids}`
      : `${possible.length} ${possible[0]?.entity}s in Dynamics have this e-mail address: ${ids}`;
  },
  'wrong-tags': ([contact]) => `Carries the tags of a lead, though the record in Dynamics is the contact ${contact?.id}`,
};

function joinRecord({ person, halfMade }: EnteringPerson, record: ObservedRecord, membership: Entity, rules: PlanRules): Decision {
  const half = halfMadeOf(halfMade, record);
  const follows = record.entity !== membership;
  // The tags name the other entity: they follow the row that exists, and that is a write to ActiveCampaign, as is a list to join.
  if (!rules.globalSync && (follows || listToJoin(person, record, half, rules) !== null)) return deferred;
  return join(person, record, half, rules, follows ? [membership] : []);
}
