import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import { linkToFollow } from './links.ts';
import { textLiteral } from './odata-literal.ts';
import type { WebApi } from './requests.ts';
import { rowId } from './row.ts';
import type { SavedView } from './types.ts';

/** Ordinary list views (`querytype` 0) that the system offers, and those that the user made (PowerApps docs: retrieve-and-execute-predefined-queries). */
export async function readViews(api: WebApi, entity: Entity): Promise<readonly SavedView[]> {
  const [system, personal] = [await readKind(api, entity, 'system'), await readKind(api, entity, 'personal')];
  return [...system, ...personal];
}

async function readKind(api: WebApi, entity: Entity, type: SavedView['type']): Promise<readonly SavedView[]> {
  const { entitySet, key } =
    type === 'system' ? { entitySet: 'savedqueries', key: 'savedqueryid' } : { entitySet: 'userqueries', key: 'userqueryid' };
  const view = z
    .object({ name: z.string(), fetchxml: z.string().nullable(), savedqueryid: rowId.optional(), userqueryid: rowId.optional() })
    .transform((row, context) => {
      const id = type === 'system' ? row.savedqueryid : row.userqueryid;
      if (id !== undefined) return { id, type, name: row.name, fetchXml: row.fetchxml };
      context.addIssue(`a view without its ${key}`);
      return z.NEVER;
    });
  const answer = z.object({ value: z.array(view), '@odata.nextLink': z.string().optional() });
  const filter = encodeURIComponent(`returnedtypecode eq ${textLiteral(entity)} and querytype eq 0`);
  const views: SavedView[] = [];
  let url = `${api.root}${entitySet}?$select=name,${key},fetchxml&$filter=${filter}`;
  for (;;) {
    const { value } = await api.read({ method: 'GET', url }, 'read the saved views', answer);
    for (const { fetchXml, ...rest } of value.value) if (fetchXml !== null) views.push({ ...rest, fetchXml });
    const nextLink = value['@odata.nextLink'];
    if (nextLink === undefined) return views;
    url = linkToFollow(api, nextLink);
  }
}
