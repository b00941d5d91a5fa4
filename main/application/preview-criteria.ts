import type { CriteriaPreview, CriteriaQuestion } from '../../shared/criteria-preview.ts';
import type { Entity } from '../../shared/entity.ts';
import type { Criteria } from '../../shared/settings.ts';
import type { Column, DynamicsClient, FirstRows, Row, SavedView } from '../connections/dynamics/types.ts';
import { CriteriaError, compileConditions } from '../sync/criteria/compile.ts';
import { findView, onlyColumns } from '../sync/view-members.ts';
import type { AccountReader } from './account-reader.ts';

const peopleShown = 5;
const shownColumns = ['firstname', 'lastname', 'emailaddress1'];

type Problems = Extract<CriteriaPreview, { kind: 'refused' }>['problems'];

/** How many rows meet the criteria, and five of them: one request to Dynamics, none where a run would refuse them. @throws ServiceError */
export async function previewCriteria(
  accounts: AccountReader,
  { entity, criteria }: CriteriaQuestion,
  signal: AbortSignal,
): Promise<CriteriaPreview> {
  const { table, views } = await accounts.contents(entity);
  const dynamics = await accounts.dynamics(signal);
  signal.throwIfAborted();
  if (table === null) return { kind: 'counted', count: 0, exact: true, people: [] };
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const problems = criteriaProblems(criteria, columns, views);
  if (problems.length > 0) return { kind: 'refused', problems };
  const { rows, count, exact } = await firstRows(dynamics, entity, criteria, columns, views);
  return { kind: 'counted', count, exact, people: rows.map(personOf) };
}

async function firstRows(
  dynamics: DynamicsClient,
  entity: Entity,
  criteria: Criteria,
  columns: ReadonlyMap<string, Column>,
  views: readonly SavedView[] | null,
): Promise<FirstRows> {
  if (criteria.match === 'view') {
    const view = findView(views ?? (await dynamics.views(entity)), entity, criteria);
    return dynamics.firstRowsByFetchXml(entity, onlyColumns(view.fetchXml, [`${entity}id`, ...shownColumns]), peopleShown);
  }
  return dynamics.firstRows(entity, {
    select: shownColumns,
    ...(criteria.match === 'conditions' && { filter: compileConditions(criteria, columns).filter }),
    orderBy: 'modifiedon desc',
    top: peopleShown,
  });
}

/** Everything that a run would refuse; it stops at the first. */
function criteriaProblems(criteria: Criteria, columns: ReadonlyMap<string, Column>, views: readonly SavedView[] | null): Problems {
  switch (criteria.match) {
    case 'all':
      return [];
    case 'view': {
      const known = views === null || views.some(({ id, type }) => id === criteria.viewId.toLowerCase() && type === criteria.viewType);
      return known ? [] : [{ path: 'viewId', message: 'This view is not in Dynamics any more, or is not shared with the signed-in user.' }];
    }
    case 'conditions':
      return criteria.conditions.flatMap((condition, index) => {
        try {
          compileConditions({ ...criteria, conditions: [condition] }, columns);
          return [];
        } catch (error) {
          if (!(error instanceof CriteriaError)) throw error;
          return [{ path: error.path.replace('conditions[0]', `conditions[${index}]`), message: `${error.message}.` }];
        }
      });
  }
}

function personOf({ id, columns }: Row): { id: string; name: string; email: string | null } {
  const text = (name: string) => (typeof columns[name] === 'string' ? columns[name].trim() : '');
  return { id, name: `${text('firstname')} ${text('lastname')}`.trim(), email: text('emailaddress1') || null };
}
