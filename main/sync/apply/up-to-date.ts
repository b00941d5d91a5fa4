import { emailKey } from '../../../shared/email.ts';
import { entities } from '../../../shared/entity.ts';
import type { PeopleQuery } from '../../connections/activecampaign/types.ts';
import type { ObservedPerson } from '../../store/observed.ts';
import { transaction } from '../../store/transaction.ts';
import { mayJoin, optedOutInActiveCampaign, optedOutInDynamics } from '../consent.ts';
import { committedCursors } from '../plan/commit.ts';
import { rawValue } from '../plan/pair.ts';
import { updatedAfterOverlapMs } from '../read/measure-updated-after.ts';
import { keysOf } from '../read/observe.ts';
import { answerNeverCame } from './answers.ts';
import type { PersonJob } from './apply-activecampaign.ts';
import type { ApplyContext } from './context.ts';
import { above, holds, keepDone, readBack, readBackById, writtenFields } from './read-back.ts';
import { dropRest, planAgain } from './settle.ts';
import { observed } from './written-row.ts';

/**
 * What `If-Match` does for Dynamics: leaves out the jobs whose person somebody edited since they were planned, in a field that would be
 * written. They are planned anew, in this run, on what is there now. ActiveCampaign has no versions, so the people are read once more right
 * before they are written, a hundred a request.
 *
 * Only for links that are active, and for who is to join a list: at the first contact the rules for two different values hold whenever they
 * were entered. A run that takes up what an earlier one left looks at everybody: hours may lie between, and who was to be created may exist by
 * now.
 */
export async function upToDate(context: ApplyContext, jobs: readonly PersonJob[]): Promise<readonly PersonJob[]> {
  const { store } = context;
  // What an import carries already is no longer to be judged.
  const judged = jobs.flatMap((job) => {
    const { link, entry, operation } = job;
    const { personId } = link;
    if (personId === null || entry.batch !== null || operation.kind !== 'writePerson') return [];
    if (link.state !== 'active' && !context.takesUp && operation.joinList === null) return [];
    return [{ job, personId, operation }];
  });
  const outdated = new Set<PersonJob>();
  const people = await readBackById(
    context,
    judged.map(({ personId }) => personId),
  );
  transaction(store.database, () => {
    for (const { job, personId, operation } of judged) {
      const now = people.get(personId);
      const before = store.people.byId(personId);
      const written = writtenFields(operation.write);
      const mayBeWritten = now !== undefined && (operation.joinList === null || mayJoin(now.lists, operation.joinList));
      if (now === undefined) store.people.markGone(personId);
      else if (mayBeWritten && (written.every(([name]) => rawValue(now, name) === rawValue(before, name)) || holds(now, operation.write)))
        continue;
      // What an earlier try has written, of which only the answer never came, is told before somebody's edit of the rest is looked at.
      else keepDone(context, job, now, answerNeverCame);
      dropRest(context, job.link);
      planAgain(context, job.link);
      outdated.add(job);
    }
  });
  const kept = jobs.filter((job) => !outdated.has(job));
  if (!context.takesUp) return kept;
  const overtaken = await appearedSince(context, kept);
  const left = kept.filter((job) => !overtaken.has(job));
  const optedOut = await optedOutSince(context, left);
  return left.filter((job) => !optedOut.has(job));
}

/** Jobs whose new person is there by now: somebody has made them, or given their address to another one. They are planned anew as who they are. */
async function appearedSince(context: ApplyContext, jobs: readonly PersonJob[]): Promise<ReadonlySet<PersonJob>> {
  const { store } = context;
  const open = new Map(jobs.flatMap((job) => (isNewcomer(job) ? [[emailKey(job.operation.email), job] as const] : [])));
  const outdated = new Set<PersonJob>();
  if (open.size === 0) return outdated;
  for (const query of [await changedSince(context), above(store.people.highestId())]) {
    for await (const people of readBack(context, query)) {
      transaction(store.database, () => {
        for (const now of people) {
          const job = open.get(emailKey(now.email));
          if (job === undefined || outdated.has(job) || isOwnWork(context, job, now)) continue;
          // Where they are known, what was planned for them was planned on what they were.
          const own = jobs.filter(({ link }) => link.personId === now.id);
          for (const each of own) keepDone(context, each, now, answerNeverCame);
          if (own.length === 0) store.people.observe(now, 0);
          for (const each of [job, ...own]) {
            dropRest(context, each.link);
            planAgain(context, each.link);
            outdated.add(each);
          }
        }
      });
    }
  }
  return outdated;
}

/** Jobs that would put somebody on a list whose row has opted out since. */
async function optedOutSince(context: ApplyContext, jobs: readonly PersonJob[]): Promise<ReadonlySet<PersonJob>> {
  const { store, dynamics, columns } = context;
  const optedOut = new Set<PersonJob>();
  const joining = jobs.filter(
    ({ entry, operation }) => entry.batch === null && operation.kind === 'writePerson' && operation.joinList !== null,
  );
  for (const entity of entities) {
    const own = new Map(joining.filter(({ link }) => link.entity === entity).map((job) => [job.link.dynamicsId, job]));
    if (own.size === 0) continue;
    const rows = await dynamics.rowsById(entity, [...own.keys()], columns[entity]);
    transaction(store.database, () => {
      for (const row of rows) {
        const job = own.get(row.id);
        if (job === undefined || !optedOutInDynamics(row.columns)) continue;
        const record = observed(context, row);
        store.records.observe(record, keysOf(record), 0);
        dropRest(context, job.link);
        planAgain(context, job.link);
        optedOut.add(job);
      }
    });
  }
  return optedOut;
}

/** Everybody who was changed since people were read last. */
export async function changedSince({ activeCampaign, store, log, run }: ApplyContext): Promise<PeopleQuery> {
  const { people } = committedCursors(store);
  if (people === null) return {};
  const overlapMs = await updatedAfterOverlapMs(store, activeCampaign, log, run);
  return { updatedAfter: new Date(people.watermark - overlapMs).toISOString() };
}

/** An earlier try has created the person, and nothing has happened to them since: written once more, so that it is confirmed. */
export function isOwnWork({ store }: ApplyContext, { operation }: PersonJob, now: ObservedPerson): boolean {
  if (operation.kind !== 'writePerson' || store.people.byId(now.id) !== null || !holds(now, operation.write)) return false;
  return operation.joinList === null || !optedOutInActiveCampaign(now.lists);
}

/**
 * Whether the person who is to be created is still not there; asked right before. The address may have come to somebody since it was planned,
 * and a write by address would go over what they hold: then the row is planned anew with who they are.
 */
export async function isStillMissing(context: ApplyContext, job: PersonJob): Promise<boolean> {
  const { activeCampaign, store } = context;
  const { operation, link } = job;
  if (!isNewcomer(job)) return true;
  const [found] = (await activeCampaign.people({ email: operation.email, limit: 1 })).people;
  const now = found === undefined ? undefined : (await readBackById(context, [found.id])).get(found.id);
  if (now === undefined || isOwnWork(context, job, now)) return true;
  transaction(store.database, () => {
    store.people.observe(now, 0);
    dropRest(context, link);
    planAgain(context, link);
  });
  return false;
}

export const isNewcomer = ({ link, entry, operation }: PersonJob): boolean =>
  link.personId === null && entry.batch === null && operation.kind === 'writePerson';
