import { emailKey } from '../../../shared/email.ts';
import { type Entity, entities } from '../../../shared/entity.ts';
import { membershipOf } from '../../../shared/tags.ts';
import { textLiteral } from '../../connections/dynamics/odata-literal.ts';
import type { ObservedRecord } from '../../store/observed.ts';
import { transaction } from '../../store/transaction.ts';
import { emailColumn } from '../mapping/field-map.ts';
import { personAsPlanned } from '../plan/entering-person.ts';
import { keysOf } from '../read/observe.ts';
import type { ApplyContext } from './context.ts';
import { readBackById } from './read-back.ts';
import { dropRest, planAgain } from './settle.ts';
import { holds, keepWritten, observed, planOnRow, type RecordJob } from './written-row.ts';

/** In one request. */
const addressesAsked = 50;

/**
 * Hours may lie between a plan and the run that takes it up. Leaves out the jobs that no longer hold: a row edited since where its table keeps
 * no versions, and a person who is to be created though a row answers to the address by now, or whose tags ask for it no more. Whoever is left
 * out is planned anew.
 */
export async function stillAsPlanned(context: ApplyContext, jobs: readonly RecordJob[]): Promise<readonly RecordJob[]> {
  const outdated = new Set<RecordJob>([...(await appearedSince(context, jobs)), ...(await untaggedSince(context, jobs))]);
  for (const entity of entities) for (const job of await editedSince(context, jobs, entity)) outdated.add(job);
  return jobs.filter((job) => !outdated.has(job));
}

/** What row versions do where a table keeps none: updates of rows that somebody edited since, in a column that would be written. */
async function editedSince(context: ApplyContext, jobs: readonly RecordJob[], entity: Entity): Promise<readonly RecordJob[]> {
  const { store, tables, columns } = context;
  const updates = jobs.filter(({ operation }) => operation.kind === 'updateRecord' && operation.entity === entity);
  if (updates.length === 0 || tables[entity]?.optimisticConcurrency === true) return [];
  const ids = [...new Set(updates.map(({ link }) => link.dynamicsId))];
  const found = new Map((await context.dynamics.rowsById(entity, ids, columns[entity])).map((row) => [row.id, row]));
  return transaction(store.database, () =>
    updates.filter((job) => {
      const row = found.get(job.link.dynamicsId) ?? null;
      const before = store.records.byId(entity, job.link.dynamicsId)?.columns ?? {};
      const names = Object.keys(job.operation.columns);
      if (row !== null && names.every((name) => (row.columns[name] ?? null) === (before[name] ?? null))) return false;
      if (row !== null && holds(row, job.operation.columns)) keepWritten(context, job, row, null);
      else planOnRow(context, job, row);
      return true;
    }),
  );
}

/**
 * Creations whose address has come to another row since: they would make a second one. What an earlier try has made already, of which only the
 * answer never came, is not among them: it is confirmed by trying again.
 */
async function appearedSince(context: ApplyContext, jobs: readonly RecordJob[]): Promise<readonly RecordJob[]> {
  const { store, dynamics, columns, tables } = context;
  const open = new Map(
    jobs.flatMap((job) => {
      const key = job.operation.kind === 'createRecord' ? emailKey(String(job.operation.columns[emailColumn] ?? '')) : null;
      return key === null ? [] : [[key, job] as const];
    }),
  );
  const keys = [...open.keys()];
  const rivals = new Map<RecordJob, ObservedRecord[]>();
  for (const entity of entities) {
    if (tables[entity] === null) continue;
    for (let start = 0; start < keys.length; start += addressesAsked) {
      const asked = keys.slice(start, start + addressesAsked).map((key) => `${emailColumn} eq ${textLiteral(key)}`);
      for await (const { rows } of dynamics.rows(entity, { select: columns[entity], filter: asked.join(' or ') })) {
        for (const row of rows) {
          const record = observed(context, row);
          const job = open.get(keysOf(record).emailKey ?? '');
          if (job === undefined || row.id === job.operation.id || knownUnder(context, record)) continue;
          rivals.set(job, [...(rivals.get(job) ?? []), record]);
        }
      }
    }
  }
  for (const job of await madeAlready(context, [...rivals.keys()])) rivals.delete(job);
  transaction(store.database, () => {
    for (const [{ link }, records] of rivals) {
      for (const record of records) store.records.observe(record, keysOf(record), 0);
      dropRest(context, link);
      planAgain(context, link);
    }
  });
  return [...rivals.keys()];
}

/** Creations whose person is gone, or does not ask for it any more. What an earlier try has made already is not among them. */
async function untaggedSince(context: ApplyContext, jobs: readonly RecordJob[]): Promise<readonly RecordJob[]> {
  const { store } = context;
  const creations = jobs.flatMap((job) => {
    const { personId } = job.link;
    return job.operation.kind === 'createRecord' && personId !== null ? [{ job, personId }] : [];
  });
  const people = await readBackById(
    context,
    creations.map(({ personId }) => personId),
  );
  const untagged = creations.filter(({ personId }) => {
    const now = people.get(personId);
    return now === undefined || membershipOf(personAsPlanned(context, now).tags) === null;
  });
  const made = await madeAlready(
    context,
    untagged.map(({ job }) => job),
  );
  const outdated = untagged.filter(({ job }) => !made.includes(job));
  transaction(store.database, () => {
    for (const { job, personId } of outdated) {
      const now = people.get(personId);
      if (now === undefined) store.people.markGone(personId);
      else store.people.observe(now, 0);
      dropRest(context, job.link);
      planAgain(context, job.link);
    }
  });
  return outdated.map(({ job }) => job);
}

async function madeAlready({ dynamics, columns }: ApplyContext, jobs: readonly RecordJob[]): Promise<readonly RecordJob[]> {
  const made: RecordJob[] = [];
  for (const entity of entities) {
    const own = jobs.filter(({ operation }) => operation.entity === entity);
    if (own.length === 0) continue;
    const ids = own.map(({ operation }) => operation.id);
    const found = new Set((await dynamics.rowsById(entity, ids, columns[entity])).map(({ id }) => id));
    made.push(...own.filter(({ operation }) => found.has(operation.id)));
  }
  return made;
}

/** The row had this address when the plan was made, which has looked past it for a reason. */
function knownUnder({ store }: ApplyContext, record: ObservedRecord): boolean {
  const before = store.records.byId(record.entity, record.id);
  return before !== null && !before.gone && keysOf(before).emailKey === keysOf(record).emailKey;
}
