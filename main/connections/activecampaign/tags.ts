import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { readAllPages } from './pages.ts';
import type { ApiRequests } from './requests.ts';
import type { Tag } from './types.ts';
import { count, id, listOf, text } from './wire.ts';

const tagRow = z.object({ id, tag: text, subscriber_count: count });

/** `search` finds names that contain it; `filters[search]` without an operator is ignored by the service. */
export async function readTags(requests: ApiRequests, search: string): Promise<readonly Tag[]> {
  const { rows } = await readAllPages(requests, {
    path: 'tags',
    query: { search },
    what: 'read the tags',
    answer: z.object({ tags: listOf(tagRow) }),
    rows: (page) => page.tags,
  });
  return rows.map(tagOf);
}

/**
 * Creates the tag, or answers the one that has this name. ActiveCampaign compares names without regard to case, and was seen to answer
 * the existing tag in some accounts and to refuse with "Duplicate entry" in others.
 */
export async function createTag(requests: ApiRequests, name: string): Promise<Tag> {
  try {
    const { value } = await requests.call({
      method: 'POST',
      path: 'tags',
      // Without this type the tag is neither offered in ActiveCampaign nor listed.
      body: { tag: { tag: name, tagType: 'contact', description: 'Used by Leadferry to know who takes part in the sync.' } },
      idempotent: true,
      what: `create the tag "${name}"`,
      answer: z.object({ tag: tagRow }),
    });
    return tagOf(value.tag);
  } catch (error) {
    if (!(error instanceof ServiceError) || !['already-exists', 'refused-value', 'service-down'].includes(error.code)) throw error;
    const existing = (await readTags(requests, name)).find((tag) => isSameTagName(tag.name, name));
    if (existing === undefined) throw error;
    return existing;
  }
}

/** Tag names are the same without regard to case. */
export function isSameTagName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function tagOf(row: z.output<typeof tagRow>): Tag {
  return { id: row.id, name: row.tag, subscriberCount: row.subscriber_count };
}
