import type { SampleStore } from '../sample-store.ts';
import { createIdOrderedSet, type IdOrderedSet } from './id-ordered.ts';
import { type ListMembershipRow, type PersonRow, personRow, type TagLinkRow } from './rows.ts';

/**
 * The people of the account with the indexes that keep 100,000 of them fast. Rows are changed in place and then saved; e-mail,
 * tags and lists are changed through the table alone, which keeps the indexes right.
 */
export interface PeopleTable {
  /** Ordered by id. */
  all(): readonly PersonRow[];
  get(id: number): PersonRow | undefined;
  /** Without regard to case. */
  byEmail(email: string): PersonRow | undefined;
  /** Ordered by id. */
  withTag(tag: number): readonly PersonRow[];
  countWithTag(tag: number): number;
  /** Ordered by id; whatever their status there. */
  onList(list: number): readonly PersonRow[];
  /** Whom a link between person and tag belongs to. */
  ownerOfTagLink(link: number): PersonRow | undefined;
  /** Every link between person and tag, in the order in which they were made, beginning with number `offset`. */
  tagLinks(offset: number, limit: number): readonly { readonly person: PersonRow; readonly link: TagLinkRow }[];
  add(person: PersonRow): void;
  save(person: PersonRow): void;
  changeEmail(person: PersonRow, email: string): void;
  remove(person: PersonRow): void;
  attachTag(person: PersonRow, link: TagLinkRow): void;
  detachTag(person: PersonRow, link: number): void;
  attachList(person: PersonRow, membership: ListMembershipRow): void;
}

const foldEmail = (email: string) => email.trim().toLowerCase();

export function openPeopleTable(store: SampleStore): PeopleTable {
  const rows = store.collection('activeCampaign.people', (stored) => personRow.parse(stored));
  const all = createIdOrderedSet<PersonRow>();
  const emails = new Map<string, PersonRow>();
  const tagged = new Map<number, IdOrderedSet<PersonRow>>();
  const listed = new Map<number, IdOrderedSet<PersonRow>>();
  const linkOwners = new Map<number, PersonRow>();

  const group = (groups: Map<number, IdOrderedSet<PersonRow>>, key: number) => {
    const known = groups.get(key) ?? createIdOrderedSet();
    groups.set(key, known);
    return known;
  };
  const index = (person: PersonRow) => {
    all.add(person);
    if (person.email !== '') emails.set(foldEmail(person.email), person);
    for (const { tag } of person.tags) group(tagged, tag).add(person);
    for (const { list } of person.lists) group(listed, list).add(person);
  };
  for (const person of rows.values()) index(person);
  const storedLinks = [...rows.values()].flatMap((person) => person.tags.map((link) => ({ person, link })));
  for (const { person, link } of storedLinks.sort((one, other) => one.link.id - other.link.id)) linkOwners.set(link.id, person);

  const save = (person: PersonRow) => rows.put(String(person.id), person);

  return {
    all: () => all.ordered(),
    get: (id) => rows.get(String(id)),
    byEmail: (email) => emails.get(foldEmail(email)),
    withTag: (tag) => tagged.get(tag)?.ordered() ?? [],
    countWithTag: (tag) => tagged.get(tag)?.size ?? 0,
    onList: (list) => listed.get(list)?.ordered() ?? [],
    ownerOfTagLink: (link) => linkOwners.get(link),
    tagLinks: (offset, limit) =>
      linkOwners
        .entries()
        .drop(offset)
        .take(limit)
        .flatMap(([id, person]) => person.tags.filter((link) => link.id === id).map((link) => ({ person, link })))
        .toArray(),
    add(person) {
      index(person);
      for (const link of person.tags) linkOwners.set(link.id, person);
      save(person);
    },
    save,
    changeEmail(person, email) {
      emails.delete(foldEmail(person.email));
      person.email = email;
      if (email !== '') emails.set(foldEmail(email), person);
      save(person);
    },
    remove(person) {
      all.delete(person.id);
      emails.delete(foldEmail(person.email));
      for (const { id, tag } of person.tags) {
        group(tagged, tag).delete(person.id);
        linkOwners.delete(id);
      }
      for (const { list } of person.lists) group(listed, list).delete(person.id);
      rows.delete(String(person.id));
    },
    attachTag(person, link) {
      person.tags.push(link);
      group(tagged, link.tag).add(person);
      linkOwners.set(link.id, person);
      save(person);
    },
    detachTag(person, id) {
      const link = person.tags.find((candidate) => candidate.id === id);
      if (link === undefined) return;
      person.tags = person.tags.filter((candidate) => candidate !== link);
      group(tagged, link.tag).delete(person.id);
      linkOwners.delete(id);
      save(person);
    },
    attachList(person, membership) {
      person.lists.push(membership);
      group(listed, membership.list).add(person);
      save(person);
    },
  };
}
