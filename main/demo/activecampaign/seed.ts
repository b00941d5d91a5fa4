import { tagNames } from '../../../shared/tags.ts';
import { interests, leadSources } from '../data-set/choices.ts';
import type { SamplePerson } from '../data-set/types.ts';
import type { Account } from './account.ts';
import { addField, addOption, addRelation } from './field-operations.ts';
import { createTag, findTag } from './operations.ts';
import type { AutomationRow } from './rows.ts';

interface SeededField {
  readonly title: string;
  readonly type: string;
  readonly options?: readonly string[];
}

/** One custom field of each type, most of them with a counterpart in Dynamics. */
const seededFields: readonly SeededField[] = [
  { title: 'Company', type: 'text' },
  { title: 'Job title', type: 'text' },
  { title: 'Country', type: 'text' },
  { title: 'Lead source', type: 'dropdown', options: leadSources.map((option) => option.label) },
  { title: 'Interests', type: 'checkbox', options: interests.map((option) => option.label) },
  { title: 'Birthday', type: 'date' },
  { title: 'Employees', type: 'number' },
  { title: 'Newsletter', type: 'radio', options: ['Yes', 'No'] },
  { title: 'Notes', type: 'textarea' },
  { title: 'Last event', type: 'datetime' },
  { title: 'Preferred products', type: 'listbox', options: ['Starter kit', 'Training', 'Spare parts'] },
  { title: 'Customer number', type: 'hidden' },
];

const seededLists = ['Newsletter', 'Customers'];

const seededAutomations: readonly (Pick<AutomationRow, 'name' | 'active' | 'startTag' | 'addsTags'> & {
  readonly startListName?: string;
})[] = [
  { name: 'Welcome series', active: true, startTag: null, startListName: 'Newsletter', addsTags: [] },
  { name: 'Hand over to sales', active: true, startTag: null, addsTags: [tagNames.lead, tagNames.pulled] },
  { name: 'Thank VIPs', active: true, startTag: 'vip', addsTags: ['thanked'] },
  { name: 'Webinar follow-up', active: true, startTag: 'webinar 2025', addsTags: [] },
  { name: 'Summer campaign 2023', active: false, startTag: null, addsTags: [] },
];

/** Fills a new account: fields, lists, automations, and these people. */
export function seedAccount(account: Account, people: readonly SamplePerson[]): void {
  const at = account.now();
  for (const { title, type, options = [] } of seededFields) {
    const field = addField(account, { title, type });
    for (const option of options) addOption(account, field, option);
    addRelation(account, field, 0);
  }
  const lists = new Map(seededLists.map((name) => [name, account.nextId('lists')]));
  for (const [name, id] of lists) account.lists.put(String(id), { id, name, createdAt: at });
  for (const { startListName, ...automation } of seededAutomations) {
    const id = account.nextId('automations');
    const startList = lists.get(startListName ?? '') ?? null;
    account.automations.put(String(id), { ...automation, id, startList, entered: 0, createdAt: at });
  }
  const fields = new Map(account.fields.values().map((field) => [field.title, field.id]));
  for (const person of people) addPerson(account, person, fields, lists);
}

/** Puts the row in as it is: nobody enters an automation by being there already. */
function addPerson(account: Account, person: SamplePerson, fields: ReadonlyMap<string, number>, lists: ReadonlyMap<string, number>): void {
  const createdAt = person.createdAt === undefined ? account.now() : Date.parse(person.createdAt);
  const updatedAt = person.updatedAt === undefined ? createdAt : Date.parse(person.updatedAt);
  const id = Number(person.id);
  account.reserveId('contacts', id);
  account.people.add({
    id,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    phone: person.phone,
    organization: person.fields.Company ?? '',
    createdAt,
    updatedAt,
    touchedAt: updatedAt,
    hardBounces: person.bounced === 'hard' ? 1 : 0,
    softBounces: person.bounced === 'soft' ? 2 : 0,
    bouncedAt: person.bounced === undefined ? null : updatedAt,
    fields: Object.entries(person.fields).map(([title, value]) => ({
      id: account.nextId('fieldValues'),
      field: named(fields, title, 'custom field'),
      value,
      createdAt,
      updatedAt,
    })),
    tags: person.tags.map((name) => ({
      id: account.nextId('contactTags'),
      tag: (findTag(account, name) ?? createTag(account, name, createdAt)).id,
      createdAt: updatedAt,
    })),
    lists: person.lists.map(({ name, status, throughCampaign = false }) => ({
      id: account.nextId('contactLists'),
      list: named(lists, name, 'list'),
      status,
      subscribedAt: createdAt,
      unsubscribedAt: status === 2 ? updatedAt : null,
      campaign: throughCampaign ? 7 : null,
    })),
  });
}

function named(ids: ReadonlyMap<string, number>, name: string, what: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The sample account has no ${what} "${name}"`);
  return id;
}
