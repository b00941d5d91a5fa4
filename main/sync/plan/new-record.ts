import type { Entity } from '../../../shared/entity.ts';
import { dynamicsId } from '../../../shared/ids.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';
import type { ObservedPerson } from '../../store/observed.ts';
import { optedOutInActiveCampaign, optOutColumn } from '../consent.ts';
import { type Decision, heldWith, nothing } from './decision.ts';
import { type Hold, hold } from './hold.ts';
import type { FieldChange, Settles } from './operations.ts';
import { commonDirection, label, readPerson } from './pair.ts';
import { leaveLists, optOutChange } from './plan-linked.ts';
import type { EntityRules, PlanRules } from './rules.ts';

/** The row that a person is created as in Dynamics, under an id that is chosen here: a repetition finds it there. Pure. */
export function createRecord(person: ObservedPerson, entity: Entity, rules: PlanRules): Decision {
  const own = rules.entities[entity];
  const id = dynamicsId(rules.newId());
  const columns: Record<string, ColumnValue> = {};
  const changes: FieldChange[] = [];
  const settles: Settles = {};
  const holds: Hold[] = [];
  for (const field of own.map.fields) {
    const direction = commonDirection(field.direction, own.direction);
    if (direction === null || direction === 'toActiveCampaign') continue;
    const value = readPerson(field, person);
    if (!value.ok) {
      holds.push(hold(field.key, value.reason, `${label(field)}: the value in ActiveCampaign cannot be read: ${value.explanation}`));
      continue;
    }
    const fit = field.converter.toDynamics(value.value);
    if (!fit.ok) {
      holds.push(hold(field.key, fit.reason, `${label(field)}: the value from ActiveCampaign does not fit: ${fit.explanation}`));
      continue;
    }
    settles[field.key] = value.value;
    if (value.value === null) continue;
    columns[field.dynamics] = fit.raw;
    changes.push({ field: field.dynamics, old: null, new: value.value, rule: 'new-record' });
  }
  const filled = fillNamed(person, own, columns);
  if (filled === null) return heldWith(hold(null, 'no-last-name', 'The person has no last name in ActiveCampaign'));
  for (const [column, value] of Object.entries(filled)) {
    columns[column] = value;
    changes.push({ field: column, old: null, new: value, rule: 'new-record' });
    // Both sides are left to differ on purpose: what was made up here is not carried back.
    for (const field of own.map.fields) if (field.dynamics === column) settles[field.key] = { activeCampaign: null, dynamics: value };
  }
  const optsOut = rules.syncOptOut && optedOutInActiveCampaign(person.lists);
  if (optsOut) {
    columns[optOutColumn] = true;
    changes.push(optOutChange);
  }
  const leaving = optsOut ? leaveLists(person, rules) : nothing;
  return {
    link: { kind: 'start', entity, dynamicsId: id, personId: person.id, origin: 'pulled' },
    operations: [...leaving.operations, { kind: 'createRecord', entity, id, columns, changes, settles }],
    holds,
    deferred: leaving.deferred,
  };
}

/**
 * Columns that people in Dynamics find a row by, where no mapping fills them: a last name, and the topic of a lead.
 * @returns null where the person is to be held for want of a last name.
 */
function fillNamed(
  person: ObservedPerson,
  { creation }: EntityRules,
  columns: Readonly<Record<string, ColumnValue>>,
): Record<string, string> | null {
  const filled: Record<string, string> = {};
  const isEmpty = (column: string) => typeof columns[column] !== 'string';
  if (isEmpty('lastname')) {
    if (creation.missingLastName === 'hold') return null;
    const localPart = person.email.split('@')[0] ?? person.email;
    filled.lastname = localPart.slice(0, creation.lastNameLength);
  }
  if (creation.topic !== null && isEmpty('subject')) {
    const name = `${person.values.firstName ?? ''} ${person.values.lastName ?? ''}`.trim();
    // A function as the replacement: `$&` in a name is a name.
    filled.subject = creation.topic.template
      .replaceAll('{name}', () => (name === '' ? person.email : name))
      .slice(0, creation.topic.length);
  }
  return filled;
}
