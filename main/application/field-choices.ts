import type { FieldChoices } from '../../shared/field-choices.ts';
import { lookupTargets } from '../../shared/field-pairs.ts';
import type { Column } from '../connections/dynamics/types.ts';
import { isWritable } from '../sync/mapping/field-map.ts';
import type { AccountContents } from './account-reader.ts';

/** What the Data Configuration of one entity can choose from. */
export function fieldChoices({ table, views, fields, lists }: AccountContents): FieldChoices {
  return {
    columns: (table?.columns ?? [])
      .filter((column) => column.readable && (column.type.kind !== 'lookup' || namesSomething(column.type.targets)))
      .map((column) => ({
        name: column.name,
        label: column.label,
        kind: column.type.kind,
        writable: isWritable(column),
        required: column.required === 'business' && isWritable(column),
        options: optionsOf(column),
      })),
    fields: [
      { name: 'firstName', label: 'First name', type: 'text', options: [] },
      { name: 'lastName', label: 'Last name', type: 'text', options: [] },
      { name: 'phone', label: 'Phone', type: 'text', options: [] },
      ...fields.flatMap(({ id, title, type, options }) =>
        type === null ? [] : [{ name: `field:${id}`, label: title, type, options: options.map(({ value }) => value) }],
      ),
    ],
    lists: lists.map(({ id, name }) => ({ id, name })),
    views: views?.map(({ id, type, name }) => ({ id, type, name })) ?? null,
  };
}

const namesSomething = (targets: readonly string[]): boolean => lookupTargets.some((target) => targets.includes(target));

function optionsOf({ type }: Column): { value: number | boolean; label: string }[] {
  switch (type.kind) {
    case 'choice':
    case 'choices':
      return type.options.map(({ value, label }) => ({ value, label }));
    case 'twoOptions':
      return [
        { value: true, label: type.trueLabel },
        { value: false, label: type.falseLabel },
      ];
    default:
      return [];
  }
}
