import type { Account } from './account.ts';
import { fieldWire, listWire, tagWire } from './account-wire.ts';
import { automationRunWire, contactListWire, contactTagWire, fieldValueWire } from './person-wire.ts';
import type { PersonRow } from './rows.ts';

/**
 * The arrays that `include=` puts beside `contacts`, and the ids of their rows that it puts into each contact.
 * https://developers.activecampaign.com/reference/sideloading
 */
export function sideload(
  account: Account,
  include: string | null,
  people: readonly PersonRow[],
): { readonly arrays: Record<string, unknown[]>; readonly idsOf: (person: PersonRow) => Record<string, string[]> } {
  const wanted = new Set(account.variant.include === 'ignored' ? [] : (include ?? '').split(',').map((name) => name.trim()));
  const has = (name: string) => wanted.has(name) || [...wanted].some((other) => other.startsWith(`${name}.`));
  const arrays: Record<string, unknown[]> = {};
  const ids: ((person: PersonRow) => Record<string, string[]>)[] = [];
  const idTexts = (rows: readonly { readonly id: number }[]) => rows.map((row) => String(row.id));

  if (has('contactTags')) {
    arrays.contactTags = people.flatMap((person) => person.tags.map((tag) => contactTagWire(account, person, tag)));
    ids.push((person) => ({ contactTags: idTexts(person.tags) }));
  }
  if (has('contactTags.tag')) {
    const used = new Set(people.flatMap((person) => person.tags.map((tag) => tag.tag)));
    arrays.tags = [...account.tags.values()].filter((tag) => used.has(tag.id)).map((tag) => tagWire(account, tag));
  }
  if (has('fieldValues')) {
    arrays.fieldValues = people.flatMap((person) => person.fields.map((value) => fieldValueWire(account, person, value)));
    ids.push((person) => ({ fieldValues: idTexts(person.fields) }));
  }
  if (has('fieldValues.field')) {
    const used = new Set(people.flatMap((person) => person.fields.map((value) => value.field)));
    arrays.fields = [...account.fields.values()].filter((field) => used.has(field.id)).map((field) => fieldWire(account, field));
  }
  if (has('contactLists')) {
    arrays.contactLists = people.flatMap((person) => person.lists.map((list) => contactListWire(account, person, list)));
    ids.push((person) => ({ contactLists: idTexts(person.lists) }));
  }
  if (has('contactLists.list')) {
    const used = new Set(people.flatMap((person) => person.lists.map((membership) => membership.list)));
    arrays.lists = [...account.lists.values()].filter((list) => used.has(list.id)).map((list) => listWire(account, list));
  }
  if (has('contactAutomations')) {
    const asked = new Set(people.map((person) => person.id));
    const runs = [...account.automationRuns.values()].filter((run) => asked.has(run.person));
    arrays.contactAutomations = runs.map((run) => automationRunWire(account, run));
    ids.push((person) => ({ contactAutomations: idTexts(runs.filter((run) => run.person === person.id)) }));
  }
  if (has('organization')) arrays.organizations = [];
  return { arrays, idsOf: (person) => Object.fromEntries(ids.flatMap((read) => Object.entries(read(person)))) };
}
