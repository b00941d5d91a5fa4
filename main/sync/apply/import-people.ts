import { emailKey } from '../../../shared/email.ts';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import { tagNames } from '../../../shared/tags.ts';
import { importBatches } from '../../connections/activecampaign/import.ts';
import type { ImportProgress, ImportRow, ImportSubmission } from '../../connections/activecampaign/types.ts';
import { ServiceError } from '../../connections/errors.ts';
import type { ObservedPerson } from '../../store/observed.ts';
import { transaction } from '../../store/transaction.ts';
import type { HoldReason } from '../plan/hold.ts';
import type { PersonJob } from './apply-activecampaign.ts';
import { type ApplyContext, importTries } from './context.ts';
import { above, confirmFromReading, holds, readBack, readBackById } from './read-back.ts';
import { dropRest, planAgain, refuse } from './settle.ts';

/** How often an import is asked after, and for how long in one run: the service says nothing about its speed. */
const firstPollMs = 1_000;
const longestPollMs = 15_000;
const followForMs = 20 * 60_000;
/** How long the service may know nothing of an import that it has accepted; it was seen to take a second. */
const unknownForMs = 2 * 60_000;
/** From this many new people on, the first ones are read back while the service still works on the last ones. */
const readMeanwhileFrom = 1_000;

/**
 * Writes people by bulk imports and follows them to their end.
 *
 * All imports of the wave are queued, then the last one is waited for, then the people are read back: new ones in one pass above the
 * highest id that was known, known ones a hundred at a time. Only an import that somebody is missing from is asked after itself, and all of
 * these together are followed by one more reading. What an import has not finished when the time is up stays in the outbox under its batch
 * and is followed at the next run.
 * @param meanwhile what there is to do while the service works on the imports.
 * @returns whether an import has failed as a whole, so that its people are to be sent once more.
 */
export async function importPeople(context: ApplyContext, jobs: readonly PersonJob[], meanwhile: () => Promise<void>): Promise<boolean> {
  const highestBefore = context.store.people.highestId();
  const carried = new Map<string, PersonJob[]>();
  for (const job of jobs) if (job.entry.batch !== null) carried.set(job.entry.batch, [...(carried.get(job.entry.batch) ?? []), job]);
  await submit(
    context,
    jobs.filter((job) => job.entry.batch === null),
    carried,
  );
  await meanwhile();
  const batches = [...carried.keys()];
  const lastBatch = batches.at(-1);
  if (lastBatch === undefined) return false;
  const giveUpAt = context.clock.monotonic() + followForMs;
  const open = new Set([...carried.values()].flat());
  let highestMet = highestBefore;
  if (newcomersAmong(open).size >= readMeanwhileFrom) highestMet = await readNewcomers(context, open, highestMet);
  else await context.sleep(firstPollMs);
  const last = await waitFor(context, lastBatch, giveUpAt);
  highestMet = await readNewcomers(context, open, highestMet);
  // Who was there before looks as if the import had left them out, as long as it has not come to them.
  if (hasEnded(last)) await readBackKnown(context, open, batches, new Set());

  const behind = batches.filter((batch) => carried.get(batch)?.some((job) => open.has(job)));
  if (behind.length === 0) return false;
  const progress = new Map<string, ImportProgress>();
  for (const batch of behind) progress.set(batch, await waitFor(context, batch, giveUpAt));
  // They may have ended between the reading and the answer. Who was created since then is above everybody who was met; whom a slower import
  // created below is named by the service.
  await readNewcomers(context, open, highestMet);
  await readUnmet(
    context,
    open,
    [...progress.values()].flatMap(({ succeeded }) => succeeded),
  );
  await readBackKnown(
    context,
    open,
    behind.filter((batch) => hasEnded(progress.get(batch) ?? last)),
    new Set(behind.filter((batch) => progress.get(batch)?.status === 'completed')),
  );
  for (const [batch, ended] of progress) {
    settleMissing(
      context,
      (carried.get(batch) ?? []).filter((job) => open.has(job)),
      ended,
    );
  }
  return [...progress.values()].some(({ status }) => status === 'failed' || status === 'interrupted');
}

/** Queues the jobs and waits for nothing: each has its batch then, or was refused. */
export const queueImports = (context: ApplyContext, jobs: readonly PersonJob[]): Promise<void> => submit(context, jobs, new Map());

/** Queues the jobs; a row that the service refuses is taken out and held, and the others are sent again. */
async function submit(context: ApplyContext, jobs: readonly PersonJob[], carried: Map<string, PersonJob[]>): Promise<void> {
  const { store } = context;
  const jobOf = new Map(jobs.map((job) => [rowOf(job), job]));
  const toSend = [...importBatches([...jobOf.keys()])];
  for (let rows = toSend.shift(); rows !== undefined; rows = toSend.shift()) {
    const sent = rows.flatMap((row) => jobOf.get(row) ?? []);
    const submission = await submitRows(context, rows);
    switch (submission.kind) {
      case 'queued': {
        const { batchId: batch } = submission;
        const queued = sent.map((job) => ({ ...job, entry: { ...job.entry, batch } }));
        transaction(store.database, () => {
          for (const { entry } of queued) store.outbox.setBatch(entry.id, batch);
        });
        carried.set(batch, queued);
        break;
      }
      case 'rejected': {
        const reasons = new Map(submission.rows.map(({ index, reason }) => [index, reason]));
        transaction(store.database, () => {
          for (const [index, job] of sent.entries()) {
            const reason = reasons.get(index);
            if (reason !== undefined) refuseJob(context, job, 'refused-by-service', reason);
          }
        });
        const others = rows.filter((_, index) => !reasons.has(index));
        if (others.length > 0 && others.length < rows.length) toSend.unshift(others);
        else if (others.length > 0) sendApart(context, rows, sent, toSend);
        break;
      }
      case 'refusedAsAWhole':
        sendApart(context, rows, sent, toSend);
        break;
    }
    await context.breathe(0);
  }
}

type Submitted = ImportSubmission | { readonly kind: 'refusedAsAWhole' };

async function submitRows({ activeCampaign, excludeAutomations }: ApplyContext, rows: readonly ImportRow[]): Promise<Submitted> {
  try {
    return await activeCampaign.importPeople(rows, { excludeAutomations });
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'refused-value') return { kind: 'refusedAsAWhole' };
    throw error;
  }
}

/** The refusal names no row: the halves are sent apart, so that in the end it stands alone, and shows the service's own reason where it does. */
function sendApart(
  { store }: ApplyContext,
  rows: readonly ImportRow[],
  sent: readonly PersonJob[],
  toSend: (readonly ImportRow[])[],
): void {
  const half = Math.ceil(rows.length / 2);
  if (rows.length > 1) toSend.unshift(rows.slice(0, half), rows.slice(half));
  else for (const { entry } of sent) store.outbox.setAttempts(entry.id, importTries);
}

function rowOf({ operation }: PersonJob): ImportRow {
  if (operation.kind === 'optOutPerson') {
    return { email: operation.email, tags: [], subscribeTo: [], unsubscribeFrom: operation.lists };
  }
  const { email, write, addTags, joinList } = operation;
  return {
    ...write,
    email,
    tags: addTags.map((tag) => tagNames[tag]),
    subscribeTo: joinList === null ? [] : [joinList],
    unsubscribeFrom: [],
  };
}

/** Asks after an import until it has ended or the time is up. @param giveUpAt by the monotonic clock. */
async function waitFor(context: ApplyContext, batch: string, giveUpAt: number): Promise<ImportProgress> {
  const startedAt = context.clock.monotonic();
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.5, longestPollMs)) {
    const progress = await context.activeCampaign.importProgress(batch);
    if (hasEnded(progress) || context.clock.monotonic() > giveUpAt) return progress;
    // The service has lost or forgotten it: the same people are sent once more, which changes nothing for those who have arrived.
    if (progress.status === 'unknown' && context.clock.monotonic() - startedAt > unknownForMs)
      return { ...progress, status: 'interrupted' };
    await context.sleep(pollMs);
  }
}

const hasEnded = ({ status }: ImportProgress): boolean => status === 'completed' || status === 'failed' || status === 'interrupted';

const newcomersAmong = (jobs: ReadonlySet<PersonJob>): Map<string, PersonJob> =>
  new Map([...jobs].filter(({ link }) => link.personId === null).map((job) => [emailKey(job.operation.email) ?? '', job]));

/**
 * Reads who is new, and takes those whose write shows out of `open`.
 * @param after new people are looked for above this id.
 * @returns the highest id among everybody who was met.
 */
async function readNewcomers(
  context: ApplyContext,
  open: Set<PersonJob>,
  after: ActiveCampaignId | null,
): Promise<ActiveCampaignId | null> {
  const newcomers = newcomersAmong(open);
  let highestMet = after;
  if (newcomers.size === 0) return highestMet;
  for await (const people of readBack(context, above(after))) {
    await confirmNewcomers(context, open, newcomers, people);
    highestMet = people.at(-1)?.id ?? highestMet;
  }
  return highestMet;
}

/** Reads those of the people whom no reading has met yet. */
async function readUnmet(context: ApplyContext, open: Set<PersonJob>, ids: readonly ActiveCampaignId[]): Promise<void> {
  const unmet = ids.filter((id) => context.store.people.emailOf(id) === null);
  const people = await readBackById(context, unmet);
  await confirmNewcomers(context, open, newcomersAmong(open), [...people.values()]);
}

async function confirmNewcomers(
  context: ApplyContext,
  open: Set<PersonJob>,
  newcomers: ReadonlyMap<string, PersonJob>,
  people: readonly ObservedPerson[],
): Promise<void> {
  const confirmed = transaction(context.store.database, () =>
    people.flatMap((person) => {
      const job = newcomers.get(emailKey(person.email) ?? '');
      return job !== undefined && confirmFromReading(context, job, person) ? [job] : [];
    }),
  );
  for (const job of confirmed) open.delete(job);
  await context.breathe(confirmed.length);
}

const idsAPage = 100;

/**
 * People who were known before, and those whom an earlier try has created already.
 * @param carriedOut imports of which the service says so. Of the others only what is wholly there is known to be written: where a value is another
 * one, nothing tells whether somebody has entered it before the import or after.
 */
async function readBackKnown(
  context: ApplyContext,
  open: Set<PersonJob>,
  batches: readonly string[],
  carriedOut: ReadonlySet<string>,
): Promise<void> {
  const isJudged = ({ entry, operation }: PersonJob, person: ObservedPerson) =>
    carriedOut.has(entry.batch ?? '') || operation.kind !== 'writePerson' || holds(person, operation.write);
  const ended = new Set(batches);
  const known = [...open].flatMap((job) => {
    if (!ended.has(job.entry.batch ?? '')) return [];
    const id = job.link.personId ?? context.store.people.byEmail(emailKey(job.operation.email) ?? '')?.id;
    return id === undefined ? [] : [{ job, id }];
  });
  for (let start = 0; start < known.length; start += idsAPage) {
    const page = known.slice(start, start + idsAPage);
    const people = await readBackById(
      context,
      page.map(({ id }) => id),
    );
    const confirmed = transaction(context.store.database, () =>
      page.flatMap(({ job, id }) => {
        const person = people.get(id);
        return person !== undefined && isJudged(job, person) && confirmFromReading(context, job, person) ? [job] : [];
      }),
    );
    for (const job of confirmed) open.delete(job);
    await context.breathe(confirmed.length);
  }
}

/** Who does not show although their import has ended was left out by it, or its write did not take effect. */
function settleMissing(context: ApplyContext, jobs: readonly PersonJob[], progress: ImportProgress): void {
  if (!hasEnded(progress)) return;
  const failed = new Set(progress.failed.map((email) => emailKey(email)));
  transaction(context.store.database, () => {
    for (const job of jobs) {
      const { store } = context;
      // What an earlier run has sent is not sent once more: it may not follow from the settings any more, nor from what both sides hold.
      if (context.takesUp && (progress.status !== 'completed' || job.link.personId !== null)) {
        dropRest(context, job.link);
        planAgain(context, job.link);
        continue;
      }
      store.outbox.setBatch(job.entry.id, null);
      // Whom an import that was carried out has left out goes alone: that shows the service's own reason.
      store.outbox.setAttempts(job.entry.id, progress.status === 'completed' ? importTries : job.entry.attempts + 1);
      if (progress.status !== 'completed') continue;
      // Somebody who is known can be written by id, bounced or excluded from imports though the address may be.
      if (job.link.personId !== null) continue;
      const why = failed.has(emailKey(job.operation.email))
        ? 'the import names the address among those that failed (excluded, unsubscribed from the list, or over the limit of contacts)'
        : 'the import left the address out (it is on an exclusion list, or it has bounced)';
      refuseJob(context, job, 'excluded', why);
    }
  });
}

function refuseJob(context: ApplyContext, { entry, link, operation }: PersonJob, reason: HoldReason, words: string): void {
  refuse(context, link, { reason, message: `ActiveCampaign refused ${operation.email}: ${words}` });
  if (link.state === 'planned') dropRest(context, link);
  else context.store.outbox.remove(entry.id);
}
