import { z } from 'zod';
import { listWire } from './account-wire.ts';
import { type Answer, badRequest, notFound, ok, sentId, unprocessable, wrapped } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { setListStatus } from './operations.ts';
import { page } from './paging.ts';
import { contactListWire, contactWire } from './person-wire.ts';

/** https://developers.activecampaign.com/reference/lists and .../update-list-status-for-contact */
export const listEndpoints: readonly Endpoint[] = [
  ['GET', '/lists', listLists],
  ['GET', '/contactLists', listMemberships],
  ['POST', '/contactLists', setStatus],
];

const membershipBody = z.looseObject({ contact: sentId, list: sentId, status: sentId });

function listLists({ account, query }: Call): Answer {
  const name = query.get('filters[name]')?.toLowerCase();
  const { rows, meta } = page(
    query,
    [...account.lists.values()].filter((list) => name === undefined || list.name.toLowerCase() === name),
  );
  return ok({ lists: rows.map((list) => listWire(account, list)), meta });
}

/** Account-wide. Ignores `filters[list]`, `filters[contact]` and their kin, and shows the members of all lists. */
function listMemberships({ account, query }: Call): Answer {
  const { rows, meta } = page(
    query,
    account.people.all().flatMap((person) => person.lists.map((membership) => ({ person, membership }))),
  );
  return ok({ contactLists: rows.map(({ person, membership }) => contactListWire(account, person, membership)), meta });
}

/** Also subscribes again whoever unsubscribed: the service does not stop it. */
function setStatus({ account, body }: Call): Answer {
  const sent = wrapped(body, 'contactList', membershipBody);
  if (sent === null) return badRequest('The request has no contactList');
  const { contact, list, status } = sent;
  if (contact === null || list === null)
    return unprocessable({ title: 'Missing attribute', detail: contact === null ? 'contact' : 'list' });
  if (status === null || status > 3) return unprocessable({ title: 'Invalid status', pointer: '/data/attributes/status' });
  const person = account.people.get(contact);
  if (person === undefined) return notFound('Subscriber', contact);
  if (account.lists.get(String(list)) === undefined) return notFound('List', list);
  const { membership, known } = setListStatus(account, person, list, status, account.now());
  const contactList = { ...contactListWire(account, person, membership), status };
  // The same ids come as text for a membership that was there and as numbers for a new one.
  return ok(known ? { contactList } : { contacts: [contactWire(account, person)], contactList: { ...contactList, contact, list } });
}
