import type { Entity } from '../../shared/entity.ts';
import type { ExamplesQuestion, FieldExamples } from '../../shared/field-examples.ts';
import { type LookupTarget, lookupTargets } from '../../shared/field-pairs.ts';
import type { ActiveCampaignId, DynamicsId } from '../../shared/ids.ts';
import type { Column, ColumnValue, DynamicsClient, Row } from '../connections/dynamics/types.ts';
import { ServiceError } from '../connections/errors.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { createConverter } from '../sync/mapping/convert.ts';
import { propertyName } from '../sync/mapping/property-name.ts';
import { keptMetadata } from '../sync/metadata.ts';
import { fieldValue, judgedColumns } from '../sync/read/observe.ts';
import type { AccountReader } from './account-reader.ts';
import { textOf } from './field-words.ts';

type Examples = FieldExamples['columns'];

const peopleLookedAt = 3;

/**
 * Values of the people who came into sync last, from the database; what was never read of them is asked for with one request a side. Before
 * anybody is in sync, of a few rows and people. Where a service does not answer, what the database has is what there is.
 */
export async function readFieldExamples(accounts: AccountReader, store: SyncStore, question: ExamplesQuestion): Promise<FieldExamples> {
  const { entity } = question;
  const links = store.links.latest(entity, peopleLookedAt);
  const rows = links.map((link) => link.dynamicsId);
  const people = links.flatMap((link) => link.personId ?? []);
  const columns = knownColumns(store, entity, question.columns, rows);
  const fields = knownFields(store, question.fields, people);
  const missingColumns = question.columns.filter((name) => !(name in columns));
  const missingFields = question.fields.filter((name) => !(name in fields));

  const unanswered: string[] = [];
  const orNone = async (examples: Promise<Examples>): Promise<Examples> => {
    try {
      return await examples;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      unanswered.push(error.message);
      return {};
    }
  };
  const [readColumns, readFields] = await Promise.all([
    missingColumns.length === 0 ? {} : orNone(askColumns(accounts, store, entity, missingColumns, rows)),
    missingFields.length === 0 ? {} : orNone(askFields(accounts, missingFields, people)),
  ]);
  return { columns: { ...columns, ...readColumns }, fields: { ...fields, ...readFields }, incompleteBecause: unanswered[0] ?? null };
}

function knownColumns(store: SyncStore, entity: Entity, names: readonly string[], ids: readonly DynamicsId[]): Examples {
  const rows = ids.flatMap((id) => store.records.byId(entity, id) ?? []).map(judgedColumns);
  const columns = keptMetadata(store)?.tables[entity]?.columns ?? [];
  const known = columns.filter((column) => names.includes(column.name) && rows.some((row) => propertyName(column) in row));
  return columnExamples(known, rows, store.lookupNames.name);
}

function knownFields(store: SyncStore, names: readonly string[], ids: readonly ActiveCampaignId[]): Examples {
  const people = ids.flatMap((id) => store.people.byId(id) ?? []);
  const known = names.filter((name) => people.some(({ values }) => name in values));
  return fieldExamples(known, (name) => people.map(({ values }) => values[name] ?? ''));
}

/** @throws ServiceError */
async function askColumns(
  accounts: AccountReader,
  store: SyncStore,
  entity: Entity,
  names: readonly string[],
  ids: readonly DynamicsId[],
): Promise<Examples> {
  const { table } = await accounts.contents(entity);
  const columns = (table?.columns ?? []).filter((column) => column.readable && names.includes(column.name));
  if (columns.length === 0) return {};
  const dynamics = await accounts.dynamics();
  const select = columns.map(propertyName);
  const rows =
    ids.length > 0
      ? await dynamics.rowsById(entity, ids, select)
      : (await dynamics.firstRows(entity, { select, orderBy: 'modifiedon desc', top: peopleLookedAt })).rows;
  const lookups = await lookupNames(dynamics, store, columns, rows);
  return columnExamples(
    columns,
    rows.map((row) => row.columns),
    (id) => lookups.get(id) ?? null,
  );
}

/** @throws ServiceError */
async function askFields(accounts: AccountReader, names: readonly string[], ids: readonly ActiveCampaignId[]): Promise<Examples> {
  const { people } = await (await accounts.activeCampaign()).people(ids.length > 0 ? { ids } : { limit: peopleLookedAt });
  return fieldExamples(names, (name) => people.map((person) => fieldValue(person, name)));
}

export async function lookupNames(
  dynamics: DynamicsClient,
  store: SyncStore,
  columns: readonly Column[],
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const unknown = new Set<string>();
  const targets = new Set<LookupTarget>();
  for (const column of columns) {
    if (column.type.kind !== 'lookup') continue;
    for (const target of lookupTargets) if (column.type.targets.includes(target)) targets.add(target);
    for (const row of rows) {
      const id = row.columns[propertyName(column)];
      if (typeof id !== 'string') continue;
      const name = store.lookupNames.name(id);
      if (name === null) unknown.add(id);
      else names.set(id, name);
    }
  }
  if (unknown.size === 0) return names;
  return new Map([...names, ...(await dynamics.lookupNames([...targets], [...unknown]))]);
}

export function columnExamples(
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, ColumnValue>>[],
  lookupName: (id: string) => string | null,
): Examples {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return Object.fromEntries(
    columns.map((column) => {
      // As ActiveCampaign would show it.
      const isDay = column.type.kind === 'dateTime' && column.type.format === 'dateOnly';
      const converter = createConverter(isDay ? 'date' : 'datetime', column.type, timeZone, lookupName);
      const texts = rows.map((row) => {
        const read = converter.readDynamics(row[propertyName(column)] ?? null);
        return read.ok ? textOf({ converter }, read.value) : null;
      });
      return [column.name, distinct(texts)];
    }),
  );
}

const fieldExamples = (names: readonly string[], valuesOf: (name: string) => readonly string[]): Examples =>
  Object.fromEntries(names.map((name) => [name, distinct(valuesOf(name).map(withoutBars))]));

/** A list comes as `||One||Two||`. */
const withoutBars = (raw: string): string => (raw.startsWith('||') ? raw.split('||').filter(Boolean).join(', ') : raw);

const longestExample = 80;

const distinct = (texts: readonly (string | null)[]): string[] =>
  [...new Set(texts.map((text) => text?.trim() ?? '').filter((text) => text !== ''))].map((text) =>
    text.length <= longestExample ? text : `${text.slice(0, longestExample)}…`,
  );
