import { emailKey } from '../../../shared/email.ts';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import { tagKeys } from '../../../shared/tags.ts';
import { ServiceError } from '../../connections/errors.ts';
import { transaction } from '../../store/transaction.ts';
import { mayJoin } from '../consent.ts';
import { emailField, emailMappingKey } from '../mapping/field-map.ts';
import { priorities } from '../plan/operations.ts';
import { answerOfReading } from './answers.ts';
import { type ApplyContext, importTries, type Job, nextJobs } from './context.ts';
import { importPeople, queueImports } from './import-people.ts';
import { confirmFromReading, keepDone, readBackById } from './read-back.ts';
import { dropRest, planAgain, refusalOf, refuse } from './settle.ts';
import { isStillMissing, upToDate } from './up-to-date.ts';

export type PersonJob = Job<'writePerson' | 'optOutPerson'>;

/** From this many people on, a bulk import costs less than single writes (https://developers.activecampaign.com/reference/bulk-import-contacts). */
const importFrom = 10;
/** People in one wave: 20 full imports, then one pass that reads them back. Bounds memory, and spares polling every import. */
const waveSize = 5_000;
const singleChunk = 100;
/** Rows that take Dynamics no longer than an import takes ActiveCampaign. */
const fewRows = 200;

const kinds = ['writePerson', 'optOutPerson'] as const;
const nothing = async () => undefined;

/**
 * Sends the opt-outs, and leaves those that go by imports to the service as long as there is something else to send: an import takes seconds
 * or minutes, whatever is in it. Where many rows wait to be written they are followed first, since those would hold it up.
 * @returns follows them to their end; to be called once.
 */
export async function beginOptOuts(context: ApplyContext): Promise<() => Promise<void>> {
  const { outbox } = context.store;
  const jobs = nextJobs(context, kinds, priorities.optOut, 0, waveSize);
  const byImport =
    jobs.length >= importFrom && jobs.length < waveSize && jobs.every((job) => job.operation.kind === 'optOutPerson' && canBeImported(job));
  const finish = () => applyToActiveCampaign(context, priorities.optOut, nothing);
  if (!byImport || outbox.countPending(['createRecord', 'updateRecord']) > fewRows) {
    await finish();
    return nothing;
  }
  await queueImports(
    context,
    jobs.filter((job) => job.entry.batch === null),
  );
  return finish;
}

/**
 * Writes everything that is pending for ActiveCampaign at this priority.
 * @param optOuts follows the opt-outs that are under way: once the first imports are queued beside them, and before anybody is written
 * who is among them.
 * @throws ServiceError when the service as a whole fails.
 */
export async function applyToActiveCampaign(context: ApplyContext, priority: number, optOuts: () => Promise<void>): Promise<void> {
  let followed = false;
  const follow = async () => {
    if (followed) return;
    followed = true;
    await optOuts();
  };
  const again = await importWaves(context, priority, follow, () => followed);
  await follow();
  if (again) await importWaves(context, priority, nothing, () => true);
  await writeOneByOne(context, priority);
}

/** @returns whether somebody is left for imports: an opt-out of theirs was still under way, or their import has failed as a whole. */
async function importWaves(
  context: ApplyContext,
  priority: number,
  follow: () => Promise<void>,
  optOutsAreFollowed: () => boolean,
): Promise<boolean> {
  let again = false;
  for (let after = 0; ; ) {
    const wave = nextJobs(context, kinds, priority, after, waveSize);
    const last = wave.at(-1);
    if (last === undefined) return again;
    const importable = wave.filter(canBeImported);
    const free = optOutsAreFollowed() ? importable : importable.filter((job) => !optsOut(context, job));
    again ||= free.length < importable.length;
    if (free.length >= importFrom || free.some((job) => job.entry.batch !== null)) {
      const failed = await importPeople(context, await upToDate(context, free), follow);
      again ||= failed;
    }
    after = last.entry.id;
  }
}

/** Follows to their end the imports that an earlier run has begun, and sends nothing. */
export async function followImports(context: ApplyContext): Promise<void> {
  for (const priority of [priorities.optOut, priorities.write]) {
    for (let after = 0; ; ) {
      const wave = nextJobs(context, kinds, priority, after, waveSize);
      const last = wave.at(-1);
      if (last === undefined) break;
      await importPeople(
        context,
        wave.filter((job) => job.entry.batch !== null),
        nothing,
      );
      after = last.entry.id;
    }
  }
}

const optsOut = ({ store }: ApplyContext, { link }: PersonJob): boolean =>
  store.outbox.ofLink(link.id).some((entry) => entry.kind === 'optOutPerson');

async function writeOneByOne(context: ApplyContext, priority: number): Promise<void> {
  for (let after = 0; ; ) {
    const jobs = nextJobs(context, kinds, priority, after, singleChunk);
    const last = jobs.at(-1);
    if (last === undefined) return;
    // What an import still carries is followed there.
    const single = await upToDate(
      context,
      jobs.filter((job) => job.entry.batch === null),
    );
    await writeSingly(context, single);
    await context.breathe(single.length);
    after = last.entry.id;
  }
}

/** An import knows people by their address and only adds tags: a new address and a tag to take away go by id. */
function canBeImported({ operation, entry }: PersonJob): boolean {
  if (entry.attempts >= importTries && entry.batch === null) return false;
  if (emailKey(operation.email) === null) return false;
  return operation.kind === 'optOutPerson' || (operation.write.email === undefined && operation.removeTags.length === 0);
}

async function writeSingly(context: ApplyContext, jobs: readonly PersonJob[]): Promise<void> {
  const written: { readonly job: PersonJob; readonly id: ActiveCampaignId }[] = [];
  for (const job of jobs) {
    if (!(await isStillMissing(context, job))) continue;
    const done = await tryOne(context, job);
    if (done !== null) written.push(done);
  }
  if (written.length === 0) return;
  const people = await readBackById(
    context,
    written.map(({ id }) => id),
  );
  transaction(context.store.database, () => {
    for (const { job, id } of written) {
      const person = people.get(id);
      if (person !== undefined) confirmFromReading(context, job, person);
    }
  });
}

/** @returns null where the person was refused. @throws ServiceError when it is not about the person. */
async function tryOne(context: ApplyContext, job: PersonJob): Promise<{ readonly job: PersonJob; readonly id: ActiveCampaignId } | null> {
  let begun: ActiveCampaignId | null = null;
  try {
    const { id, isNew } = await writeValues(context, job);
    begun = id;
    await writeMemberships(context, job, id, isNew);
    return { job, id };
  } catch (error) {
    if (!(error instanceof ServiceError) || !ofThePerson.has(error.code)) throw error;
    const rest = error.code === 'already-exists' ? withoutEmail(job) : null;
    if (rest !== null) {
      // The address belongs to somebody else: that holds the address, not the person.
      transaction(context.store.database, () => refuse(context, job.link, refusalOf(error, 'shared-email'), emailMappingKey));
      return tryOne(context, rest);
    }
    // What was not found may be the person, or a tag or a list that somebody has deleted.
    const asked = begun ?? (error.code === 'not-found' ? job.link.personId : null);
    const now = asked === null ? undefined : (await readBackById(context, [asked])).get(asked);
    transaction(context.store.database, () => {
      if (begun !== null && now !== undefined) keepDone(context, job, now, answerOfReading(null, now));
      if (error.code === 'not-found' && asked !== null && now === undefined) endPerson(context, job);
      else refusePerson(context, job, error);
    });
    return null;
  }
}

/** Null where the job changes no address. */
function withoutEmail(job: PersonJob): PersonJob | null {
  const { operation } = job;
  if (operation.kind !== 'writePerson' || operation.write.email === undefined) return null;
  const { email: _, ...write } = operation.write;
  const { [emailMappingKey]: __, ...settles } = operation.settles;
  return {
    ...job,
    operation: { ...operation, write, settles, changes: operation.changes.filter((change) => change.field !== emailField) },
  };
}

/** Codes that are about the one person; any other one ends the run. */
const ofThePerson = new Set<ServiceError['code']>(['refused-value', 'already-exists', 'not-found', 'no-right']);

function endPerson(context: ApplyContext, { link }: PersonJob): void {
  if (link.personId !== null) context.store.people.markGone(link.personId);
  dropRest(context, link);
  planAgain(context, link);
}

function refusePerson(context: ApplyContext, job: PersonJob, error: ServiceError): void {
  refuse(context, job.link, refusalOf(error, error.code === 'already-exists' ? 'shared-email' : 'refused-by-service'));
  if (job.link.state === 'planned') dropRest(context, job.link);
  else context.store.outbox.remove(job.entry.id);
}

async function writeValues(
  { activeCampaign }: ApplyContext,
  { operation, link }: PersonJob,
): Promise<{ readonly id: ActiveCampaignId; readonly isNew: boolean }> {
  const write = operation.kind === 'writePerson' ? operation.write : {};
  if (link.personId === null) {
    const { id, created } = await activeCampaign.syncPerson({ ...write, email: operation.email });
    return { id, isNew: created };
  }
  if (Object.keys(write).length > 0) await activeCampaign.updatePerson(link.personId, write);
  return { id: link.personId, isNew: false };
}

async function writeMemberships(context: ApplyContext, { operation }: PersonJob, id: ActiveCampaignId, isNew: boolean): Promise<void> {
  const { activeCampaign, store, tagIds } = context;
  if (operation.kind === 'optOutPerson') {
    for (const list of operation.lists) await activeCampaign.setListStatus(id, list, 2);
    return;
  }
  const { addTags, removeTags, joinList } = operation;
  for (const tag of addTags) await activeCampaign.addTag(id, tagIds[tag]);
  const links = store.people.byId(id)?.tagLinks ?? {};
  for (const tag of tagKeys) {
    const tagLink = removeTags.includes(tag) ? links[tag] : undefined;
    if (tagLink !== undefined) await activeCampaign.removeTag(tagLink);
  }
  if (joinList !== null && (isNew || (await mayStillJoin(context, id, joinList)))) await activeCampaign.setListStatus(id, joinList, 1);
}

/** Unlike an import, this request would take an unsubscription back: the address may belong to somebody who left since it was planned. */
async function mayStillJoin(context: ApplyContext, id: ActiveCampaignId, joinList: string): Promise<boolean> {
  return mayJoin((await readBackById(context, [id])).get(id)?.lists ?? [], joinList);
}
