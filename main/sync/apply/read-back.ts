import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import { emailKey } from '../../../shared/email.ts';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import { type TagKey, tagKeys, tagNames } from '../../../shared/tags.ts';
import type { PeoplePage, PeopleQuery, PersonWrite } from '../../connections/activecampaign/types.ts';
import type { ObservedPerson } from '../../store/observed.ts';
import { canonicalJson } from '../../store/people.ts';
import { planState } from '../../store/plan-state.ts';
import { optedOutInActiveCampaign, optedOutInDynamics } from '../consent.ts';
import { sameValue } from '../mapping/canonical.ts';
import { emailField } from '../mapping/field-map.ts';
import { agreedOn } from '../plan/merge.ts';
import type { FieldChange, Settles } from '../plan/operations.ts';
import { rawValue, readPerson } from '../plan/pair.ts';
import { observePerson } from '../read/observe.ts';
import { pagesOf, sideloaded } from '../read/people-pass.ts';
import { readAhead } from '../read/read-ahead.ts';
import { answerOfReading } from './answers.ts';
import type { PersonJob } from './apply-activecampaign.ts';
import { type ApplyContext, importTries } from './context.ts';
import { confirm, dropRest, journalWritten, logOptOut, logWritten, planRestAgain, refuse } from './settle.ts';

/**
 * A write to ActiveCampaign counts when reading shows it: an import answers before it is carried out, and an unknown field or a value in
 * another form is dropped there without a word.
 */

const idsAPage = 100;

/** The people of these ids as they are now; who is missing does not exist. */
export async function readBackById(
  context: ApplyContext,
  ids: readonly ActiveCampaignId[],
): Promise<Map<ActiveCampaignId, ObservedPerson>> {
  const found = new Map<ActiveCampaignId, ObservedPerson>();
  const distinct = [...new Set(ids)];
  for (let start = 0; start < distinct.length; start += idsAPage) {
    const page = await context.activeCampaign.people({ ids: distinct.slice(start, start + idsAPage), limit: idsAPage });
    for (const person of await completed(context, page)) found.set(person.id, person);
  }
  return found;
}

/** The people of a query, page by page. */
export async function* readBack(context: ApplyContext, query: PeopleQuery): AsyncGenerator<readonly ObservedPerson[]> {
  for await (const page of readAhead(pagesOf(context.activeCampaign, query))) yield completed(context, page);
}

/** Those with an id above `after`. */
export const above = (after: ActiveCampaignId | null): PeopleQuery => (after === null ? {} : { afterId: after });

async function completed({ activeCampaign, fields, tagIds }: ApplyContext, page: PeoplePage): Promise<readonly ObservedPerson[]> {
  const people = await sideloaded(activeCampaign, page);
  return people.map((person) => observePerson(person, fields, tagIds));
}

/** Every field of a write with its raw value, by its name in a mapping. */
export const writtenFields = (write: PersonWrite): [name: string, value: string][] => [
  ...(['email', 'firstName', 'lastName', 'phone'] as const).flatMap((name): [string, string][] =>
    write[name] === undefined ? [] : [[name, write[name]]],
  ),
  ...Object.entries(write.fields ?? {}).map(([id, value]): [string, string] => [`field:${id}`, value]),
];

/** Whether every field of a write is as it was written, as far as it was read: it may have been planned under another mapping. */
export const holds = (person: ObservedPerson, write: PersonWrite): boolean =>
  writtenFields(write).every(([name, value]) => !isRead(person, name) || rawValue(person, name) === value);

const isRead = ({ values }: ObservedPerson, name: string): boolean => name === 'email' || name in values;

/**
 * Tells what shows of a write that is not at its end, or of which no answer came, and remembers it as agreed: it would pass for somebody's edit.
 * The person counts as changed. Runs inside the caller's transaction.
 */
export function keepDone(context: ApplyContext, { operation, link }: PersonJob, now: ObservedPerson, answer: string): void {
  const { people, links } = context.store;
  const before = people.byId(now.id);
  const changes = operation.kind === 'optOutPerson' ? leftSince(operation.lists, before, now) : shownChanges(operation, before, now);
  journalWritten(context, { ...link, personId: now.id }, 'activeCampaign', changes, answer);
  if (operation.kind === 'writePerson') {
    const shown = changes.flatMap(({ field }) => keysFor(context, link.entity, field));
    links.settle(link.id, Object.fromEntries(Object.entries(operation.settles).filter(([key]) => shown.includes(key))));
  }
  people.observe(now, 0);
}

function shownChanges(
  { write, changes }: Extract<PersonJob['operation'], { kind: 'writePerson' }>,
  before: ObservedPerson | null,
  now: ObservedPerson,
): readonly FieldChange[] {
  const written = before === null ? [[emailField, now.email] as const, ...writtenFields(write)] : writtenFields(write);
  const done = new Set(
    written.flatMap(([name, value]) => (rawValue(now, name) === value && rawValue(before, name) !== value ? [name] : [])),
  );
  return changes.filter(({ field }) => done.has(field));
}

const leftSince = (lists: readonly string[], before: ObservedPerson | null, now: ObservedPerson): readonly FieldChange[] =>
  lists.flatMap((list) => (statusOn(before, list) === 1 && statusOn(now, list) === 2 ? [leftList(list)] : []));

const statusOn = (person: ObservedPerson | null, list: string): number | undefined =>
  person?.lists.find(({ listId }) => listId === list)?.status;

const leftList = (list: string): FieldChange => ({
  field: `list:${list}`,
  old: 'subscribed',
  new: 'unsubscribed',
  rule: 'opted-out-in-dynamics',
});

/**
 * Compares what was written with what is there, and confirms what took effect. Runs inside the caller's transaction.
 * @param now the person as read after the write.
 * @returns false where nothing of it shows yet: the job stays.
 */
export function confirmFromReading(context: ApplyContext, job: PersonJob, now: ObservedPerson): boolean {
  const before = context.store.people.byId(now.id);
  return job.operation.kind === 'optOutPerson' ? confirmOptOut(context, job, before, now) : confirmWrite(context, job, before, now);
}

function confirmOptOut(context: ApplyContext, job: PersonJob, before: ObservedPerson | null, now: ObservedPerson): boolean {
  if (job.operation.kind !== 'optOutPerson') return false;
  const { lists } = job.operation;
  if (now.lists.some((list) => lists.includes(list.listId) && list.status === 1)) return false;
  const changes = lists.map(leftList);
  const answer = answerOfReading(job.entry.batch, now);
  // A list that they were put on meanwhile was not left by this write: it differs from what is expected, and is planned.
  const expectedLists = now.lists.flatMap((list) => {
    const known = lists.includes(list.listId) ? list : before?.lists.find(({ listId }) => listId === list.listId);
    return known ?? [];
  });
  keepPerson(context, { ...(before ?? now), lists: expectedLists }, now);
  confirm(context, { entry: job.entry.id, link: job.link, service: 'activeCampaign', changes, settles: {}, created: false, answer });
  context.tally.optedOut();
  logOptOut(context, job.link, 'activeCampaign');
  if (before !== null && canonicalJson({ email: now.email, ...now.values }) !== canonicalJson({ email: before.email, ...before.values })) {
    planRestAgain(context, job.link);
  }
  return true;
}

function confirmWrite(context: ApplyContext, job: PersonJob, before: ObservedPerson | null, now: ObservedPerson): boolean {
  const { operation, entry } = job;
  if (operation.kind !== 'writePerson') return false;
  if (operation.addTags.some((tag) => !now.tags[tag])) return false;
  const { store, tally } = context;

  // A value that is still the old one was not taken; a third value is somebody's edit since, which the next plan sees.
  const lost = writtenFields(operation.write).flatMap(([name, value]) => {
    // Planned under another mapping: what is no longer read tells nothing.
    if (!isRead(now, name)) return [];
    const found = rawValue(now, name);
    return found !== value && found === rawValue(before, name) ? [name] : [];
  });
  if (lost.some((name) => rawValue(before, name) !== '') && entry.attempts < importTries && entry.batch !== null) return false;

  const created = job.link.personId === null;
  if (created) {
    const taken = store.links.ofPerson(now.id);
    if (taken !== null) {
      refuse(context, job.link, { reason: 'shared-email', message: `The person is linked with the ${taken.entity} ${taken.dynamicsId}` });
      dropRest(context, job.link);
      return true;
    }
    store.links.setPerson(job.link.id, now.id);
  }
  const link = { ...job.link, personId: now.id };
  const record = store.records.byId(link.entity, link.dynamicsId);
  const expected = expectedAfter(operation, before, now, lost, record !== null && optedOutInDynamics(record.columns));
  keepPerson(context, expected, now);

  const unsettled = new Set(lost.flatMap((name) => keysFor(context, link.entity, name)));
  // Created for nobody, and somebody was there: what was to stay empty holds a value that nothing was agreed on.
  if (created) for (const key of filledBefore(context, link.entity, operation.settles, before ?? now)) unsettled.add(key);
  const otherwise = context.takesUp ? pairedOtherwise(context, link.entity, operation) : [];
  for (const key of otherwise) unsettled.add(key);
  if (otherwise.length > 0) store.people.setState(now.id, planState.changed);
  const changes = operation.changes.filter((change) => !lost.includes(change.field));
  const settles = Object.fromEntries(Object.entries(operation.settles).filter(([key]) => !unsettled.has(key)));
  const kind = created && before === null ? 'created' : 'updated';
  const answer = answerOfReading(entry.batch, now);
  journalWritten(context, link, 'activeCampaign', membershipChanges(operation, before, now), answer);
  confirm(context, { entry: entry.id, link, service: 'activeCampaign', changes, settles, created: kind === 'created', answer });
  for (const name of lost) refuseField(context, link, name);

  if (kind === 'created' || changes.length > 0) {
    tally[kind]('activeCampaign');
    logWritten(context, link, 'activeCampaign', kind, changes);
  }
  return true;
}

/** The tags and the list of a write, as far as they took effect. They are no mapped fields: the journal has them, the log's `fields` do not. */
function membershipChanges(
  { addTags, removeTags, joinList }: Extract<PersonJob['operation'], { kind: 'writePerson' }>,
  before: ObservedPerson | null,
  now: ObservedPerson,
): FieldChange[] {
  const isOn = (person: ObservedPerson | null) => person?.lists.some(({ listId, status }) => listId === joinList && status === 1) ?? false;
  const touched = tagKeys.filter((tag) => addTags.includes(tag) || removeTags.includes(tag));
  const tagsOf = (person: ObservedPerson | null): CanonicalValue => {
    const names = touched.filter((tag) => person?.tags[tag] ?? false).map((tag) => tagNames[tag]);
    return names.length === 0 ? null : names;
  };
  const [old, current] = [tagsOf(before), tagsOf(now)];
  return [
    ...(sameValue(old, current) ? [] : [{ field: 'tags', old, new: current, rule: 'takes-part' } as const]),
    ...(joinList !== null && !isOn(before) && isOn(now)
      ? [{ field: `list:${joinList}`, old: null, new: 'subscribed', rule: 'takes-part' } as const]
      : []),
  ];
}

function filledBefore({ maps }: ApplyContext, entity: PersonJob['link']['entity'], settles: Settles, person: ObservedPerson): string[] {
  return maps[entity].fields.flatMap((field) => {
    if (settles[field.key] !== null) return [];
    const value = readPerson(field, person);
    return value.ok && value.value === null ? [] : [field.key];
  });
}

/** Mappings whose options were paired otherwise after an earlier run had sent this: what was agreed reads as another value now. */
function pairedOtherwise(
  { maps }: ApplyContext,
  entity: PersonJob['link']['entity'],
  { write, settles }: Extract<PersonJob['operation'], { kind: 'writePerson' }>,
): string[] {
  const written = new Map(writtenFields(write));
  return maps[entity].fields.flatMap(({ key, activeCampaign, options, converter }) => {
    const agreed = settles[key];
    const raw = written.get(activeCampaign);
    if (options === null || agreed === undefined || raw === undefined) return [];
    const read = converter.readActiveCampaign(raw);
    return read.ok && sameValue(read.value, agreedOn('activeCampaign', agreed)) ? [] : [key];
  });
}

function refuseField(context: ApplyContext, link: PersonJob['link'], name: string): void {
  const [key = name] = keysFor(context, link.entity, name);
  refuse(context, link, { reason: 'refused-by-service', message: `ActiveCampaign accepted a value for ${name}, but did not keep it` }, key);
}

const keysFor = ({ maps }: ApplyContext, entity: PersonJob['link']['entity'], name: string): string[] =>
  maps[entity].fields.filter((field) => field.activeCampaign === name).map((field) => field.key);

/** The person as the write alone would have left them. What was not written is as it was; for a new person, empty. */
function expectedAfter(
  operation: Extract<PersonJob['operation'], { kind: 'writePerson' }>,
  before: ObservedPerson | null,
  now: ObservedPerson,
  lost: readonly string[],
  optedOutThere: boolean,
): ObservedPerson {
  const written = new Map(writtenFields(operation.write).filter(([name]) => !lost.includes(name)));
  const tagAfter = (tag: TagKey) =>
    operation.addTags.includes(tag) || ((before?.tags[tag] ?? false) && !operation.removeTags.includes(tag));
  const optedOut = optedOutThere || optedOutInActiveCampaign(now.lists);
  return {
    ...now,
    email: sameOrNow(written.get('email') ?? before?.email ?? operation.email, now.email),
    values: Object.fromEntries(Object.keys(now.values).map((name) => [name, written.get(name) ?? before?.values[name] ?? ''])),
    tags: Object.fromEntries(tagKeys.map((tag) => [tag, tagAfter(tag)])) as Record<TagKey, boolean>,
    // A list joined by this write, or by an automation that it started, asks for no plan. An opt-out on either side always does.
    lists: optedOut || (before !== null && operation.joinList === null) ? (before?.lists ?? []) : now.lists,
  };
}

/** The service may keep an address in another spelling. */
const sameOrNow = (expected: string, now: string): string => (emailKey(expected) === emailKey(now) ? now : expected);

/** What was expected needs no plan; whatever differs from it is a change by somebody else. */
function keepPerson({ store }: ApplyContext, expected: ObservedPerson, now: ObservedPerson): void {
  store.people.confirm(expected, now);
}
