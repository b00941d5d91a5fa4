import { entities } from '../../../shared/entity.ts';
import type { DynamicsWrite, DynamicsWriteResult } from '../../connections/dynamics/types.ts';
import { ServiceError } from '../../connections/errors.ts';
import { transaction } from '../../store/transaction.ts';
import { type ApplyContext, nextJobs } from './context.ts';
import { activateWhenDone, dropRest, planAgain, refusalOf, refuse } from './settle.ts';
import { stillAsPlanned } from './still-as-planned.ts';
import { holds, keepWritten, planOnRow, type RecordJob } from './written-row.ts';

/** Operations handed to the client at once; it cuts them into batches of the size that the service takes well. */
const chunk = 200;
/** How often a write without an answer is sent again before the run gives up on the service. */
const maxUnanswered = 3;

/** Writes everything that is pending for Dynamics at this priority. @throws ServiceError when the service as a whole fails. */
export async function applyToDynamics(context: ApplyContext, priority: number): Promise<void> {
  for (let after = 0; ; ) {
    const jobs = nextJobs(context, ['createRecord', 'updateRecord'], priority, after, chunk);
    const last = jobs.at(-1);
    if (last === undefined) return;
    await writeUntilAnswered(context, context.takesUp ? await stillAsPlanned(context, jobs) : jobs);
    after = last.entry.id;
  }
}

async function writeUntilAnswered(context: ApplyContext, jobs: readonly RecordJob[]): Promise<void> {
  let open = jobs;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const results = await context.dynamics.write(open.map((job) => writeOf(context, job)));
    const judged = open.map((job, index) => ({ job, result: results[index] ?? ({ kind: 'unanswered' } as const) }));
    transaction(context.store.database, () => {
      for (const { job, result } of judged) keepResult(context, job, result);
    });
    await readUntold(context, judged);
    const failure = judged.map(({ result }) => serviceFailure(result)).find((error) => error !== null);
    if (failure !== undefined) throw failure;
    const unanswered = judged.filter(({ result }) => result.kind === 'unanswered').map(({ job }) => job);
    if (unanswered.length > 0 && attempt === maxUnanswered) throw noAnswer(unanswered.length);
    await context.breathe(open.length - unanswered.length);
    open = unanswered;
  }
}

/** The version is that of the last time the row was seen, our own confirmed writes included. */
function writeOf({ store, columns, tables }: ApplyContext, { operation, link }: RecordJob): DynamicsWrite {
  const write = { entity: operation.entity, id: operation.id, columns: operation.columns, returning: columns[operation.entity] };
  if (operation.kind === 'createRecord') return { kind: 'create', ...write };
  // A table without row versions sends an etag all the same, and refuses to be asked for it. An opt-out overwrites nothing that anybody may have
  // entered since.
  const versioned = tables[operation.entity]?.optimisticConcurrency === true && !operation.optOut;
  return { kind: 'update', etag: versioned ? (store.records.byId(link.entity, link.dynamicsId)?.etag ?? null) : null, ...write };
}

/** Codes that say nothing about the one row: the operation stays, and the run ends. */
const ofTheService = new Set<ServiceError['code']>(['service-down', 'too-many-requests', 'bad-credentials', 'not-the-service']);

const serviceFailure = (result: DynamicsWriteResult): ServiceError | null =>
  result.kind === 'refused' && ofTheService.has(result.error.code) ? result.error : null;

function keepResult(context: ApplyContext, job: RecordJob, result: DynamicsWriteResult): void {
  if (result.kind === 'unanswered' || serviceFailure(result) !== null) return;
  if (job.operation.kind === 'createRecord' && isCreatedUnseen(result)) return;
  if (result.kind === 'done') {
    keepWritten(context, job, result.row, result);
    return;
  }
  const { error } = result;
  const { link } = job;
  switch (error.code) {
    case 'changed-meanwhile':
      // Read again and planned anew, in `readUntold`.
      return;
    case 'not-found':
      context.store.records.markGone(link.entity, link.dynamicsId);
      dropRest(context, link);
      planAgain(context, link);
      return;
    default:
      refuseJob(context, job, error);
  }
}

function refuseJob(context: ApplyContext, { entry, operation, link }: RecordJob, error: ServiceError): void {
  refuse(context, link, refusalOf(error));
  if (operation.kind === 'createRecord') {
    dropRest(context, link);
    return;
  }
  context.store.outbox.remove(entry.id);
  // Both sides are there, and what was refused is tried again: the link counts without it.
  activateWhenDone(context, link, true);
}

type Judged = { readonly job: RecordJob; readonly result: DynamicsWriteResult };

/** Reads what an answer did not tell: rows that somebody changed since they were read, and rows that an earlier try has created. */
async function readUntold(context: ApplyContext, judged: readonly Judged[]): Promise<void> {
  for (const entity of entities) {
    const untold = judged.filter(({ job, result }) => job.link.entity === entity && isUntold(job, result));
    if (untold.length === 0) continue;
    const ids = [...new Set(untold.map(({ job }) => job.link.dynamicsId))];
    const rows = await context.dynamics.rowsById(entity, ids, context.columns[entity]);
    const found = new Map(rows.map((row) => [row.id, row]));
    transaction(context.store.database, () => {
      for (const { job } of untold) {
        const row = found.get(job.link.dynamicsId) ?? null;
        // A row that holds what was to be written was written: by an earlier try whose answer never came.
        if (job.operation.kind === 'createRecord' || (row !== null && holds(row, job.operation.columns)))
          keepWritten(context, job, row, null);
        else planOnRow(context, job, row);
      }
    });
  }
}

const isUntold = ({ operation }: RecordJob, result: DynamicsWriteResult): boolean =>
  operation.kind === 'createRecord' ? isCreatedUnseen(result) : result.kind === 'refused' && result.error.code === 'changed-meanwhile';

/** The id was chosen here: where it exists already, an earlier try whose answer was lost has created the row. */
const isCreatedUnseen = (result: DynamicsWriteResult): boolean =>
  (result.kind === 'done' && result.row === null) || (result.kind === 'refused' && result.error.code === 'already-exists');

const noAnswer = (count: number): ServiceError =>
  new ServiceError({
    service: 'dynamics',
    code: 'service-down',
    message: `Dynamics did not answer ${count} of the writes, though they were sent ${maxUnanswered} times.`,
    advice: 'Nothing is lost: they are sent again at the next run.',
  });
