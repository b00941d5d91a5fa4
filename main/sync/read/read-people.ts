import { type TagKey, tagKeys, tagNames } from '../../../shared/tags.ts';
import type { Log } from '../../log/log.ts';
import { transaction } from '../../store/transaction.ts';
import { refuseDeletedTags } from '../tags.ts';
import type { PeopleCursor } from './cursors.ts';
import { nextSweep, type PeoplePassContext, peopleAPage, readByIds, readPass } from './people-pass.ts';
import { fingerprint } from './selection.ts';
import { sweepEverybody } from './sweep-people.ts';

export interface ReadPeopleContext extends PeoplePassContext {
  readonly log: Log;
  readonly run: number;
  readonly now: () => number;
}

const dayMs = 24 * 60 * 60 * 1000;
const unsubscribedStatus = 2;

/**
 * Brings the people up to date and answers the cursor that the run's commit may keep: everybody at first, and where other fields are kept
 * than before; then, and every other time, who changed, by `updated_after`: reading everybody takes a while, and may have begun days ago in a run
 * that was broken off. What that may miss (tags given by automations, unsubscriptions) shows in the service's
 * counters.
 * @param overlapMs how far `updated_after` may be off: its precision and its zone are not documented.
 */
export async function readPeople(context: ReadPeopleContext, cursor: PeopleCursor | null, overlapMs: number): Promise<PeopleCursor> {
  const selection = fingerprint(context.fields);
  if (cursor === null || cursor.fingerprint !== selection) {
    const sweep = { ...context, fingerprint: selection, atHalfPace: false, isTimeUp: () => false };
    const sweptAt = (await sweepEverybody(sweep)) ?? context.now();
    const watermark = await readChanged(context, sweptAt, overlapMs);
    return { watermark, fingerprint: selection, sweptAt, unexplained: await explainCounters(context, null) };
  }
  const watermark = await readChanged(context, Math.max(cursor.watermark, cursor.sweptAt), overlapMs);
  return { ...cursor, watermark, unexplained: await explainCounters(context, cursor.unexplained) };
}

/** @returns the service's time at the first page; `since` where nothing tells it. */
async function readChanged(context: ReadPeopleContext, since: number, overlapMs: number): Promise<number> {
  const updatedAfter = new Date(since - overlapMs).toISOString();
  const { startedAt } = await readPass(context, { updatedAfter }, nextSweep(context));
  return startedAt ?? since;
}

/** Once a day at most everybody is read, as a check on all that is cheaper. Both times are the service's own. */
export const isCheckDue = ({ watermark, sweptAt }: PeopleCursor): boolean => watermark - sweptAt >= dayMs;

/**
 * The daily check: reads everybody on half the request budget, and finds what no stamp and no counter has told, deletions among it. It goes
 * on in the next run where its time is up before the end.
 *
 * It comes after a run has written, and the next run reads what has changed since this check began: what the run itself has written is read
 * once more by the check, and not by both.
 * @returns the cursor that the commit of what was found may keep; null where the check is not at its end.
 */
export async function checkEverybody(
  context: ReadPeopleContext,
  cursor: PeopleCursor,
  isTimeUp: () => boolean,
): Promise<PeopleCursor | null> {
  // Changes are read from here on: without the service's word for it, this machine's clock must not say from when.
  const now = () => cursor.watermark;
  const sweptAt = await sweepEverybody({ ...context, now, fingerprint: cursor.fingerprint, atHalfPace: true, isTimeUp });
  if (sweptAt === null) return null;
  return { ...cursor, sweptAt, unexplained: await explainCounters(context, null) };
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
  const listed = await client.tags('D365');
  await refuseDeletedTags(client, context.tagIds, listed);
  const reported = new Map(listed.map((tag) => [tag.id, tag.subscriberCount]));
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
    const ids = context.store.people.withTagUnseen(key, sweep, peopleAPage);
    if (ids.length === 0) return;
    const met = await readByIds(context, { ids }, sweep);
    transaction(context.store.database, () => {
      for (const id of ids) if (!met.has(id)) context.store.people.markGone(id);
    });
  }
}
