import type { HttpResponse } from '../../../connections/http/transport.ts';
import { json } from '../answers/response.ts';
import { badRequest, DataverseError, resourceNotFound } from '../dataverse-error.ts';
import { parseFilter } from '../odata/parse-filter.ts';
import { type Call, type Environment, securedColumnsOf, selection } from '../requests/call.ts';
import { schemas } from '../rows/database.ts';
import type { TableSchema } from '../schema/table.ts';
import { changeTracking, isInstalled, optimisticConcurrency } from '../table-traits.ts';
import { type AttributeMetadata, attributeMetadata, metadataId } from './attribute.ts';
import { label } from './label.ts';
import { meetsFilter } from './metadata-filter.ts';

type Definition = Readonly<Record<string, unknown>>;

/**
 * `GET EntityDefinitions…`. Metadata queries have no pages.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
 */
export function readDefinitions(call: Call, environment: Environment): HttpResponse {
  const [first = '', ...rest] = call.path.split('/');
  const installed = schemas.filter((schema) => isInstalled(schema, environment.variant));
  const key = keyOf(first);
  if (key === null)
    return list(
      call,
      'EntityDefinitions',
      installed.map((schema) => entityDefinition(schema, environment)),
    );
  const table = installed.find((schema) => key === schema.logicalName || key === metadataId(schema.logicalName));
  if (table === undefined) {
    throw new DataverseError(
      404,
      '0x80041102',
      `The entity with a name = '${key}' with namemapping = 'Logical' was not found in the MetadataCache.`,
    );
  }
  const [collection, cast] = rest;
  if (collection === undefined) return one(call, 'EntityDefinitions', entityDefinition(table, environment));
  if (collection === 'ManyToOneRelationships') return list(call, 'ManyToOneRelationships', relationships(table));
  if (/^Attributes\b/.test(collection)) return readAttributes(call, attributesOf(table, environment), keyOf(collection), castName(cast));
  throw resourceNotFound(collection);
}

function readAttributes(call: Call, attributes: readonly AttributeMetadata[], name: string | null, cast: string | null): HttpResponse {
  const matching = attributes.filter((attribute) => cast === null || attribute.cast === cast);
  if (cast !== null && !knownCasts.has(cast)) throw resourceNotFound(`Microsoft.Dynamics.CRM.${cast}`);
  const expanded = expansion(call);
  if (cast === null && expanded.length > 0)
    throw badRequest(`Could not find a property named '${expanded[0]}' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'.`);
  const definitions = matching.map(
    (attribute): Definition =>
      cast === null
        ? { '@odata.type': `#Microsoft.Dynamics.CRM.${attribute.cast}`, ...attribute.base }
        : { ...attribute.base, ...attribute.own, ...pick(attribute.expandable, expanded) },
  );
  if (name === null) return list(call, 'Attributes', definitions, expanded);
  const definition = definitions.find((candidate) => candidate.LogicalName === name);
  if (definition === undefined) throw new DataverseError(404, '0x80041103', `Could not find an attribute with specified name '${name}'.`);
  return one(call, 'Attributes', definition, expanded);
}

const knownCasts = new Set(
  ['String', 'Memo', 'Integer', 'BigInt', 'Decimal', 'Double', 'Money', 'Boolean', 'DateTime', 'Lookup', 'Picklist']
    .concat(['MultiSelectPicklist', 'State', 'Status', 'UniqueIdentifier', 'EntityName'])
    .map((name) => `${name}AttributeMetadata`),
);

function entityDefinition(schema: TableSchema, environment: Environment): Definition {
  return {
    MetadataId: metadataId(schema.logicalName),
    LogicalName: schema.logicalName,
    SchemaName: schema.schemaName,
    EntitySetName: schema.entitySetName,
    LogicalCollectionName: schema.entitySetName,
    PrimaryIdAttribute: schema.primaryId,
    PrimaryNameAttribute: schema.primaryName,
    DisplayName: label(schema.label),
    ChangeTrackingEnabled: changeTracking(schema, environment.variant),
    CanChangeTrackingBeEnabled: { Value: true, CanBeChanged: true, ManagedPropertyLogicalName: 'canchangetrackingbeenabled' },
    IsOptimisticConcurrencyEnabled: optimisticConcurrency(schema, environment.variant),
    IsCustomEntity: false,
  };
}

function attributesOf(table: TableSchema, environment: Environment): AttributeMetadata[] {
  const secured = securedColumnsOf(environment.variant, table.logicalName);
  return table.columns.map((column) => attributeMetadata(column, table, secured.includes(column.name)));
}

/** Where `@odata.bind` finds the names of its navigation properties. */
function relationships(table: TableSchema): Definition[] {
  return table.columns.flatMap((column) => {
    if (column.type.kind !== 'lookup') return [];
    return Object.entries(column.type.navigation).map(([target, navigation]) => ({
      MetadataId: metadataId(`relationship.${table.logicalName}.${navigation}`),
      SchemaName: `${target}_${table.logicalName}_${column.name}`,
      ReferencingEntity: table.logicalName,
      ReferencingAttribute: column.name,
      ReferencingEntityNavigationPropertyName: navigation,
      ReferencedEntity: target,
      ReferencedAttribute: schemas.find((schema) => schema.logicalName === target)?.primaryId ?? `${target}id`,
    }));
  });
}

function list(call: Call, name: string, definitions: readonly Definition[], expanded: readonly string[] = []): HttpResponse {
  const text = call.options.option('$filter');
  const filter = text === undefined ? null : parseFilter(text, call.options.aliases);
  const matching = filter === null ? definitions : definitions.filter((definition) => meetsFilter(filter, definition));
  const value = matching.map((definition) => selected(call, definition, expanded));
  return json(200, { '@odata.context': `${call.root}$metadata#${name}`, value });
}

function one(call: Call, name: string, definition: Definition, expanded: readonly string[] = []): HttpResponse {
  return json(200, { '@odata.context': `${call.root}$metadata#${name}/$entity`, ...selected(call, definition, expanded) });
}

/** `MetadataId` and the type are always there. */
function selected(call: Call, definition: Definition, expanded: readonly string[]): Definition {
  const select = selection(call.options);
  if (select === null) return definition;
  const unknown = select.find((name) => !Object.hasOwn(definition, name));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  return pick(definition, ['@odata.type', 'MetadataId', ...select, ...expanded]);
}

const pick = (definition: Definition, names: readonly string[]): Definition =>
  Object.fromEntries(Object.entries(definition).filter(([name]) => names.includes(name)));

/** Names in `$expand`, without what is selected inside them. */
function expansion(call: Call): string[] {
  const text = call.options.option('$expand') ?? '';
  return text
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The name in `EntityDefinitions(LogicalName='lead')`, or a bare metadata id; null where there is no key. */
function keyOf(segment: string): string | null {
  const match = /^\w+\((?:LogicalName='([^']*)'|([0-9a-f-]{36}))\)$/i.exec(segment);
  return match?.[1] ?? match?.[2]?.toLowerCase() ?? null;
}

const castName = (segment: string | undefined) => segment?.replace(/^Microsoft\.Dynamics\.CRM\./, '') ?? null;
