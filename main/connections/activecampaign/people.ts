import { z } from 'zod';
import { serverTime } from '../http/exchange.ts';
import { readAllPages } from './pages.ts';
import type { ApiRequests } from './requests.ts';
import type { ListMembership, PeoplePage, PeopleQuery, Person, PersonTag } from './types.ts';
import { count, id, listOf, meta, moment, personId, text } from './wire.ts';

const contactRow = z.object({
  id: personId,
  email: text,
  firstName: text,
  lastName: text,
  phone: text,
  udate: moment,
  cdate: moment,
  bounced_hard: count,
  bounced_soft: count,
});

const tagLinks = listOf(z.object({ id, contact: id, tag: id }));
const fieldValues = listOf(z.object({ id, contact: id, field: id, value: text }));
const listLinks = listOf(z.object({ id, contact: id, list: id, status: count, campaign: text }));

/** The sideloaded lists stay undefined where the answer lacks them, which is not the same as empty. */
const peopleAnswer = z.object({
  contacts: z.array(contactRow),
  contactTags: tagLinks.optional(),
  fieldValues: fieldValues.optional(),
  contactLists: listLinks.optional(),
  meta,
});

type ContactRow = z.output<typeof contactRow>;
type TagLink = z.output<typeof tagLinks>[number];
type FieldValue = z.output<typeof fieldValues>[number];
type ListLink = z.output<typeof listLinks>[number];

/** `orders[id]=ASC` with `id_greater` is the paging that ActiveCampaign advises (https://developers.activecampaign.com/reference/pagination). */
function peopleParameters(query: PeopleQuery): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(query.limit ?? 100), 'orders[id]': 'ASC' });
  if (query.afterId !== undefined) parameters.set('id_greater', query.afterId);
  if (query.updatedAfter !== undefined) parameters.set('filters[updated_after]', query.updatedAfter);
  if (query.tagId !== undefined) parameters.set('tagid', query.tagId);
  if (query.listId !== undefined) parameters.set('listid', query.listId);
  if (query.status !== undefined) parameters.set('status', String(query.status));
  if (query.email !== undefined) parameters.set('email', query.email);
  for (const each of query.ids ?? []) parameters.append('ids[]', each);
  parameters.set('include', 'contactTags,fieldValues,contactLists');
  return parameters;
}

export async function readPeople(requests: ApiRequests, query: PeopleQuery): Promise<PeoplePage> {
  const { value, response } = await requests.call({
    method: 'GET',
    path: 'contacts',
    query: peopleParameters(query),
    idempotent: true,
    turns: query.atHalfPace === true ? 2 : 1,
    what: 'read the contacts',
    answer: peopleAnswer,
  });
  const tags = Map.groupBy(value.contactTags ?? [], (link) => link.contact);
  const fields = Map.groupBy(value.fieldValues ?? [], (field) => field.contact);
  const lists = Map.groupBy(value.contactLists ?? [], (link) => link.contact);
  return {
    people: value.contacts.map((row) => personOf(row, tags.get(row.id) ?? [], fields.get(row.id) ?? [], lists.get(row.id) ?? [])),
    total: value.meta?.total ?? value.contacts.length,
    sideloaded:
      value.contacts.length === 0 ||
      (value.contactTags !== undefined && value.fieldValues !== undefined && value.contactLists !== undefined),
    serverTime: serverTime(response.headers),
  };
}

export async function withNestedReads(requests: ApiRequests, person: Person): Promise<Person> {
  const path = `contacts/${person.id}`;
  const [tags, fields, lists] = await Promise.all([
    readAllPages(requests, {
      path: `${path}/contactTags`,
      what: 'read the tags of a contact',
      answer: z.object({ contactTags: tagLinks }),
      rows: (page) => page.contactTags,
    }),
    readAllPages(requests, {
      path: `${path}/fieldValues`,
      what: 'read the custom fields of a contact',
      answer: z.object({ fieldValues }),
      rows: (page) => page.fieldValues,
    }),
    readAllPages(requests, {
      path: `${path}/contactLists`,
      what: 'read the lists of a contact',
      answer: z.object({ contactLists: listLinks }),
      rows: (page) => page.contactLists,
    }),
  ]);
  return {
    ...person,
    tags: tags.rows.map(tagOf),
    fields: fieldsOf(fields.rows),
    lists: lists.rows.map(membershipOf),
  };
}

export async function countPeople(requests: ApiRequests, status: number): Promise<number> {
  const { value } = await requests.call({
    method: 'GET',
    path: 'contacts',
    query: new URLSearchParams({ limit: '1', status: String(status) }),
    idempotent: true,
    what: 'count the contacts',
    answer: z.object({ contacts: z.array(z.unknown()), meta: z.object({ total: count }) }),
  });
  return value.meta.total;
}

function personOf(row: ContactRow, tags: readonly TagLink[], fields: readonly FieldValue[], lists: readonly ListLink[]): Person {
  return {
    id: row.id,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    fields: fieldsOf(fields),
    tags: tags.map(tagOf),
    lists: lists.map(membershipOf),
    updatedAt: row.udate,
    createdAt: row.cdate,
    bounced: row.bounced_hard + row.bounced_soft > 0,
  };
}

function tagOf(link: TagLink): PersonTag {
  return { linkId: link.id, tagId: link.tag };
}

function fieldsOf(values: readonly FieldValue[]): Record<string, string> {
  return Object.fromEntries(values.filter(({ value }) => value !== '').map(({ field, value }) => [field, value]));
}

function membershipOf(link: ListLink): ListMembership {
  return { listId: link.list, status: link.status, throughCampaign: link.campaign !== '' && link.campaign !== '0' };
}
