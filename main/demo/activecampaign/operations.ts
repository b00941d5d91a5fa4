import type { Account } from './account.ts';
import type { AutomationRow, FieldValueRow, ListMembershipRow, PersonRow, TagLinkRow, TagRow } from './rows.ts';

/**
 * What can happen to a person, with the rule for `udate` that belongs to it. API calls, imports, automations and the people who
 * work in the account all go through here.
 */

export interface PersonDetails {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly organization?: string;
}

/** A person without tags, fields and lists. */
export function createPerson(account: Account, email: string, details: PersonDetails, at: number): PersonRow {
  const person: PersonRow = {
    id: account.nextId('contacts'),
    email: storedEmail(account, email),
    firstName: details.firstName ?? '',
    lastName: details.lastName ?? '',
    phone: details.phone ?? '',
    organization: details.organization ?? '',
    createdAt: at,
    updatedAt: at,
    touchedAt: at,
    hardBounces: 0,
    softBounces: 0,
    bouncedAt: null,
    fields: [],
    tags: [],
    lists: [],
  };
  account.people.add(person);
  return person;
}

function storedEmail(account: Account, email: string): string {
  const trimmed = email.trim();
  return account.variant.storedEmail === 'lower-case' ? trimmed.toLowerCase() : trimmed;
}

/** Moves `udate`, and with it `updated_timestamp`. */
export function touch(account: Account, person: PersonRow, at: number): void {
  person.updatedAt = at;
  person.touchedAt = at;
  account.people.save(person);
}

/** Keys that are absent are left alone. Moves `udate` also when nothing is different: an identical `contact/sync` does. */
export function changeDetails(account: Account, person: PersonRow, details: PersonDetails, at: number): void {
  Object.assign(person, details);
  touch(account, person, at);
}

export function changeEmail(account: Account, person: PersonRow, email: string, at: number): void {
  account.people.changeEmail(person, storedEmail(account, email));
  touch(account, person, at);
}

/** Creates or overwrites the value; the id of the value stays. Null where the account has no such field. Leaves `udate` to the caller. */
export function setFieldValue(account: Account, person: PersonRow, field: number, value: string, at: number): FieldValueRow | null {
  if (account.fields.get(String(field)) === undefined) return null;
  const known = person.fields.find((candidate) => candidate.field === field);
  if (known !== undefined) {
    known.value = value;
    known.updatedAt = at;
    return known;
  }
  const row = { id: account.nextId('fieldValues'), field, value, createdAt: at, updatedAt: at };
  person.fields.push(row);
  return row;
}

/** Tag names are unique for each type, without regard to case. */
export function findTag(account: Account, name: string, tagType = 'contact'): TagRow | undefined {
  const folded = name.trim().toLowerCase();
  return account.tags.values().find((tag) => tag.tagType === tagType && tag.name.toLowerCase() === folded);
}

export function createTag(account: Account, name: string, at: number, more: { tagType?: string; description?: string } = {}): TagRow {
  const tag = {
    id: account.nextId('tags'),
    name: name.trim(),
    tagType: more.tagType ?? 'contact',
    description: more.description ?? '',
    createdAt: at,
    updatedAt: at,
  };
  account.tags.put(String(tag.id), tag);
  return tag;
}

export interface TagAddition {
  readonly udate: 'moves' | 'stays';
  /** Whether automations that start with this tag run. */
  readonly automations: 'run' | 'excluded';
}

/** A repetition answers the link that is there and changes nothing. */
export function addTag(
  account: Account,
  person: PersonRow,
  tag: TagRow,
  at: number,
  { udate, automations }: TagAddition,
): { readonly link: TagLinkRow; readonly added: boolean } {
  const known = person.tags.find((candidate) => candidate.tag === tag.id);
  if (known !== undefined) return { link: known, added: false };
  const link = { id: account.nextId('contactTags'), tag: tag.id, createdAt: at };
  account.people.attachTag(person, link);
  tag.updatedAt = at;
  account.tags.put(String(tag.id), tag);
  if (udate === 'moves') touch(account, person, at);
  if (automations === 'run') startAutomations(account, person, at, (automation) => automation.startTag === tag.name.toLowerCase());
  return { link, added: true };
}

export function removeTag(account: Account, person: PersonRow, link: number, at: number): void {
  account.people.detachTag(person, link);
  if (account.variant.tagRemovalMovesUdate) touch(account, person, at);
}

/** Subscribes (1), also somebody who unsubscribed, or unsubscribes (2). A status that is there already changes nothing. */
export function setListStatus(
  account: Account,
  person: PersonRow,
  list: number,
  status: number,
  at: number,
  more: { readonly campaign?: number; readonly automations?: 'run' | 'excluded' } = {},
): { readonly membership: ListMembershipRow; readonly known: boolean } {
  const known = person.lists.find((candidate) => candidate.list === list);
  if (known?.status === status) return { membership: known, known: true };
  const unsubscribed = status === 2;
  const membership: ListMembershipRow = {
    id: known?.id ?? account.nextId('contactLists'),
    list,
    status,
    subscribedAt: status === 1 ? at : (known?.subscribedAt ?? null),
    unsubscribedAt: unsubscribed ? at : null,
    campaign: unsubscribed ? (more.campaign ?? null) : null,
  };
  if (known === undefined) account.people.attachList(person, membership);
  else Object.assign(known, membership);
  touch(account, person, at);
  if (status === 1 && more.automations !== 'excluded') {
    startAutomations(account, person, at, (automation) => automation.startList === list);
  }
  return { membership: known ?? membership, known: known !== undefined };
}

function startAutomations(account: Account, person: PersonRow, at: number, starts: (automation: AutomationRow) => boolean): void {
  for (const automation of [...account.automations.values()].filter((row) => row.active && starts(row))) {
    const entered = account.automationRuns.values().some((run) => run.automation === automation.id && run.person === person.id);
    if (!entered) enterAutomation(account, person, automation, at);
  }
}

/** Entering does not move `udate`; the tags that the steps add do, by the variant. */
export function enterAutomation(account: Account, person: PersonRow, automation: AutomationRow, at: number): void {
  const run = { id: account.nextId('contactAutomations'), person: person.id, automation: automation.id, enteredAt: at };
  account.automationRuns.put(String(run.id), run);
  automation.entered += 1;
  account.automations.put(String(automation.id), automation);
  const udate = account.variant.automationTagsMoveUdate ? 'moves' : 'stays';
  for (const name of automation.addsTags) {
    addTag(account, person, findTag(account, name) ?? createTag(account, name, at), at, { udate, automations: 'run' });
  }
}

/** Takes the tag from everybody who has it. */
export function deleteTag(account: Account, tag: TagRow, at: number): void {
  for (const person of account.people.all()) {
    for (const link of person.tags.filter((candidate) => candidate.tag === tag.id)) removeTag(account, person, link.id, at);
  }
  account.tags.delete(String(tag.id));
}

/** Permanent, and invisible to every filter by date. */
export function deletePerson(account: Account, person: PersonRow): void {
  account.people.remove(person);
  for (const run of [...account.automationRuns.values()].filter((candidate) => candidate.person === person.id)) {
    account.automationRuns.delete(String(run.id));
  }
}
