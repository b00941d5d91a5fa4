import type { DynamicsWriteResult } from '../../connections/dynamics/types.ts';
import type { ObservedPerson, ObservedRecord } from '../../store/observed.ts';

/** What the services said of a write, as the journal keeps it. */

/** Found written when the row or the person was read: an earlier try, or an answer without the row. */
export const answerNeverCame = 'No answer came; reading shows it';

/** "Status 200, row version W/\"4711\", request 5f1c…". */
export function answerOfWrite(
  { status, requestId }: Extract<DynamicsWriteResult, { kind: 'done' }>,
  { etag }: Pick<ObservedRecord, 'etag'>,
): string {
  return [
    `Status ${status}`,
    ...(etag === null ? [] : [`row version ${etag}`]),
    ...(requestId === null ? [] : [`request ${requestId}`]),
  ].join(', ');
}

/** ActiveCampaign's answers say little; what counts is how the person reads afterwards. @param batch of the import that carried the write. */
export function answerOfReading(batch: string | null, { updatedAt }: Pick<ObservedPerson, 'updatedAt'>): string {
  const read = updatedAt === null ? 'Read back' : `Read back, changed at ${new Date(updatedAt).toISOString()}`;
  return batch === null ? read : `${read}, import ${batch}`;
}
