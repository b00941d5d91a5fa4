import type { Entity } from '../../../shared/entity.ts';

/** Where a table is in the Web API, and what its primary key is called. The names are the product's own and cannot be customised. */
export const tables: Readonly<Record<Entity, { readonly entitySet: string; readonly primaryKey: string }>> = {
  lead: { entitySet: 'leads', primaryKey: 'leadid' },
  contact: { entitySet: 'contacts', primaryKey: 'contactid' },
};
