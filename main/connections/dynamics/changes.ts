import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import { ServiceError } from '../errors.ts';
import { serverTime } from '../http/exchange.ts';
import { sameOriginLink } from '../http/url-rules.ts';
import { linkToFollow } from './links.ts';
import { columnName } from './odata-literal.ts';
import type { WebApi } from './requests.ts';
import { rowId, rowSchema } from './row.ts';
import { tables } from './tables.ts';
import type { ChangePage } from './types.ts';

/**
 * Change tracking (PowerApps docs: use-change-tracking-synchronize-data-external-systems). No other query option may go with it, and
 * annotations were seen to cost the delta link, so none are asked for.
 */
export async function* readChanges(
  api: WebApi,
  entity: Entity,
  select: readonly string[],
  deltaLink: string | null,
  pageSize: number,
): AsyncGenerator<ChangePage> {
  const { entitySet } = tables[entity];
  const pageSizePreference = `odata.maxpagesize=${pageSize}`;
  const prefer = deltaLink === null ? `odata.track-changes,${pageSizePreference}` : pageSizePreference;
  const page = changePage(entity);
  let url =
    deltaLink === null ? `${api.root}${entitySet}?$select=${select.map(columnName).join(',')}` : ownDeltaLink(api, entity, deltaLink);
  for (;;) {
    const { value, response } = await api.read({ method: 'GET', url, headers: { prefer } }, `read the changed ${entitySet}`, page);
    const nextLink = value['@odata.nextLink'];
    yield {
      rows: value.value.flatMap((entry) => (entry.kind === 'row' ? [entry.row] : [])),
      deleted: value.value.flatMap((entry) => (entry.kind === 'deleted' ? [entry.id] : [])),
      deltaLink: nextLink === undefined ? (value['@odata.deltaLink'] ?? null) : null,
      last: nextLink === undefined,
      serverTime: serverTime(response.headers),
    };
    if (nextLink === undefined) return;
    url = linkToFollow(api, nextLink);
  }
}

const deletedEntity = z
  .object({ '@odata.context': z.string().regex(/\$deletedEntity$/), id: rowId })
  .transform(({ id }) => ({ kind: 'deleted' as const, id }));

function changePage(entity: Entity) {
  const row = rowSchema(entity).transform((found) => ({ kind: 'row' as const, row: found }));
  return z.object({
    value: z.array(z.union([deletedEntity, row])),
    '@odata.nextLink': z.string().optional(),
    '@odata.deltaLink': z.string().optional(),
  });
}

/** A stored link of another address (the environment got a new name) is as good as an expired one. */
function ownDeltaLink(api: WebApi, entity: Entity, deltaLink: string): string {
  const own = sameOriginLink(deltaLink, api.origin);
  if (own !== null) return own;
  throw new ServiceError({
    service: 'dynamics',
    code: 'cursor-expired',
    message: `The mark up to which changed ${tables[entity].entitySet} were read belongs to another address than ${api.host}.`,
    advice: 'Nothing needs to be done: everything is read once more.',
  });
}
