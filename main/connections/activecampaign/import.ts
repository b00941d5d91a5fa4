import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ApiRequests } from './requests.ts';
import type { ImportProgress, ImportRow, ImportSubmission } from './types.ts';
import { count, listOf, personId, text } from './wire.ts';

/** https://developers.activecampaign.com/reference/bulk-import-contacts */
const maxRows = 250;
const maxBytes = 399_999;

const queuedAnswer = z
  .object({ success: count, Success: count, queued_contacts: count, batchId: text, message: text })
  .transform(({ success, Success, ...rest }) => ({ accepted: success === 1 || Success === 1, ...rest }));

const rejection = z.object({
  failureReasons: z.array(z.object({ contact: z.coerce.number().int().min(1), failureReason: text })).min(1),
});

const progressAnswer = z.object({
  status: text,
  success: listOf(personId),
  failure: listOf(text),
});

const statuses = ['waiting', 'claimed', 'active', 'completed', 'failed', 'interrupted'] as const;

/**
 * Snake case here, unlike `contact/sync`; a key in another spelling would be dropped without a word. The documentation shows
 * `exclude_automations` in both places, beside the contacts and inside each, so it is sent in both.
 */
function wireRow(row: ImportRow, excludeAutomations: boolean) {
  return {
    email: row.email,
    ...(row.firstName === undefined ? {} : { first_name: row.firstName }),
    ...(row.lastName === undefined ? {} : { last_name: row.lastName }),
    ...(row.phone === undefined ? {} : { phone: row.phone }),
    ...(row.fields === undefined ? {} : { fields: Object.entries(row.fields).map(([field, value]) => ({ id: Number(field), value })) }),
    ...(row.tags.length === 0 ? {} : { tags: row.tags }),
    ...(row.subscribeTo.length === 0 ? {} : { subscribe: row.subscribeTo.map(wireList) }),
    ...(row.unsubscribeFrom.length === 0 ? {} : { unsubscribe: row.unsubscribeFrom.map(wireList) }),
    ...(excludeAutomations ? { exclude_automations: true } : {}),
  };
}

const wireList = (list: string) => ({ listid: Number(list) });

/** Cuts rows, in their order, into the fewest batches that the service takes: 250 people and less than 400,000 bytes each. */
export function importBatches(rows: readonly ImportRow[]): readonly (readonly ImportRow[])[] {
  const envelope = Buffer.byteLength(JSON.stringify({ contacts: [], exclude_automations: false }));
  const batches: ImportRow[][] = [];
  let batch: ImportRow[] = [];
  let bytes = envelope;
  for (const row of rows) {
    const rowBytes = Buffer.byteLength(JSON.stringify(wireRow(row, true))) + 1;
    if (batch.length === maxRows || (batch.length > 0 && bytes + rowBytes > maxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = envelope;
    }
    batch.push(row);
    bytes += rowBytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Sends one batch. The same people sent twice end up the same, so a lost answer is asked for again. */
export async function submitImport(
  requests: ApiRequests,
  rows: readonly ImportRow[],
  excludeAutomations: boolean,
): Promise<ImportSubmission> {
  const sent = await requests.send({
    method: 'POST',
    path: 'import/bulk_import',
    body: { contacts: rows.map((row) => wireRow(row, excludeAutomations)), exclude_automations: excludeAutomations },
    idempotent: true,
    what: `import ${rows.length} contacts`,
  });
  const json = jsonBody(sent.response);
  const rejected = rejection.safeParse(json);
  if (rejected.success) {
    // The service counts from 1.
    return {
      kind: 'rejected',
      rows: rejected.data.failureReasons.map(({ contact, failureReason }) => ({ index: contact - 1, reason: failureReason })),
    };
  }
  const queued = queuedAnswer.safeParse(json);
  if (sent.response.status === 200 && queued.success && queued.data.accepted && queued.data.batchId !== '') {
    return { kind: 'queued', batchId: queued.data.batchId, queued: queued.data.queued_contacts };
  }
  throw await requests.refusal(sent);
}

export async function readImportProgress(requests: ApiRequests, batchId: string): Promise<ImportProgress> {
  try {
    const { value } = await requests.call({
      method: 'GET',
      path: 'import/info',
      query: new URLSearchParams({ batchId }),
      idempotent: true,
      what: 'follow an import',
      answer: progressAnswer,
    });
    return {
      // `false` within the first second, before the service knows of its own batch.
      status: statuses.find((status) => status === value.status) ?? 'unknown',
      succeeded: value.success,
      failed: value.failure,
    };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'not-found') throw error;
    return { status: 'unknown', succeeded: [], failed: [] };
  }
}
