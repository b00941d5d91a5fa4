import { z } from 'zod';
import type { Account } from './account.ts';
import { type Answer, badRequest, created, notFound, ok, sentId, sentText, unprocessable, wrapped } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { queryPeople } from './contact-query.ts';
import { isAcceptedEmail } from './email-rules.ts';
import { changeDetails, changeEmail, createPerson, deletePerson, type PersonDetails, setFieldValue } from './operations.ts';
import { idParameter, page, paging } from './paging.ts';
import { automationRunWire, contactListWire, contactTagWire, contactWire, fieldValueWire } from './person-wire.ts';
import type { FieldValueRow, PersonRow } from './rows.ts';
import { sideload } from './sideload.ts';

/** https://developers.activecampaign.com/reference/contact */
export const contactEndpoints: readonly Endpoint[] = [
  ['GET', '/contacts', list],
  ['GET', '/contacts/:id', read],
  ['POST', '/contacts', create],
  // Not an upsert: the plural is routed to the plain creation. The upsert is `/contact/sync`.
  ['POST', '/contacts/sync', create],
  ['POST', '/contact/sync', sync],
  ['PUT', '/contacts/:id', update],
  // Not documented, but accepted.
  ['PATCH', '/contacts/:id', update],
  ['DELETE', '/contacts/:id', remove],
  [
    'GET',
    '/contacts/:id/contactTags',
    nested('contactTags', (account, person) => person.tags.map((tag) => contactTagWire(account, person, tag))),
  ],
  [
    'GET',
    '/contacts/:id/contactLists',
    nested('contactLists', (account, person) => person.lists.map((row) => contactListWire(account, person, row))),
  ],
  [
    'GET',
    '/contacts/:id/fieldValues',
    nested('fieldValues', (account, person) => person.fields.map((row) => fieldValueWire(account, person, row))),
  ],
  ['GET', '/contacts/:id/contactAutomations', nested('contactAutomations', runsOf)],
];

const contactBody = z.looseObject({
  email: sentText.optional(),
  firstName: sentText.optional(),
  lastName: sentText.optional(),
  phone: sentText.optional(),
  orgname: sentText.optional(),
  fieldValues: z.array(z.looseObject({ field: sentId, value: sentText })).optional(),
});
type ContactBody = z.infer<typeof contactBody>;

function list({ account, query }: Call): Answer {
  const { people, total } = queryPeople(account, query);
  const { arrays, idsOf } = sideload(account, query.get('include'), people);
  return ok({
    scoreValues: [],
    ...arrays,
    contacts: people.map((person) => ({ ...contactWire(account, person), scoreValues: [], accountContacts: [], ...idsOf(person) })),
    meta: { page_input: pageInput(query), total: String(total), sortable: true },
  });
}

function pageInput(query: URLSearchParams) {
  return {
    segmentid: 0,
    formid: 0,
    listid: idParameter(query, 'listid') ?? 0,
    tagid: idParameter(query, 'tagid') ?? 0,
    ...paging(query),
    search: query.get('search'),
    sort: null,
    seriesid: idParameter(query, 'seriesid') ?? 0,
    waitid: 0,
    status: idParameter(query, 'status') ?? -1,
    forceQuery: 0,
  };
}

/** Everything but the tags. */
function read({ account, ids }: Call): Answer {
  const person = account.people.get(ids[0] ?? 0);
  if (person === undefined) return notFound('Subscriber', ids[0] ?? 0);
  const arrays = {
    contactAutomations: runsOf(account, person),
    contactLists: person.lists.map((row) => contactListWire(account, person, row)),
    deals: [],
    fieldValues: person.fields.map((row) => fieldValueWire(account, person, row)),
    geoIps: [],
    accountContacts: [],
  };
  const idsOnly = Object.fromEntries(Object.entries(arrays).map(([name, rows]) => [name, rows.map((row) => row.id)]));
  return ok({ ...arrays, contact: { ...contactWire(account, person), ...idsOnly } });
}

function create({ account, body }: Call): Answer {
  const contact = wrapped(body, 'contact', contactBody);
  if (contact === null) return badRequest('The request has no contact');
  const email = contact.email ?? '';
  const refusal = emailRefusal(account, email, null);
  if (refusal !== null) return refusal;
  const at = account.now();
  const person = createPerson(account, email, detailsOf(contact), at);
  return answerWrite(account, person, writeFields(account, person, contact, at), created);
}

/** Upsert by e-mail. 201 for a new person, 200 for a known one. */
function sync({ account, body }: Call): Answer {
  const contact = wrapped(body, 'contact', contactBody);
  if (contact?.email === undefined || contact.email === '') return badRequest('Contact email must be provided for sync');
  if (!isAcceptedEmail(contact.email)) return invalidEmail();
  const at = account.now();
  const known = account.people.byEmail(contact.email);
  const person = known ?? createPerson(account, contact.email, {}, at);
  changeDetails(account, person, detailsOf(contact), at);
  return answerWrite(account, person, writeFields(account, person, contact, at), known === undefined ? created : ok);
}

function update({ account, ids, body }: Call): Answer {
  const person = account.people.get(ids[0] ?? 0);
  if (person === undefined) return notFound('Subscriber', ids[0] ?? 0);
  const contact = wrapped(body, 'contact', contactBody);
  if (contact === null) return badRequest('The request has no contact');
  const at = account.now();
  if (contact.email !== undefined) {
    const refusal = emailRefusal(account, contact.email, person);
    if (refusal !== null) return refusal;
    changeEmail(account, person, contact.email, at);
  }
  changeDetails(account, person, detailsOf(contact), at);
  return answerWrite(account, person, writeFields(account, person, contact, at), ok);
}

function remove({ account, ids }: Call): Answer {
  const person = account.people.get(ids[0] ?? 0);
  if (person === undefined) return notFound('Subscriber', ids[0] ?? 0);
  deletePerson(account, person);
  return ok({});
}

function emailRefusal(account: Account, email: string, self: PersonRow | null): Answer | null {
  if (!isAcceptedEmail(email)) return invalidEmail();
  const owner = account.people.byEmail(email);
  if (owner === undefined || owner === self) return null;
  return unprocessable({
    title: 'Email address already exists in the system',
    detail: '',
    code: 'duplicate',
    pointer: '/data/attributes/email',
  });
}

function invalidEmail(): Answer {
  return unprocessable({ title: 'Email address is not valid', code: 'email_invalid', pointer: '/data/attributes/email' });
}

/** Only the keys that were sent: a key that is absent is left alone, an empty one clears. */
function detailsOf({ firstName, lastName, phone, orgname }: ContactBody): PersonDetails {
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(phone === undefined ? {} : { phone }),
    ...(orgname === undefined ? {} : { organization: orgname }),
  };
}

/** Unknown fields, and personalisation tags in place of ids, are ignored without a word. */
function writeFields(account: Account, person: PersonRow, { fieldValues = [] }: ContactBody, at: number): FieldValueRow[] {
  const written = fieldValues.map(({ field, value }) => (field === null ? null : setFieldValue(account, person, field, value, at)));
  account.people.save(person);
  return written.filter((row) => row !== null);
}

/** `fieldValues` holds the values of this call alone; inside the contact they are ids. */
function answerWrite(account: Account, person: PersonRow, written: readonly FieldValueRow[], answer: (json: unknown) => Answer): Answer {
  if (written.length === 0) return answer({ contact: contactWire(account, person) });
  return answer({
    fieldValues: written.map((row) => fieldValueWire(account, person, row)),
    contact: { ...contactWire(account, person), fieldValues: written.map((row) => String(row.id)) },
  });
}

function runsOf(account: Account, person: PersonRow) {
  return [...account.automationRuns.values()].filter((run) => run.person === person.id).map((run) => automationRunWire(account, run));
}

function nested(name: string, rowsOf: (account: Account, person: PersonRow) => readonly unknown[]): (call: Call) => Answer {
  return ({ account, ids, query }) => {
    const person = account.people.get(ids[0] ?? 0);
    if (person === undefined) return notFound('Subscriber', ids[0] ?? 0);
    const { rows, meta } = page(query, rowsOf(account, person));
    return ok({ [name]: rows, meta });
  };
}
