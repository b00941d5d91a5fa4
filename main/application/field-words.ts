import type { CanonicalValue } from '../../shared/canonical-value.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Service } from '../connections/errors.ts';
import type { Problem } from '../store/problems.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { describeValue } from '../sync/mapping/canonical.ts';
import { compileFieldMap, type MappedField } from '../sync/mapping/field-map.ts';
import { keptMetadata, type Metadata } from '../sync/metadata.ts';
import { label } from '../sync/plan/pair.ts';
import { timeZoneOf } from '../sync/time-zone.ts';

/** Fields and values as people know them, from what the last run read of both services. */
export interface FieldWords {
  /** The mapped fields of an entity, the e-mail first. */
  readonly fields: (entity: Entity) => readonly MappedField[];
  /** "Job Title" for the column `jobtitle` or the field `field:3`. */
  readonly label: (service: Service, entity: Entity, name: string) => string;
  /** A canonical value of that column or field: the labels of choices, not their numbers. Null where it is empty. */
  readonly text: (service: Service, entity: Entity, name: string, value: CanonicalValue) => string | null;
  /** The message of a problem, with the field as people know it where the message names it as the settings do. */
  readonly problem: (entity: Entity, problem: Pick<Problem, 'field' | 'message'>) => string;
}

const standardFields: Readonly<Record<string, string>> = {
  email: 'Email',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  tags: 'Tags',
};

export function createFieldWords(store: SyncStore, settings: Settings): FieldWords {
  const metadata = keptMetadata(store);
  const timeZone = timeZoneOf(store, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const maps = Object.fromEntries(
    entities.map((entity) => [entity, fieldsOf(metadata, settings, entity, timeZone, store.lookupNames.name)]),
  ) as Record<Entity, readonly MappedField[]>;
  const titles = new Map(metadata?.fields.map(({ id, title }) => [`field:${id}`, title]));

  const columnLabel = (entity: Entity, name: string): string =>
    metadata?.tables[entity]?.columns.find((column) => column.name === name)?.label ?? name;
  const find = (service: Service, entity: Entity, name: string): MappedField | undefined =>
    maps[entity].find((field) => (service === 'dynamics' ? field.dynamics : field.activeCampaign) === name);

  const activeCampaignLabel = (name: string): string => standardFields[name] ?? titles.get(name) ?? name.replace(/^list:/, 'List ');

  return {
    fields: (entity) => maps[entity],
    label: (service, entity, name) => (service === 'dynamics' ? columnLabel(entity, name) : activeCampaignLabel(name)),
    text: (service, entity, name, value) => textOf(find(service, entity, name), value),
    problem: (entity, { field: key, message }) => {
      const field = maps[entity].find((one) => one.key === key);
      if (field === undefined) return message;
      const settingsName = `${label(field)}: `;
      return message.startsWith(settingsName)
        ? `${activeCampaignLabel(field.activeCampaign)}: ${message.slice(settingsName.length)}`
        : message;
    },
  };
}

function fieldsOf(
  metadata: Metadata | null,
  { dataConfiguration }: Settings,
  entity: Entity,
  timeZone: string,
  lookupName: (id: string) => string | null,
): readonly MappedField[] {
  const table = metadata?.tables[entity] ?? null;
  if (metadata === null || table === null) return [];
  return compileFieldMap(table, dataConfiguration[entity].mappings, metadata.fields, timeZone, lookupName).map.fields;
}

/** ActiveCampaign's form of a value is text made for people, but for the bars around the items of a list. */
export function textOf(field: Pick<MappedField, 'converter'> | undefined, value: CanonicalValue): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean' && field === undefined) return value ? 'Yes' : 'No';
  const written = field?.converter.toActiveCampaign(value);
  if (written === undefined || !written.ok) return field?.converter.inWords?.(value) ?? describeValue(value);
  return Array.isArray(value) ? written.raw.split('||').filter(Boolean).join(', ') : written.raw;
}
