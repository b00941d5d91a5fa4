import { z } from 'zod';
import type { LookupTarget } from '../../../shared/field-pairs.ts';
import { jsonBody } from '../http/json-body.ts';
import type { BatchRunner } from './batch.ts';
import { errorOf } from './errors.ts';
import { noAnswer } from './links.ts';
import { columnName } from './odata-literal.ts';
import type { WebApi } from './requests.ts';

/** Tables whose rows a lookup may name, as in ActiveCampaign's own integration: user, team, account. */
const tables: Readonly<Record<LookupTarget, { readonly entitySet: string; readonly name: string }>> = {
  systemuser: { entitySet: 'systemusers', name: 'fullname' },
  team: { entitySet: 'teams', name: 'name' },
  account: { entitySet: 'accounts', name: 'name' },
};

/**
 * The names of the rows that lookups point to. An owner may be a user or a team, so an id that one table does not have is asked of the next.
 * @returns by id; a row that none of the tables has (or shows to this user) is left out.
 */
export async function readLookupNames(
  api: WebApi,
  batches: BatchRunner,
  targets: readonly LookupTarget[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const target of targets) {
    const open = ids.filter((id) => !names.has(id));
    if (open.length === 0) break;
    for (const [id, name] of await readFrom(api, batches, target, open)) names.set(id, name);
  }
  return names;
}

async function readFrom(
  api: WebApi,
  batches: BatchRunner,
  target: LookupTarget,
  ids: readonly string[],
): Promise<[id: string, name: string][]> {
  const { entitySet, name } = tables[target];
  const what = `read the names of ${entitySet}`;
  const results = await batches.run(
    ids.map((id) => ({ method: 'GET', path: `${entitySet}(${id})?$select=${columnName(name)}`, headers: { Accept: 'application/json' } })),
    what,
  );
  const answer = z.object({ [name]: z.string().nullable() });
  return results.flatMap((result, index): [string, string][] => {
    if (result.kind === 'unanswered') throw noAnswer(api.host, what);
    const id = ids[index];
    if (result.answer.status !== 200) {
      const error = errorOf(result.answer, api.host, what);
      if (error.code === 'not-found' || error.code === 'no-right') return [];
      throw error;
    }
    const found = answer.safeParse(jsonBody(result.answer));
    const text = found.success ? found.data[name] : null;
    return id === undefined || text === null || text === undefined ? [] : [[id, text]];
  });
}
