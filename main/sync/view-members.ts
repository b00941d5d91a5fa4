import type { Entity } from '../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Criteria } from '../../shared/settings.ts';
import { columnName } from '../connections/dynamics/odata-literal.ts';
import type { DynamicsClient, SavedView } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';

type ViewCriteria = Extract<Criteria, { match: 'view' }>;

/**
 * Ids of the rows that a saved view shows now. Only Dynamics can judge a view (it may ask for related tables, or for "the last seven
 * days"), so the view is run as it stands with its columns taken away: 5,000 ids a page.
 * @throws ServiceError `not-found` where the view no longer exists.
 */
export async function readViewMembers(dynamics: DynamicsClient, entity: Entity, criteria: ViewCriteria): Promise<ReadonlySet<DynamicsId>> {
  const view = findView(await dynamics.views(entity), entity, criteria);
  const members = new Set<DynamicsId>();
  for await (const page of dynamics.rowsByFetchXml(entity, onlyColumns(view.fetchXml, [`${entity}id`])))
    for (const row of page.rows) members.add(row.id);
  return members;
}

/** @throws ServiceError `not-found` */
export function findView(views: readonly SavedView[], entity: Entity, { viewId, viewType }: ViewCriteria): SavedView {
  const wanted = dynamicsId(viewId);
  const view = views.find((candidate) => candidate.id === wanted && candidate.type === viewType);
  if (view !== undefined) return view;
  throw new ServiceError({
    service: 'dynamics',
    code: 'not-found',
    message: `The ${viewType} view ${wanted} that decides which ${entity}s sync no longer exists, or is not shared with the signed-in user.`,
    advice: 'Choose another view under Data Configuration, or share the view again. Nothing was written.',
  });
}

/** The view's query with these columns in place of its own; conditions, links and order stay. */
export function onlyColumns(fetchXml: string, columns: readonly string[]): string {
  const attributes = columns.map((name) => `<attribute name="${columnName(name)}" />`).join('');
  return fetchXml
    .replace(/<attribute\b[^>]*\/>/g, '')
    .replace(/<all-attributes\s*\/>/g, '')
    .replace(/(<entity\b[^>]*>)/, `$1${attributes}`);
}
