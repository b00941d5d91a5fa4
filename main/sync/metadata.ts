import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import { activeCampaignFieldTypes } from '../../shared/field-pairs.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ActiveCampaignClient, Automation, CustomField } from '../connections/activecampaign/types.ts';
import type { Column, ColumnType, DynamicsClient, TableDefinition } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { chosenAutomations } from './automations/chosen.ts';

/** What both services say of their fields. A table that the environment does not have is null. */
export interface Metadata {
  readonly tables: Readonly<Record<Entity, TableDefinition | null>>;
  readonly fields: readonly CustomField[];
  /** Empty where none is chosen. */
  readonly automations: readonly Automation[];
  /** Ids; null where nobody is to join one, or they cannot be read. */
  readonly lists: readonly string[] | null;
}

const options = z.array(z.object({ value: z.number(), label: z.string() }));
const bounds = { min: z.number(), max: z.number() };
export const columnType = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['text', 'multilineText']), maxLength: z.number() }),
  z.object({ kind: z.enum(['wholeNumber', 'bigInteger']), ...bounds }),
  z.object({ kind: z.enum(['decimal', 'float', 'money']), precision: z.number(), ...bounds }),
  z.object({ kind: z.literal('twoOptions'), trueLabel: z.string(), falseLabel: z.string() }),
  z.object({
    kind: z.literal('dateTime'),
    behavior: z.enum(['userLocal', 'dateOnly', 'timeZoneIndependent']),
    format: z.enum(['dateOnly', 'dateAndTime']),
  }),
  z.object({ kind: z.enum(['choice', 'choices']), options }),
  z.object({ kind: z.literal('lookup'), targets: z.array(z.string()) }),
]) satisfies z.ZodType<ColumnType>;

const column = z.object({
  name: z.string(),
  label: z.string(),
  type: columnType,
  required: z.enum(['none', 'recommended', 'business', 'system']),
  readable: z.boolean(),
  creatable: z.boolean(),
  updatable: z.boolean(),
  secured: z.boolean(),
}) satisfies z.ZodType<Column>;

const table = z.object({
  entity: z.enum(entities),
  entitySetName: z.string(),
  changeTracking: z.boolean(),
  optimisticConcurrency: z.boolean(),
  columns: z.array(column),
}) satisfies z.ZodType<TableDefinition>;

const customField = z.object({
  id: z.string(),
  title: z.string(),
  type: z.enum(activeCampaignFieldTypes).nullable(),
  options: z.array(z.object({ id: z.string(), value: z.string() })),
}) satisfies z.ZodType<CustomField>;

const kept = z.object({
  readAt: z.number(),
  /** Of the settings that it was read for: a mapping that is new may name a field that is new. */
  wanted: z.string(),
  lead: table.nullable(),
  contact: table.nullable(),
  fields: z.array(customField),
  automations: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })).default([]),
  lists: z.array(z.string()).nullable().default(null),
});

const key = 'metadata';
const freshForMs = 24 * 60 * 60 * 1000;

/** What was last read, however long ago; null before the first run. */
export function keptMetadata(store: SyncStore): Metadata | null {
  const known = readMeta(store.database, key, kept);
  return known === undefined ? null : metadataOf(known);
}

/**
 * The metadata of both services, read anew once a day and whenever what it is wanted for has changed.
 * @param wanted what it is read for. Automations and lists are asked for where some are chosen.
 */
export async function readMetadata(
  store: SyncStore,
  activeCampaign: ActiveCampaignClient,
  dynamics: DynamicsClient,
  wanted: Settings['dataConfiguration'],
  now: number,
): Promise<Metadata> {
  const fingerprint = createHash('sha256').update(JSON.stringify(wanted)).digest('hex');
  const known = readMeta(store.database, key, kept);
  if (known !== undefined && known.wanted === fingerprint && Math.abs(now - known.readAt) < freshForMs) {
    return metadataOf(known);
  }
  const metadata: Metadata = {
    tables: { lead: await tableOrNull(dynamics, 'lead'), contact: await tableOrNull(dynamics, 'contact') },
    fields: await activeCampaign.fields(),
    automations:
      chosenAutomations({ dataConfiguration: wanted }).size > 0 ? ((await ifAllowed(() => activeCampaign.automations())) ?? []) : [],
    lists: joinsLists(wanted) ? ((await ifAllowed(() => activeCampaign.lists()))?.map(({ id }) => id) ?? null) : null,
  };
  const { tables, ...ofActiveCampaign } = metadata;
  writeMeta(store.database, key, kept.parse({ readAt: now, wanted: fingerprint, ...tables, ...ofActiveCampaign }));
  return metadata;
}

/** The next run reads the metadata anew: somebody has changed a field. */
export function forgetMetadata({ database }: SyncStore): void {
  const known = readMeta(database, key, kept);
  // Kept all the same: it is what the screens name fields and values by.
  if (known !== undefined) writeMeta(database, key, { ...known, wanted: '' });
}

/** What decides how mapped values are read and written: types, bounds and options, by mapping. */
export function describeMapped({ tables, fields }: Metadata, configuration: Settings['dataConfiguration']): string {
  const described = entities.map((entity) =>
    configuration[entity].mappings.map(({ dynamics, activeCampaign }) => [
      tables[entity]?.columns.find(({ name }) => name === dynamics)?.type ?? null,
      fields.find(({ id }) => `field:${id}` === activeCampaign) ?? null,
    ]),
  );
  return createHash('sha256').update(JSON.stringify(described)).digest('hex');
}

const metadataOf = ({ lead, contact, fields, automations, lists }: z.infer<typeof kept>): Metadata => ({
  tables: { lead, contact },
  fields,
  automations,
  lists,
});

const joinsLists = (configuration: Settings['dataConfiguration']): boolean =>
  entities.some((entity) => configuration[entity].enabled && configuration[entity].listId !== null);

/** Null where the key may not. An automation is told as missing then; a list may be there all the same. */
async function ifAllowed<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'no-right') return null;
    throw error;
  }
}

async function tableOrNull(dynamics: DynamicsClient, entity: Entity): Promise<TableDefinition | null> {
  try {
    return await dynamics.table(entity);
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'not-available') return null;
    throw error;
  }
}
