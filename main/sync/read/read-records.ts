import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import { momentLiteral } from '../../connections/dynamics/odata-literal.ts';
import type { DynamicsClient, Row } from '../../connections/dynamics/types.ts';
import { ServiceError, type ServiceErrorCode } from '../../connections/errors.ts';
import type { Log } from '../../log/log.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { type Entrance, keepVerdict } from '../entrance.ts';
import type { RecordsCursor } from './cursors.ts';
import { keysOf, observeRow } from './observe.ts';
import { readAhead } from './read-ahead.ts';
import { fingerprint } from './selection.ts';

export interface ReadRecordsContext {
  readonly client: DynamicsClient;
  readonly store: SyncStore;
  readonly log: Log;
  readonly run: number;
  readonly entity: Entity;
  readonly columns: readonly string[];
  readonly changeTracking: boolean;
  readonly meetsCriteria: (columns: Row['columns'], id: Row['id']) => boolean;
  readonly entrance: Entrance;
  readonly cursor: RecordsCursor | null;
  readonly now: () => number;
  /** Called between two slices of a page with the number of rows read. */
  readonly progress: (read: number) => Promise<void>;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** `modifiedon` is kept to the second, and a row may be committed a moment after it was stamped. */
const modifiedOnOverlapMs = 5 * minuteMs;
const lastSweepKey = 'dynamics.lastSweep';

/**
 * Brings one table up to date and answers the cursor that the run's commit may keep.
 *
 * Where change tracking is on and may be read: by the delta link, else by `modifiedon` with an overlap and a daily comparison of all ids.
 * A delta link that has expired leads to a full read; who is missing in a complete one is gone.
 */
export async function readRecords(context: ReadRecordsContext): Promise<RecordsCursor> {
  const selection = fingerprint(context.columns);
  const cursor = context.cursor?.fingerprint === selection ? context.cursor : null;
  if (cursor?.mode === 'delta') {
    const deltaLink = await unless(['cursor-expired'], readChanges(context, cursor.deltaLink, null));
    if (deltaLink !== null) return { mode: 'delta', fingerprint: selection, deltaLink: deltaLink.link ?? cursor.deltaLink };
    tell(context, 'The delta link has expired: every row is read again');
  }
  if (cursor?.mode === 'modifiedOn') {
    const serverNow = (await readModifiedSince(context, cursor.since)) ?? cursor.since;
    if (Math.abs(serverNow - cursor.comparedAt) < dayMs) return { ...cursor, since: serverNow };
  }
  return readInFull(context, selection);
}

async function readInFull(context: ReadRecordsContext, selection: string): Promise<RecordsCursor> {
  const sweep = nextSweep(context);
  const tracked = context.changeTracking ? await unless(['not-available', 'no-right'], readChanges(context, null, sweep)) : null;
  if (tracked?.link != null) {
    vanishUnseen(context, sweep);
    // The delta link may carry the time of the last page: an edit of an earlier page's row during the read would be lost to it.
    if (tracked.startedAt !== null) await readModifiedSince(context, tracked.startedAt);
    return { mode: 'delta', fingerprint: selection, deltaLink: tracked.link };
  }
  tell(context, `Change tracking of ${context.entity}s is off or may not be read: changes are found by their date, deletions once a day`);
  const startedAt = await readRows(context, sweep, undefined);
  vanishUnseen(context, sweep);
  const since = startedAt ?? context.now();
  return { mode: 'modifiedOn', fingerprint: selection, since, comparedAt: since };
}

/** @returns null where the read ended with one of these codes; what was kept until then stays true. */
async function unless<T>(codes: readonly ServiceErrorCode[], work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ServiceError && codes.includes(error.code)) return null;
    throw error;
  }
}

/** @param sweep number of the sweep where every row is read; null for the changes since `deltaLink`. */
async function readChanges(
  context: ReadRecordsContext,
  deltaLink: string | null,
  sweep: number | null,
): Promise<{ readonly link: string | null; readonly startedAt: number | null }> {
  const { client, store, entity, columns } = context;
  let startedAt: number | null = null;
  let link: string | null = null;
  let read = 0;
  for await (const page of readAhead(client.changes(entity, columns, deltaLink))) {
    startedAt ??= page.serverTime;
    read = await keep(context, page.rows, sweep ?? 0, read);
    transaction(store.database, () => {
      for (const id of page.deleted) store.records.markGone(entity, id);
    });
    if (page.last) link = page.deltaLink;
  }
  return { link, startedAt };
}

const readModifiedSince = (context: ReadRecordsContext, since: number): Promise<number | null> =>
  readRows(context, 0, `modifiedon ge ${momentLiteral(since - modifiedOnOverlapMs)}`);

async function readRows(context: ReadRecordsContext, sweep: number, filter: string | undefined): Promise<number | null> {
  let startedAt: number | null = null;
  let read = 0;
  const query = { select: context.columns, ...(filter !== undefined && { filter }) };
  for await (const page of readAhead(context.client.rows(context.entity, query))) {
    startedAt ??= page.serverTime;
    read = await keep(context, page.rows, sweep, read);
  }
  return startedAt;
}

/** Rows kept in one transaction: a page of 5,000 at once would hold up the rest of the process, the reading of the other side above all. */
const slice = 500;

/** @returns how many are read with these, after `before`. */
async function keep(context: ReadRecordsContext, rows: readonly Row[], sweep: number, before: number): Promise<number> {
  const { store, columns, meetsCriteria, entrance, now, progress } = context;
  for (let start = 0; start < rows.length; start += slice) {
    transaction(store.database, () => {
      for (const row of rows.slice(start, start + slice)) {
        const record = observeRow(row, columns, (values) => meetsCriteria(values, row.id));
        const met = store.records.observe(record, keysOf(record), sweep);
        if (met !== null) keepVerdict(store, entrance, record, met, now());
      }
    });
    await progress(before + Math.min(start + slice, rows.length));
  }
  return before + rows.length;
}

function nextSweep({ store }: ReadRecordsContext): number {
  const next = (readMeta(store.database, lastSweepKey, z.number()) ?? 0) + 1;
  writeMeta(store.database, lastSweepKey, next);
  return next;
}

function vanishUnseen(context: ReadRecordsContext, sweep: number): void {
  const gone = context.store.records.vanishUnseen(context.entity, sweep);
  if (gone > 0) tell(context, `${gone} ${context.entity}s no longer exist in Dynamics`);
}

function tell(context: ReadRecordsContext, message: string): void {
  context.log.write({ level: 'info', event: 'records.read', run: context.run, message });
}
