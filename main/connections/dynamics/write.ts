import { jsonBody } from '../http/json-body.ts';
import type { BatchRunner, PartResult } from './batch.ts';
import type { BatchPart } from './batch-writer.ts';
import { errorOf } from './errors.ts';
import { columnName } from './odata-literal.ts';
import type { WebApi } from './requests.ts';
import { rowSchema } from './row.ts';
import { tables } from './tables.ts';
import type { DynamicsWrite, DynamicsWriteResult } from './types.ts';

/**
 * Carries out writes in order. Each is safe to repeat: a creation names its id and refuses an existing row, an update names the version it
 * was made for, and neither creates a row that was deleted (a bare PATCH would).
 */
export async function writeRows(
  api: WebApi,
  batches: BatchRunner,
  writes: readonly DynamicsWrite[],
): Promise<readonly DynamicsWriteResult[]> {
  const results = await batches.run(writes.map(partOf), 'write rows');
  return results.map((result, index) => {
    const write = writes[index];
    return write === undefined ? { kind: 'unanswered' } : resultOf(result, api.host, write);
  });
}

function partOf(write: DynamicsWrite): BatchPart {
  const { entitySet, primaryKey } = tables[write.entity];
  const select = write.returning.length === 0 ? primaryKey : write.returning.map(columnName).join(',');
  return {
    method: 'PATCH',
    path: `${entitySet}(${write.id})?$select=${select}`,
    headers: {
      Accept: 'application/json',
      Prefer: 'return=representation',
      ...(write.kind === 'create' ? { 'If-None-Match': '*' } : { 'If-Match': write.etag ?? '*' }),
    },
    body: write.columns,
  };
}

function resultOf(result: PartResult, host: string, write: DynamicsWrite): DynamicsWriteResult {
  if (result.kind === 'unanswered') return result;
  const { answer, requestId } = result;
  if (answer.status < 200 || answer.status > 299) {
    return { kind: 'refused', error: errorOf(answer, host, `${write.kind} a ${write.entity}`, 'record') };
  }
  const row = rowSchema(write.entity).safeParse(jsonBody(answer));
  return { kind: 'done', row: row.success ? row.data : null, status: answer.status, requestId };
}
