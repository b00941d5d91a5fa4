import { z } from 'zod';
import { tagWire } from './account-wire.ts';
import { type Answer, badRequest, created, notFound, ok, sentId, sentText, unprocessable, wrapped } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { addTag, createTag, findTag, removeTag } from './operations.ts';
import { page, paging } from './paging.ts';
import { contactTagWire, contactWire } from './person-wire.ts';

/** https://developers.activecampaign.com/reference/tags and .../contact-tags */
export const tagEndpoints: readonly Endpoint[] = [
  ['GET', '/tags', listTags],
  ['POST', '/tags', create],
  ['GET', '/contactTags', listLinks],
  ['POST', '/contactTags', attach],
  ['DELETE', '/contactTags/:id', detach],
];

const tagBody = z.looseObject({ tag: sentText.optional(), tagType: sentText.optional(), description: sentText.optional() });
const linkBody = z.looseObject({ contact: sentId, tag: sentId });

function listTags({ account, query }: Call): Answer {
  // A tag of another type than `contact` exists, but no list shows it.
  const shown = [...account.tags.values()].filter((tag) => tag.tagType === 'contact');
  const { rows, meta } = page(query, shown.filter(matchesSearch(query)));
  return ok({ tags: rows.map((tag) => tagWire(account, tag)), meta });
}

/** `search=x` contains; `filters[search][contains|starts_with|eq]=x` too; a plain `filters[search]=x` does not filter. */
function matchesSearch(query: URLSearchParams): (tag: { readonly name: string }) => boolean {
  const asked = (name: string) => query.get(name)?.toLowerCase() ?? '';
  const contains = [asked('search'), asked('filters[search][contains]')];
  const start = asked('filters[search][starts_with]');
  const equal = asked('filters[search][eq]');
  return ({ name }) => {
    const folded = name.toLowerCase();
    return contains.every((text) => folded.includes(text)) && folded.startsWith(start) && (equal === '' || folded === equal);
  };
}

function create({ account, body }: Call): Answer {
  const sent = wrapped(body, 'tag', tagBody);
  if (sent?.tag === undefined || sent.tag.trim() === '') return unprocessable({ title: 'Tag name not provided', code: 'field_missing' });
  const { tag: name, tagType = 'template', description = '' } = sent;
  const known = findTag(account, name, tagType);
  if (known !== undefined) {
    if (account.variant.existingTag === 'answered') return ok({ tag: tagWire(account, known) });
    const error = `Duplicate entry '${known.tagType}-${known.name}' for key 'typetag'`;
    return { status: 422, json: { message: 'Could not process request', error } };
  }
  return created({ tag: tagWire(account, createTag(account, name, account.now(), { tagType, description })) });
}

/** Account-wide. Whatever it is asked for, it answers all links: its filters are ignored. */
function listLinks({ account, query }: Call): Answer {
  const { limit, offset } = paging(query);
  const total = [...account.tags.values()].reduce((sum, tag) => sum + account.people.countWithTag(tag.id), 0);
  const links = account.people.tagLinks(offset, limit);
  return ok({ contactTags: links.map(({ person, link }) => contactTagWire(account, person, link)), meta: { total: String(total) } });
}

function attach({ account, body }: Call): Answer {
  const sent = wrapped(body, 'contactTag', linkBody);
  if (sent === null) return badRequest('The request has no contactTag');
  if (sent.contact === null) return unprocessable({ title: 'Missing attribute', detail: 'contact' });
  if (sent.tag === null) return unprocessable({ title: 'No tag id provided' });
  const person = account.people.get(sent.contact);
  if (person === undefined) return notFound('Subscriber', sent.contact);
  const tag = account.tags.get(String(sent.tag));
  if (tag === undefined) return notFound('Tag', sent.tag);
  const { link, added } = addTag(account, person, tag, account.now(), { udate: 'moves', automations: 'run' });
  const contactTag = contactTagWire(account, person, link);
  return ok(added ? { contacts: [contactWire(account, person)], contactTag } : { contactTag });
}

/** By the id of the link, never of the tag. */
function detach({ account, ids }: Call): Answer {
  const id = ids[0] ?? 0;
  const person = account.people.ownerOfTagLink(id);
  if (person === undefined) return notFound('SubscriberTag', id);
  removeTag(account, person, id, account.now());
  return ok({});
}
