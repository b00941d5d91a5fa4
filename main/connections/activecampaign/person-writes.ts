import { z } from 'zod';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import type { ApiRequests } from './requests.ts';
import type { PersonTag, PersonWrite } from './types.ts';
import { id, moment, personId } from './wire.ts';

/** Only keys that are meant to be written: an absent one is left alone by the service, an empty one clears. */
function wirePerson(person: PersonWrite) {
  const { fields, ...own } = person;
  return {
    ...own,
    ...(fields === undefined ? {} : { fieldValues: Object.entries(fields).map(([field, value]) => ({ field, value })) }),
  };
}

/** `contact/sync` upserts by e-mail; its plural sister only creates. */
export async function syncPerson(
  requests: ApiRequests,
  person: PersonWrite & { readonly email: string },
): Promise<{ readonly id: ActiveCampaignId; readonly created: boolean }> {
  const { value, response } = await requests.call({
    method: 'POST',
    path: 'contact/sync',
    body: { contact: wirePerson(person) },
    idempotent: true,
    what: 'save a contact',
    scope: 'record',
    answer: z.object({ contact: z.object({ id: personId, cdate: moment, udate: moment }) }),
  });
  const { contact } = value;
  // 201 is documented for both; 200 was seen for people who existed. A fresh person was created and changed at the same moment.
  return { id: contact.id, created: response.status === 201 && contact.cdate === contact.udate };
}

export async function updatePerson(requests: ApiRequests, person: ActiveCampaignId, changes: PersonWrite): Promise<void> {
  await requests.call({
    method: 'PUT',
    path: `contacts/${person}`,
    body: { contact: wirePerson(changes) },
    idempotent: true,
    what: 'change a contact',
    scope: 'record',
    answer: z.object({ contact: z.object({ id: personId }) }),
  });
}

/** Adding a tag that is there already answers the same link. */
export async function addTag(requests: ApiRequests, person: ActiveCampaignId, tagId: string): Promise<PersonTag> {
  const { value } = await requests.call({
    method: 'POST',
    path: 'contactTags',
    body: { contactTag: { contact: person, tag: tagId } },
    idempotent: true,
    what: 'give a contact a tag',
    scope: 'record',
    answer: z.object({ contactTag: z.object({ id }) }),
  });
  return { linkId: value.contactTag.id, tagId };
}

export async function removeTag(requests: ApiRequests, linkId: string): Promise<void> {
  const sent = await requests.send({
    method: 'DELETE',
    path: `contactTags/${encodeURIComponent(linkId)}`,
    idempotent: true,
    what: 'take a tag from a contact',
    scope: 'record',
  });
  if (sent.response.status >= 200 && sent.response.status < 300) return;
  const error = await requests.refusal(sent);
  // An automation was faster.
  if (error.code !== 'not-found') throw error;
}

export async function setListStatus(requests: ApiRequests, person: ActiveCampaignId, listId: string, status: 1 | 2): Promise<void> {
  await requests.call({
    method: 'POST',
    path: 'contactLists',
    body: { contactList: { list: listId, contact: person, status } },
    idempotent: true,
    what: status === 1 ? 'subscribe a contact to a list' : 'unsubscribe a contact from a list',
    scope: 'record',
    answer: z.object({ contactList: z.object({ id }) }),
  });
}
