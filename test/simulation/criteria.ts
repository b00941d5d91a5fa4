import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { views } from '../../main/demo/dynamics/environment.ts';
import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import type { Criteria } from '../../shared/settings.ts';
import type { EntityChoice } from './scenario.ts';

type Columns = Readonly<Record<string, ColumnValue>>;

interface Choice {
  readonly criteria: (entity: Entity) => Criteria;
  /** What they mean, said a second time. */
  readonly meets: (entity: Entity, columns: Columns) => boolean;
}

const country = (columns: Columns) => emailKey(text(columns.address1_country));
const text = (value: ColumnValue | undefined) => (typeof value === 'string' ? value : null);
const fromNorway = { field: 'address1_country', operator: 'equals', value: 'Norway' } as const;

export const whoMayEnter: Readonly<Record<EntityChoice['who'], Choice>> = {
  all: { criteria: () => ({ match: 'all' }), meets: () => true },
  fromNorway: {
    criteria: () => ({ match: 'conditions', join: 'and', conditions: [fromNorway] }),
    meets: (_, columns) => country(columns) === 'norway',
  },
  notFromNorway: {
    criteria: () => ({ match: 'conditions', join: 'and', conditions: [{ ...fromNorway, operator: 'notEquals' }] }),
    meets: (_, columns) => country(columns) !== 'norway',
  },
  systemView: {
    criteria: (entity) => ({ match: 'view', viewType: 'system', viewId: entity === 'lead' ? views.leadsFromNorway : views.activeContacts }),
    meets: (entity, columns) => columns.statecode === 0 && (entity === 'contact' || ['norway', 'norge'].includes(country(columns) ?? '')),
  },
  personalView: {
    criteria: () => ({ match: 'view', viewType: 'personal', viewId: views.myHotLeads }),
    meets: (_, columns) => columns.leadqualitycode === 1,
  },
};
