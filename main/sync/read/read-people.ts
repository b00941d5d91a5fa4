import { z } from 'zod';
import { type ActiveCampaignId, activeCampaignId } from '../../../shared/ids.ts';
import { type TagKey, tagKeys, tagNames } from '../../../shared/tags.ts';
import type { ActiveCampaignClient, PeoplePage, PeopleQuery } from '../../connections/activecampaign/types.ts';
import type { Log } from '../../log/log.ts';
import { deleteMeta, readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { type PeopleCursor, type SweepProgress, sweepProgressSchema } from './cursors.ts';
import { observePerson, type TagIds } from './observe.ts';
import { fingerprint } from './selection.ts';

export interface ReadPeopleContext {
  readonly client: ActiveCampaignClient;
  readonly store: SyncStore;
  readonly log: Log;
  readonly run: number;
  readonly tagIds: TagIds;
  /** Names of the fields that are kept. */
  readonly fields: readonly string[];
  readonly cursor: PeopleCursor | null;
  /** How far `updated_after` may be off: its precision and its zone are not documented. */
  readonly overlapMs: number;
  readonly now: () => number;
  /** Called after each page with the number of people read and, where it is known, of those to read. */
  readonly progress: (read: number, total: number | null) => Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;
const unsubscribedStatus = 2;
const sweepKey = 'activeCampaign.sweep';
const lastSweepKey = 'activeCampaign.lastSweep';

/**
 * Brings the people up to date and answers the cursor that the run's commit may keep.
 *
 * Changes come by `updated_after`; what it may miss (tags given by automations, unsubscriptions) shows in the service's counters, and a
 * sweep over everybody once a day finds the rest, deletions among it.
 */
export async function readPeople(context: ReadPeopleContext): Promise<PeopleCursor> {
  const { cursor } = context;
  const selection = fingerprint(context.fields);
  if (cursor === null || cursor.fingerprint !== selection) return sweepEverybody(context, selection);
  const since = new Date(cursor.watermark - context.overlapMs).toISOString();
  const passStart = await readPass(context, { updatedAfter: since }, nextSweep(context));
  const serverNow = passStart ?? cursor.watermark;
  if (serverNow - cursor.sweptAt >= dayMs) return sweepEverybody(context, selection);
  return { ...cursor, watermark: serverNow, unexplained: await explainCounters(context, cursor.unexplained) };
}

/** Numbers of sweeps only grow: a person met in a later one was not missed by an earlier one. */
function nextSweep({ store }: ReadPeopleContext): number {
  const next = (readMeta(store.database, lastSweepKey, z.number()) ?? 0) + 1;
  writeMeta(store.database, lastSweepKey, next);
  return next;
}

async function sweepEverybody(context: ReadPeopleContext, selection: string): Promise<PeopleCursor> {
  const { database, people } = context.store;
  const stored = readMeta(database, sweepKey, sweepProgressSchema);
  const resumed = stored?.fingerprint === selection ? stored : null;
  const sweep = resumed?.sweep ?? nextSweep(context);
  let startedAt = resumed?.startedAt ?? null;
  const after = resumed === null ? undefined : activeCampaignId(resumed.afterId);
  await readPass(context, after === undefined ? {} : { afterId: after }, sweep, (page, afterId) => {
    startedAt ??= page.serverTime ?? context.now();
    const progress: SweepProgress = { sweep, startedAt, afterId, fingerprint: selection };
    writeMeta(database, sweepKey, { ...progress });
  });
  const gone = transaction(database, () => {
    deleteMeta(database, sweepKey);
    return people.vanishUnseen(sweep);
  });
  if (gone > 0) {
    context.log.write({
      level: 'info',
      event: 'people.gone',
      run: context.run,
      message: `${gone} people no longer exist in ActiveCampaign`,
    });
  }
  const sweptAt = startedAt ?? context.now();
  return { watermark: sweptAt, fingerprint: selection, sweptAt, unexplained: await explainCounters(context, null) };
}

/**
 * Reads the people of a query page by page, in order of id.
 * @returns the service's time at the first page; null where nothing told it.
 */
async function readPass(
  context: ReadPeopleContext,
  query: PeopleQuery,
  sweep: number,
  afterPage: (page: PeoplePage, afterId: ActiveCampaignId) => void = () => undefined,
): Promise<number | null> {
  let startedAt: number | null = null;
  let total: number | null = null;
  let read = 0;
  for (let afterId = query.afterId; ; ) {
    const page = await context.client.people(afterId === undefined ? query : { ...query, afterId });
    startedAt ??= page.serverTime;
    // Later pages count only what is above their first id.
    total ??= page.total;
    await keep(context, page, sweep, afterPage);
    read += page.people.length;
    await context.progress(read, total);
    const last = page.people.at(-1);
    if (last === undefined || page.people.length < pageLimit) return startedAt;
    afterId = last.id;
  }
}

const pageLimit = 100;

async function keep(
  { client, store, fields, tagIds }: ReadPeopleContext,
  page: PeoplePage,
  sweep: number,
  afterPage: (page: PeoplePage, afterId: ActiveCampaignId) => void,
): Promise<void> {
  const complete = page.sideloaded ? page.people : await Promise.all(page.people.map((person) => client.withNestedReads(person)));
  transaction(store.database, () => {
    for (const person of complete) store.people.observe(observePerson(person, fields, tagIds), sweep);
    const last = page.people.at(-1);
    if (last !== undefined) afterPage(page, last.id);
  });
}

/**
 * Compares the service's counters with what is known, and reads those people again whose number differs from what it differed by before.
 * @param before the differences at the last run; null after a sweep over everybody, which has met whom it could.
 */
async function explainCounters(
  context: ReadPeopleContext,
  before: PeopleCursor['unexplained'] | null,
): Promise<PeopleCursor['unexplained']> {
  const { client, store } = context;
  const reported = new Map((await client.tags('D365')).map((tag) => [tag.id, tag.subscriberCount]));
  const difference = (key: TagKey) => (reported.get(context.tagIds[key]) ?? 0) - store.people.countWithTag(key);
  const unsubscribed = await client.countPeople(unsubscribedStatus);
  const differenceUnsubscribed = () => unsubscribed - store.people.countUnsubscribed();
  if (before !== null) {
    for (const key of tagKeys) {
      if (difference(key) === (before[key] ?? 0)) continue;
      context.log.write({
        level: 'debug',
        event: 'people.sweep',
        run: context.run,
        message: `The number of people with the tag "${tagNames[key]}" changed in a way that the changed people do not explain: they are read again`,
      });
      await sweepTag(context, key);
    }
    if (differenceUnsubscribed() !== (before.unsubscribed ?? 0))
      await readPass(context, { status: unsubscribedStatus }, nextSweep(context));
  }
  return { ...Object.fromEntries(tagKeys.map((key) => [key, difference(key)])), unsubscribed: differenceUnsubscribed() };
}

/** Reads everybody who has the tag, then those who had it and were not met. */
async function sweepTag(context: ReadPeopleContext, key: TagKey): Promise<void> {
  const sweep = nextSweep(context);
  await readPass(context, { tagId: context.tagIds[key] }, sweep);
  for (;;) {
    const ids = context.store.people.withTagUnseen(key, sweep, pageLimit);
    if (ids.length === 0) return;
    const page = await context.client.people({ ids, limit: pageLimit });
    await keep(context, page, sweep, () => undefined);
    const met = new Set(page.people.map((person) => person.id));
    transaction(context.store.database, () => {
      for (const id of ids) if (!met.has(id)) context.store.people.markGone(id);
    });
  }
}
