import { type ActiveCampaignId, activeCampaignId } from '../../../shared/ids.ts';
import type { Log } from '../../log/log.ts';
import { deleteMeta, readMeta, writeMeta } from '../../store/meta.ts';
import { transaction } from '../../store/transaction.ts';
import { type SweepProgress, sweepProgressSchema } from './cursors.ts';
import { nextSweep, type PeoplePassContext, peopleAPage, readByIds, readPass } from './people-pass.ts';

export const sweepKey = 'activeCampaign.sweep';

export interface SweepContext extends PeoplePassContext {
  readonly log: Log;
  readonly run: number;
  /** Of the fields that are kept: a sweep that began with others begins anew. */
  readonly fingerprint: string;
  /** Stands in for the service's time where it tells none. */
  readonly now: () => number;
  /** Leaves every second request to others. */
  readonly atHalfPace: boolean;
  /** Asked between two pages: a sweep goes on another time where it was. */
  readonly isTimeUp: () => boolean;
}

/**
 * Reads everybody, and finds who no longer exists.
 * @returns when it started, by the service's time; null where the time was up before the end.
 */
export async function sweepEverybody(context: SweepContext): Promise<number | null> {
  const { database } = context.store;
  const stored = readMeta(database, sweepKey, sweepProgressSchema);
  const resumed = stored?.fingerprint === context.fingerprint ? stored : null;
  const sweep = resumed?.sweep ?? nextSweep(context);
  let startedAt = resumed?.startedAt ?? null;
  const pass = await readPass(
    context,
    { atHalfPace: context.atHalfPace, ...(resumed !== null && { afterId: activeCampaignId(resumed.afterId) }) },
    sweep,
    {
      isTimeUp: context.isTimeUp,
      afterPage: (page, afterId) => {
        startedAt ??= page.serverTime ?? context.now();
        const progress: SweepProgress = { sweep, startedAt, afterId, fingerprint: context.fingerprint };
        writeMeta(database, sweepKey, { ...progress });
      },
    },
  );
  if (!pass.complete || !(await lookForUnmet(context, sweep))) return null;
  deleteMeta(database, sweepKey);
  return startedAt ?? pass.startedAt ?? context.now();
}

/**
 * Whoever was not met is asked for by id before they count as gone: a page that came short, or a person who appeared behind the sweep, must
 * end nobody's sync.
 * @returns false where the time was up before the end.
 */
async function lookForUnmet(context: SweepContext, sweep: number): Promise<boolean> {
  const { store, log, run, atHalfPace, isTimeUp } = context;
  let gone = 0;
  let isComplete = true;
  for (let after: ActiveCampaignId | null = null; ; ) {
    const ids = store.people.unmetBy(sweep, after, peopleAPage);
    const last = ids.at(-1);
    if (last === undefined) break;
    if (isTimeUp()) {
      isComplete = false;
      break;
    }
    const met = await readByIds(context, { ids, atHalfPace }, sweep);
    const missing = ids.filter((id) => !met.has(id));
    transaction(store.database, () => {
      for (const id of missing) store.people.markGone(id);
    });
    gone += missing.length;
    after = last;
  }
  if (gone > 0) log.write({ level: 'info', event: 'people.gone', run, message: `${gone} people no longer exist in ActiveCampaign` });
  return isComplete;
}
