import { isDeepStrictEqual } from 'node:util';
import { type CanonicalValue, canonicalValueSchema } from '../../shared/canonical-value.ts';
import { type ChangeRule, changeRules } from '../../shared/change-rule.ts';
import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import type { ConflictDecision, HistoryEntry, PersonField, PersonProblem, PersonView } from '../../shared/people.ts';
import type { Settings } from '../../shared/settings.ts';
import { tagKeys, tagNames } from '../../shared/tags.ts';
import { ApplicationError } from '../application-port.ts';
import type { ObservedPerson } from '../store/observed.ts';
import type { Problem } from '../store/problems.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { optedOutInActiveCampaign, optedOutInDynamics } from '../sync/consent.ts';
import { decideConflict, isTriedAgain } from '../sync/decide.ts';
import { type Reading, sameValue } from '../sync/mapping/canonical.ts';
import { emailColumn, type MappedField } from '../sync/mapping/field-map.ts';
import { firstOf, rowsUnder } from '../sync/plan/entering-person.ts';
import { answerConflict, commonDirection, rawValue, readPerson, readRecord } from '../sync/plan/pair.ts';
import { createFieldWords, type FieldWords, textOf } from './field-words.ts';
import { takingPart } from './matches.ts';
import { personRow } from './people.ts';
import { emailOf, entityOf, findSubject, type KnownSubject, nameOf, toDecideOn } from './subject.ts';
import { whyNot } from './why-not.ts';

const historyShown = 100;
const sameEmailShown = 20;

/** Everything that is known of one person. */
export function describePerson(store: SyncStore, settings: Settings, name: string): PersonView {
  const known = findSubject(store, name);
  const { link, person, record } = known;
  const words = createFieldWords(store, settings);
  const problems = store.problems.ofSubject(name);
  const newcomer = record === null || link !== null ? null : store.newcomers.of(record.entity, record.id);
  const ended =
    person === null ? (record === null ? null : store.links.endedOfRecord(record.entity, record.id)) : store.links.endedOfPerson(person.id);
  return {
    subject: name,
    email: emailOf(known),
    name: nameOf(known),
    linked: link !== null,
    linkEnded: link === null ? (ended?.endedBecause ?? null) : null,
    activeCampaign:
      person === null
        ? null
        : {
            id: person.id,
            tags: tagsOf(person),
            invitedAs: store.people.invitedAs(person.id),
            optedOut: optedOutInActiveCampaign(person.lists),
            gone: person.gone,
          },
    dynamics:
      record === null
        ? null
        : {
            entity: record.entity,
            id: record.id,
            optedOut: optedOutInDynamics(record.columns),
            meetsCriteria: record.meetsCriteria,
            gone: record.gone,
          },
    fields: fieldsOf(known, words, settings, problems),
    problems: problems.map((problem) => problemOf(problem, words, entityOf(known))),
    whyNot: link === null && problems.length === 0 && newcomer === null ? whyNot({ person, record, ended }, settings) : [],
    newcomer,
    triedAtNextRun: isTriedAgain(store, toDecideOn(known)),
    history: historyOf(store, known, words),
    sameEmail: sameEmail(store, words, known),
    syncsInstead: problems.some(({ reason }) => reason === 'shared-email') ? syncsInstead(store, settings, known) : null,
  };
}

/** @throws ApplicationError `changed-meanwhile` where there is no such conflict any more, or not between these values. */
export function decide(store: SyncStore, settings: Settings, { subject, field: key, winner, between }: ConflictDecision): void {
  const known = findSubject(store, subject);
  const { link, person, record } = known;
  const field = createFieldWords(store, settings)
    .fields(entityOf(known))
    .find((one) => one.key === key);
  const open = store.problems.ofSubject(subject).some((problem) => problem.field === key && problem.reason === 'conflict');
  if (!open || field === undefined || link === null || person === null || record === null) {
    throw changedMeanwhile('This conflict is not open any more.');
  }
  if (!isDeepStrictEqual(between, sidesOf(field, known))) throw changedMeanwhile('The values are not those any more that were shown.');
  decideConflict(store, link, key, answerConflict(field, winner, person, record));
}

const changedMeanwhile = (message: string) =>
  new ApplicationError('changed-meanwhile', { message, advice: 'Look at what the screen shows now.' });

const tagsOf = ({ tags }: ObservedPerson): string[] => tagKeys.filter((key) => tags[key]).map((key) => tagNames[key]);

function fieldsOf(known: KnownSubject, words: FieldWords, settings: Settings, problems: readonly Problem[]): PersonField[] {
  const { person, record } = known;
  const entity = entityOf(known);
  return words.fields(entity).map((field) => {
    const here = person === null ? null : readPerson(field, person);
    const there = record === null ? null : readRecord(field, record);
    const inConflict = known.link !== null && problems.some(({ field: key, reason }) => key === field.key && reason === 'conflict');
    const direction = commonDirection(field.direction, settings.dataConfiguration[entity].direction);
    return {
      key: field.key,
      activeCampaignField: words.label('activeCampaign', entity, field.activeCampaign),
      dynamicsColumn: words.label('dynamics', entity, field.dynamics),
      ...sidesOf(field, known),
      differs: here !== null && there !== null && !(here.ok && there.ok && sameValue(here.value, there.value)),
      conflict: inConflict ? { activeCampaign: direction !== 'toActiveCampaign', dynamics: direction !== 'toDynamics' } : null,
    };
  });
}

/** What both sides hold, in words. */
const sidesOf = (field: MappedField, { person, record }: KnownSubject): Pick<PersonField, 'activeCampaign' | 'dynamics'> => ({
  activeCampaign: person === null ? null : shown(field, readPerson(field, person), rawValue(person, field.activeCampaign)),
  dynamics: record === null ? null : shown(field, readRecord(field, record), String(record.columns[field.column] ?? '')),
});

/** What cannot be read as the type that the mapping asks for is shown as it is. */
function shown(field: MappedField, reading: Reading, raw: string): string | null {
  if (reading.ok) return textOf(field, reading.value);
  return raw === '' ? null : raw;
}

const problemOf = (problem: Problem, words: FieldWords, entity: Entity): PersonProblem => {
  const { field, advice, since, dismissed } = problem;
  return { field: field === '' ? null : field, message: words.problem(entity, problem), advice, since, dismissed };
};

const isRule = (rule: string): rule is ChangeRule => changeRules.some((known) => known === rule);

function historyOf({ journal }: SyncStore, { person, record, link }: KnownSubject, words: FieldWords): HistoryEntry[] {
  const row = record ?? (link === null ? null : { entity: link.entity, id: link.dynamicsId });
  return journal.ofSubject({ record: row, personId: person?.id ?? null }, historyShown).flatMap((entry) => {
    const { time, run, service, entity, field, rule, answer } = entry;
    if (!isRule(rule)) return [];
    const text = (json: string) => words.text(service, entity, field, canonical(json));
    const label = words.label(service, entity, field);
    return [{ time, run, service, field: label, old: text(entry.oldValue), new: text(entry.newValue), rule, answer }];
  });
}

const canonical = (json: string): CanonicalValue => canonicalValueSchema.parse(JSON.parse(json));

function sameEmail(store: SyncStore, words: FieldWords, known: KnownSubject): PersonView['sameEmail'] {
  const email = emailKey(emailOf(known));
  if (email === null) return [];
  const person = store.people.byEmail(email);
  const subjects = new Set([
    ...store.records.byEmail(email, sameEmailShown).map(({ entity, id }) => `${entity}:${id}`),
    // Who is linked is named by the row.
    ...(person === null || store.links.ofPerson(person.id) !== null ? [] : [`person:${person.id}`]),
  ]);
  subjects.delete(known.name);
  return [...subjects].map((subject) => personRow(store, words, subject));
}

/** The row under the address that syncs, where it is another one. */
function syncsInstead(store: SyncStore, settings: Settings, { record }: KnownSubject): string | null {
  if (record === null) return null;
  const rows = rowsUnder({ store }, String(record.columns[emailColumn] ?? ''));
  const first = firstOf({ store, rules: takingPart(store, settings) }, rows);
  return first === null || first.id === record.id ? null : `${first.entity}:${first.id}`;
}
