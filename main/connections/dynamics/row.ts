import { z } from 'zod';
import type { Entity } from '../../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../../shared/ids.ts';
import { tables } from './tables.ts';
import type { ColumnValue, Row } from './types.ts';

export const rowId = z.string().transform((value, context): DynamicsId => {
  try {
    return dynamicsId(value);
  } catch {
    context.addIssue(`"${value}" is not a GUID`);
    return z.NEVER;
  }
});

function schemaOf(entity: Entity) {
  const { primaryKey } = tables[entity];
  return z.record(z.string(), z.unknown()).transform((wire, context): Row => {
    const id = rowId.safeParse(wire[primaryKey]);
    if (!id.success) {
      context.addIssue(`a ${entity} without its ${primaryKey}`);
      return z.NEVER;
    }
    const etag = wire['@odata.etag'];
    return {
      entity,
      id: id.data,
      etag: typeof etag === 'string' ? etag : null,
      columns: Object.fromEntries(
        Object.entries(wire).filter((column): column is [string, ColumnValue] => !column[0].includes('@') && isColumnValue(column[1])),
      ),
    };
  });
}

const schemas = { lead: schemaOf('lead'), contact: schemaOf('contact') } as const;

/** One row of an answer: its columns, without the annotations (`name@…`) and without anything that was expanded. */
export const rowSchema = (entity: Entity) => schemas[entity];

function isColumnValue(value: unknown): value is ColumnValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
