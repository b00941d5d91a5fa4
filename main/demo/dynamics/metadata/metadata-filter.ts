import { badRequest } from '../dataverse-error.ts';
import type { Comparison, Filter, Literal } from '../odata/filter-syntax.ts';

type Definition = Readonly<Record<string, unknown>>;

/**
 * Whether a definition meets a filter over metadata: paths (`RequiredLevel/Value`) and enumeration members
 * (`Microsoft.Dynamics.CRM.AttributeTypeCode'Picklist'`), compared exactly.
 */
export function meetsFilter(filter: Filter, definition: Definition): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => meetsFilter(part, definition));
    case 'or':
      return filter.parts.some((part) => meetsFilter(part, definition));
    case 'not':
      return !meetsFilter(filter.part, definition);
    case 'compare':
      return compare(valueAt(definition, filter.property), filter.operator, filter.value);
    case 'text':
    case 'function':
      throw badRequest('Functions are not supported in a filter over metadata.');
  }
}

function valueAt(definition: Definition, path: string): unknown {
  let value: unknown = definition;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      throw badRequest(`Could not find a property named '${name}'.`);
    }
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

function compare(value: unknown, operator: Comparison, literal: Literal): boolean {
  const operand = literal.type === 'null' ? null : literal.value;
  switch (operator) {
    case 'eq':
      return value === operand;
    case 'ne':
      return value !== operand;
    case 'gt':
      return Number(value) > Number(operand);
    case 'ge':
      return Number(value) >= Number(operand);
    case 'lt':
      return Number(value) < Number(operand);
    case 'le':
      return Number(value) <= Number(operand);
  }
}
