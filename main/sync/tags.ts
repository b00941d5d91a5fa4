import { z } from 'zod';
import { tagKeys, tagNames } from '../../shared/tags.ts';
import type { ActiveCampaignClient, Tag } from '../connections/activecampaign/types.ts';
import type { Log } from '../log/log.ts';
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { transaction } from '../store/transaction.ts';
import { committedCursors, cursorsKey } from './plan/commit.ts';
import type { TagIds } from './read/observe.ts';
import { sweepKey } from './read/sweep-people.ts';
import { RunRefused } from './run-refused.ts';

const tagIdsSchema = z.object({ lead: z.string(), contact: z.string(), pulled: z.string(), pushed: z.string() });
const tagIdsKey = 'tagIds';

export interface EnsureTagsOptions {
  readonly store: SyncStore;
  readonly activeCampaign: ActiveCampaignClient;
  readonly log: Log;
  readonly run: number;
}

/** The ids of the four tags; those that are missing are created. */
export async function ensureTags({ store, activeCampaign, log, run }: EnsureTagsOptions): Promise<TagIds> {
  const known = readMeta(store.database, tagIdsKey, tagIdsSchema);
  if (known !== undefined) return known;
  const existing = new Map((await activeCampaign.tags('D365')).map((tag) => [tag.name.toLowerCase(), tag.id]));
  const ids = {} as Record<(typeof tagKeys)[number], string>;
  for (const key of tagKeys) {
    const id = existing.get(tagNames[key].toLowerCase());
    ids[key] = id ?? (await activeCampaign.createTag(tagNames[key])).id;
    if (id === undefined)
      log.write({ level: 'info', event: 'tag.created', run, message: `Created the tag "${tagNames[key]}" in ActiveCampaign` });
  }
  writeMeta(store.database, tagIdsKey, ids);
  return ids;
}

/**
 * A tag that somebody has deleted has left everybody, and one that is made anew has another id. One that was only given another name is still
 * there for those who have it.
 * @param listed what the service lists by the names of the four.
 * @throws RunRefused where one is gone; `forgetTags` lets the next try make it again.
 */
export async function refuseDeletedTags(client: ActiveCampaignClient, tagIds: TagIds, listed: readonly Tag[]): Promise<void> {
  const ids = new Set(listed.map(({ id }) => id));
  for (const key of tagKeys) {
    if (ids.has(tagIds[key]) || (await client.people({ tagId: tagIds[key], limit: 1 })).people.length > 0) continue;
    throw new RunRefused(
      'tag-deleted',
      `Somebody has deleted the tag "${tagNames[key]}" in ActiveCampaign, and with it has taken it from everybody.`,
      'It is made again. Give it to those who are to go on; the sync of the others ends, and both sides stay as they are.',
    );
  }
}

/** The ids hold no longer; whatever was read of people's tags was read by them. */
export function forgetTags(store: SyncStore): void {
  transaction(store.database, () => {
    deleteMeta(store.database, tagIdsKey);
    deleteMeta(store.database, sweepKey);
    writeMeta(store.database, cursorsKey, { ...committedCursors(store), people: null });
  });
}
