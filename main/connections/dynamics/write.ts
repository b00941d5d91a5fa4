import { z } from 'zod';
import { jsonBody } from '../http/json-body.ts';
import type { BatchRunner, PartResult } from './batch.ts';
import type { BatchPart } from './batch-writer.ts';
import { errorOf } from './errors.ts';
import type { WebApi } from './requests.ts';
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
    return resultOf(result, api.host, write === undefined ? 'write a row' : `${write.kind} a ${write.entity}`);
  });
}

function partOf(write: DynamicsWrite): BatchPart {
  const { entitySet, primaryKey } = tables[write.entity];
  return {
    method: 'PATCH',
    // The representation, cut to its key, is the only answer to a PATCH that carries the new version.
    path: `${entitySet}(${write.id})?$select=${primaryKey}`,
    headers: {
      Accept: 'application/json',
      Prefer: 'return=representation',
      ...(write.kind === 'create' ? { 'If-None-Match': '*' } : { 'If-Match': write.etag ?? '*' }),
    },
    body: write.columns,
  };
}

const written = z.object({ '@odata.etag': z.string() });

function resultOf(result: PartResult, host: string, what: string): DynamicsWriteResult {
  if (result.kind === 'unanswered') return result;
  const { answer } = result;
  if (answer.status < 200 || answer.status > 299) return { kind: 'refused', error: errorOf(answer, host, what) };
  const body = written.safeParse(jsonBody(answer));
  return { kind: 'done', etag: body.success ? body.data['@odata.etag'] : (answer.headers.etag ?? null) };
}
