import type { Entity } from '../../shared/entity.ts';
import type { FieldChoices } from '../../shared/field-choices.ts';
import { lookupTargets } from '../../shared/field-pairs.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Column } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';
import type { Connector } from '../services/connector.ts';
import { isWritable } from '../sync/mapping/field-map.ts';

/** What the Data Configuration of one entity can choose from, as both services say it now. @throws ServiceError */
export async function readFieldChoices(connector: Connector, settings: Settings, entity: Entity): Promise<FieldChoices> {
  const { activeCampaign, dynamics } = await connector.connect(settings, () => undefined);
  const [columns, views, fields, lists] = await Promise.all([
    dynamics.table(entity).then((table) => table.columns, noTable),
    dynamics.views(entity).catch(noViews),
    activeCampaign.fields(),
    activeCampaign.lists(),
  ]);
  return {
    columns: columns
      .filter((column) => column.readable && (column.type.kind !== 'lookup' || namesSomething(column.type.targets)))
      .map((column) => ({
        name: column.name,
        label: column.label,
        kind: column.type.kind,
        writable: isWritable(column),
        options: optionsOf(column),
      })),
    fields: [
      { name: 'firstName', label: 'First name', type: 'text' },
      { name: 'lastName', label: 'Last name', type: 'text' },
      { name: 'phone', label: 'Phone', type: 'text' },
      ...fields.flatMap(({ id, title, type }) => (type === null ? [] : [{ name: `field:${id}`, label: title, type }])),
    ],
    lists: lists.map(({ id, name }) => ({ id, name })),
    views: views.map(({ id, type, name }) => ({ id, type, name })),
  };
}

const namesSomething = (targets: readonly string[]): boolean => lookupTargets.some((target) => targets.includes(target));

/** An environment without the table has nothing to choose from; the other table goes on. */
function noTable(error: unknown): readonly Column[] {
  if (error instanceof ServiceError && error.code === 'not-available') return [];
  throw error;
}

/** Who may not list views can still use conditions. */
function noViews(error: unknown): [] {
  if (error instanceof ServiceError && (error.code === 'no-right' || error.code === 'not-available')) return [];
  throw error;
}

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
