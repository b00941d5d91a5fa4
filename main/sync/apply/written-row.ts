import type { DynamicsWrite, DynamicsWriteResult, Row } from '../../connections/dynamics/types.ts';
import type { Link, ObservedRecord } from '../../store/observed.ts';
import { canonicalJson } from '../../store/people.ts';
import { planState } from '../../store/plan-state.ts';
import { sameValue } from '../mapping/canonical.ts';
import { agreedOn } from '../plan/merge.ts';
import type { Settles } from '../plan/operations.ts';
import { keysOf, observeRow } from '../read/observe.ts';
import { answerNeverCame, answerOfWrite } from './answers.ts';
import type { ApplyContext, Job } from './context.ts';
import { confirm, dropRest, journalWritten, logOptOut, logWritten, planAgain, planRestAgain } from './settle.ts';

/** What becomes of a row that was written, or that turns out to be another one than was planned on. Each runs inside the caller's transaction. */

export type RecordJob = Job<'createRecord' | 'updateRecord'>;

/**
 * The row is as it was to become: everything that is known of it follows.
 * @param row what the service showed of it; null where it showed nothing. @param answer null where the row was read because none had come.
 */
export function keepWritten(
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
  const settles = operation.kind === 'createRecord' ? agreedByCreation(context, operation, record) : operation.settles;
  confirm(context, {
    entry: entry.id,
    link,
    service: 'dynamics',
    changes: operation.changes,
    settles,
    created,
    answer: answer === null ? answerNeverCame : answerOfWrite(answer, record),
  });
  if (!created) {
    store.records.observe(record, keysOf(record), 0);
    if (canonicalJson(record.columns) !== canonicalJson(expected.columns)) planRestAgain(context, link);
  } else if (Object.keys(operation.settles).some((key) => !(key in settles)) || writtenOtherwise(context, operation, record))
    store.records.setState(record.entity, record.id, planState.changed);

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

export const observed = (context: ApplyContext, row: Row): ObservedRecord =>
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

/** Whether the row has what was to be written, as far as it was read: it may have been planned under another mapping. */
export function holds(row: Row, columns: DynamicsWrite['columns']): boolean {
  const read = Object.entries(columns).filter(([name]) => name in row.columns);
  return read.length > 0 && read.every(([name, value]) => row.columns[name] === value);
}

/** Takes back what was planned on the old values, and plans anew on the new ones. */
export function planOnRow(context: ApplyContext, job: RecordJob, row: Row | null): void {
  keepShown(context, job, row);
  dropRest(context, job.link);
  planAgain(context, job.link);
}

/**
 * Tells what an earlier try has written, of which only the answer never came, and remembers it as agreed: it would pass for somebody's edit.
 * The row counts as changed.
 */
export function keepShown(context: ApplyContext, { operation, link }: RecordJob, row: Row | null): void {
  const { records, links } = context.store;
  if (row === null) {
    records.markGone(link.entity, link.dynamicsId);
    return;
  }
  const before = records.byId(link.entity, link.dynamicsId)?.columns ?? {};
  const now = row.columns;
  const done = operation.changes.filter(
    ({ field }) => field in now && now[field] === operation.columns[field] && now[field] !== (before[field] ?? null),
  );
  journalWritten(context, link, 'dynamics', done, answerNeverCame);
  const written = new Set(done.map(({ field }) => field));
  const keys = context.maps[link.entity].fields.filter(({ dynamics }) => written.has(dynamics)).map(({ key }) => key);
  links.settle(link.id, Object.fromEntries(Object.entries(operation.settles).filter(([key]) => keys.includes(key))));
  const record = observed(context, row);
  records.observe(record, keysOf(record), 0);
}
