import type { DynamicsWrite, DynamicsWriteResult, Row } from '../../connections/dynamics/types.ts';
import { ServiceError } from '../../connections/errors.ts';
import type { Link, ObservedRecord } from '../../store/observed.ts';
import { canonicalJson } from '../../store/people.ts';
import { planState } from '../../store/plan-state.ts';
import { transaction } from '../../store/transaction.ts';
import { sameValue } from '../mapping/canonical.ts';
import { agreedOn } from '../plan/merge.ts';
import type { Settles } from '../plan/operations.ts';
import { keysOf, observeRow } from '../read/observe.ts';
import { answerNeverCame, answerOfWrite } from './answers.ts';
import { type ApplyContext, type Job, nextJobs } from './context.ts';
import { confirm, dropRest, logOptOut, logWritten, planAgain, planRestAgain, refusalOf, refuse } from './settle.ts';

type RecordJob = Job<'createRecord' | 'updateRecord'>;

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

/**
 * What row versions do where a table keeps none, and hours may lie between the plan and the write: leaves out the jobs whose row somebody
 * edited since, in a column that would be written.
 */
async function stillAsPlanned(context: ApplyContext, jobs: readonly RecordJob[]): Promise<readonly RecordJob[]> {
  const { store, tables, columns } = context;
  const settled = new Set<RecordJob>();
  for (const entity of ['lead', 'contact'] as const) {
    const updates = jobs.filter(({ operation }) => operation.kind === 'updateRecord' && operation.entity === entity);
    if (updates.length === 0 || tables[entity]?.optimisticConcurrency === true) continue;
    const ids = [...new Set(updates.map(({ link }) => link.dynamicsId))];
    const found = new Map((await context.dynamics.rowsById(entity, ids, columns[entity])).map((row) => [row.id, row]));
    transaction(store.database, () => {
      for (const job of updates) {
        const row = found.get(job.link.dynamicsId) ?? null;
        const before = store.records.byId(entity, job.link.dynamicsId)?.columns ?? {};
        const names = Object.keys(job.operation.columns);
        if (row !== null && names.every((name) => (row.columns[name] ?? null) === (before[name] ?? null))) continue;
        if (row !== null && holds(row, job.operation.columns)) keepWritten(context, job, row, null);
        else planOnRow(context, job, row);
        settled.add(job);
      }
    });
  }
  return jobs.filter((job) => !settled.has(job));
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
  // A table without row versions sends an etag all the same, and refuses to be asked for it.
  const versioned = tables[operation.entity]?.optimisticConcurrency === true;
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
  if (operation.kind === 'createRecord') dropRest(context, link);
  else context.store.outbox.remove(entry.id);
}

/** @param answer null where the row was read because none had come. */
function keepWritten(
  context: ApplyContext,
  { entry, operation, link }: RecordJob,
  row: Row | null,
  answer: Extract<DynamicsWriteResult, { kind: 'done' }> | null,
): void {
  const { store, tally } = context;
  const expected = assumed(context, operation, link);
  const created = operation.kind === 'createRecord';
  const record = row === null ? expected : observed(context, row);
  // The environment's own logic may have changed more than was asked for: that is a change like any other, to be planned.
  store.records.confirm(created ? record : expected, keysOf(created ? record : expected));
  confirm(context, {
    entry: entry.id,
    link,
    service: 'dynamics',
    changes: operation.changes,
    settles: operation.kind === 'createRecord' ? agreedByCreation(context, operation, record) : operation.settles,
    created,
    answer: answer === null ? answerNeverCame : answerOfWrite(answer, record),
  });
  if (!created) {
    store.records.observe(record, keysOf(record), 0);
    if (canonicalJson(record.columns) !== canonicalJson(expected.columns)) planRestAgain(context, link);
  } else if (writtenOtherwise(context, operation, record)) store.records.setState(record.entity, record.id, planState.changed);

  if (operation.kind === 'updateRecord' && operation.optOut) {
    tally.optedOut();
    logOptOut(context, link, 'dynamics');
    return;
  }
  const kind = created ? 'created' : 'updated';
  tally[kind]('dynamics');
  logWritten(context, link, 'dynamics', kind, operation.changes);
  if (created) logEmptyRequired(context, link, { ...record.columns, ...operation.columns });
}

/** A column that the business requires stays empty where nothing is mapped to it; the service takes the row all the same. */
function logEmptyRequired({ requiredColumns, log, run }: ApplyContext, link: Link, columns: ObservedRecord['columns']): void {
  const empty = requiredColumns[link.entity].filter((name) => (columns[name] ?? null) === null);
  if (empty.length === 0) return;
  log.write({
    level: 'info',
    event: 'record.incomplete',
    run,
    message: `The new ${link.entity} has no value in ${empty.join(', ')}, which the business requires`,
    person: { dynamics: { entity: link.entity, id: link.dynamicsId } },
    details: { columns: empty },
  });
}

function writtenOtherwise({ maps }: ApplyContext, { settles }: RecordJob['operation'], record: ObservedRecord): boolean {
  return maps[record.entity].fields.some((field) => {
    const wanted = settles[field.key];
    if (wanted === undefined || wanted === null) return false;
    const found = field.converter.readDynamics(record.columns[field.column] ?? null);
    return !found.ok || !sameValue(agreedOn('dynamics', wanted), found.value);
  });
}

/**
 * What is agreed by a creation. What the new row holds without having been told is a default, nobody's edit, so it is not carried over;
 * unless the row was changed since it was created: then nobody can tell, and it is treated as at a first contact.
 */
function agreedByCreation(
  { maps }: ApplyContext,
  { entity, settles }: Extract<RecordJob['operation'], { kind: 'createRecord' }>,
  record: ObservedRecord,
): Settles {
  const changedSince = record.createdAt !== null && record.modifiedAt !== null && record.modifiedAt > record.createdAt;
  const agreed: Settles = { ...settles };
  for (const field of maps[entity].fields) {
    if (settles[field.key] !== null) continue;
    const value = field.converter.readDynamics(record.columns[field.dynamics] ?? null);
    if (!value.ok || value.value === null) continue;
    if (changedSince) delete agreed[field.key];
    else agreed[field.key] = { activeCampaign: null, dynamics: value.value };
  }
  return agreed;
}

const observed = (context: ApplyContext, row: Row): ObservedRecord =>
  observeRow(row, context.columns[row.entity], (values) => context.meetsCriteria[row.entity](values, row.id));

/** Without the service's word for it: the row as it was known, with what was written. */
function assumed({ store, columns }: ApplyContext, operation: RecordJob['operation'], link: Link): ObservedRecord {
  const before = store.records.byId(link.entity, link.dynamicsId) ?? emptyRecord(link, columns[link.entity]);
  const written = Object.fromEntries(Object.entries(operation.columns).filter(([name]) => name in before.columns));
  return { ...before, etag: null, columns: { ...before.columns, ...written } };
}

function emptyRecord({ entity, dynamicsId }: Link, columns: readonly string[]): ObservedRecord {
  const row: Row = { entity, id: dynamicsId, etag: null, columns: { statecode: 0 } };
  return observeRow(row, columns, () => false);
}

type Judged = { readonly job: RecordJob; readonly result: DynamicsWriteResult };

/** Reads what an answer did not tell: rows that somebody changed since they were read, and rows that an earlier try has created. */
async function readUntold(context: ApplyContext, judged: readonly Judged[]): Promise<void> {
  for (const entity of ['lead', 'contact'] as const) {
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

const holds = (row: Row, columns: DynamicsWrite['columns']): boolean =>
  Object.entries(columns).every(([name, value]) => (row.columns[name] ?? null) === value);

const isUntold = ({ operation }: RecordJob, result: DynamicsWriteResult): boolean =>
  operation.kind === 'createRecord' ? isCreatedUnseen(result) : result.kind === 'refused' && result.error.code === 'changed-meanwhile';

/** The id was chosen here: where it exists already, an earlier try whose answer was lost has created the row. */
const isCreatedUnseen = (result: DynamicsWriteResult): boolean =>
  (result.kind === 'done' && result.row === null) || (result.kind === 'refused' && result.error.code === 'already-exists');

/** Takes back what was planned on the old values, and plans anew on the new ones. */
function planOnRow(context: ApplyContext, { link }: RecordJob, row: Row | null): void {
  if (row === null) context.store.records.markGone(link.entity, link.dynamicsId);
  else {
    const record = observed(context, row);
    context.store.records.observe(record, keysOf(record), 0);
  }
  dropRest(context, link);
  planAgain(context, link);
}

const noAnswer = (count: number): ServiceError =>
  new ServiceError({
    service: 'dynamics',
    code: 'service-down',
    message: `Dynamics did not answer ${count} of the writes, though they were sent ${maxUnanswered} times.`,
    advice: 'Nothing is lost: they are sent again at the next run.',
  });
