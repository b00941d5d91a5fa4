import type { TableSchema } from './schema/table.ts';
import type { DynamicsVariant } from './variant.ts';

/** What of a table depends on the environment. */

export const changeTracking = (table: TableSchema, variant: DynamicsVariant) =>
  table.changeTracking && (table.logicalName !== 'contact' || variant.contactChangeTracking);

export const optimisticConcurrency = (table: TableSchema, variant: DynamicsVariant) =>
  table.optimisticConcurrency && variant.optimisticConcurrency;

export const isInstalled = (table: TableSchema, variant: DynamicsVariant) => table.logicalName !== 'lead' || variant.leadTable;
