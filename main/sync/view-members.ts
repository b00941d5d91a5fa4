import type { Entity } from '../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Criteria } from '../../shared/settings.ts';
import type { DynamicsClient } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';

/**
 * Ids of the rows that a saved view shows now. Only Dynamics can judge a view (it may ask for related tables, or for "the last seven
 * days"), so the view is run as it stands with its columns taken away: 5,000 ids a page.
 * @throws ServiceError `not-found` where the view no longer exists.
 */
export async function readViewMembers(
  dynamics: DynamicsClient,
  entity: Entity,
  criteria: Extract<Criteria, { match: 'view' }>,
): Promise<ReadonlySet<DynamicsId>> {
  const wanted = dynamicsId(criteria.viewId);
  const view = (await dynamics.views(entity)).find((candidate) => candidate.id === wanted && candidate.type === criteria.viewType);
  if (view === undefined) {
    throw new ServiceError({
      service: 'dynamics',
      code: 'not-found',
      message: `The ${criteria.viewType} view ${wanted} that decides which ${entity}s sync no longer exists, or is not shared with the signed-in user.`,
      advice: 'Choose another view under Data Configuration, or share the view again. Nothing was written.',
    });
  }
  const members = new Set<DynamicsId>();
  for await (const page of dynamics.rowsByFetchXml(entity, onlyKey(view.fetchXml, entity)))
    for (const row of page.rows) members.add(row.id);
  return members;
}

/** The view's query without its columns; conditions, links and order stay. */
function onlyKey(fetchXml: string, entity: Entity): string {
  return fetchXml
    .replace(/<attribute\b[^>]*\/>/g, '')
    .replace(/<all-attributes\s*\/>/g, '')
    .replace(/(<entity\b[^>]*>)/, `$1<attribute name="${entity}id" />`);
}
