import { invalidArgument, noSuchColumn, notSupportedBySample } from '../dataverse-error.ts';
import type { Filter } from '../odata/filter-syntax.ts';
import type { Ordering } from '../odata/ordering.ts';
import { propertyOf, type SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import { parseCondition } from './parse-condition.ts';
import { parseXml, type XmlElement } from './xml.ts';

export interface FetchQuery {
  /** Names of the row's columns; null for all. */
  readonly select: readonly string[] | null;
  readonly filter: Filter | null;
  readonly orderings: readonly Ordering[];
  readonly top: number | null;
  readonly page: number;
  readonly count: number | null;
  /** Whether the answer says how many rows there are in all. */
  readonly totals: boolean;
  /** `<cookie page="1">…</cookie>` of the page before. */
  readonly pagingCookie: string | null;
}

/**
 * Reads the part of FetchXML that list views of one table use.
 * https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/overview
 * @throws DataverseError when it is not FetchXML, is about another table, or names a column that the table does not have.
 */
export function parseFetch(source: string, table: TableSchema): FetchQuery {
  const fetch = parseXml(source);
  const [entity] = named(fetch, 'entity');
  if (fetch.name !== 'fetch' || entity === undefined) throw invalidArgument('Invalid FetchXML: expected one entity in a fetch element.');
  if (entity.attributes.name !== table.logicalName) {
    throw invalidArgument(`The entity name in the FetchXML must be '${table.logicalName}'.`);
  }
  if (fetch.attributes.aggregate === 'true') throw notSupportedBySample('An aggregate');
  if (named(entity, 'link-entity').length > 0) throw notSupportedBySample('link-entity');

  const totals = fetch.attributes.returntotalrecordcount === 'true';
  if (totals && fetch.attributes.top !== undefined) {
    throw invalidArgument('The top attribute cannot be specified with paging attribute returntotalrecordcount.');
  }

  const property = (name: string | undefined) => propertyNamed(table, name).property;
  const attributes = named(entity, 'attribute').map((attribute) => property(attribute.attributes.name));
  const filters = named(entity, 'filter').map((filter) => parseFilterElement(filter, table));
  return {
    select: named(entity, 'all-attributes').length > 0 ? null : attributes,
    filter: filters.length === 0 ? null : { kind: 'and', parts: filters },
    orderings: named(entity, 'order').map((order) => ({
      property: property(order.attributes.attribute),
      descending: order.attributes.descending === 'true',
    })),
    top: wholeNumber(fetch, 'top'),
    page: wholeNumber(fetch, 'page') ?? 1,
    count: wholeNumber(fetch, 'count'),
    totals,
    pagingCookie: fetch.attributes['paging-cookie'] ?? null,
  };
}

function parseFilterElement(element: XmlElement, table: TableSchema): Filter {
  const parts = element.children.map((child) => {
    if (child.name === 'filter') return parseFilterElement(child, table);
    if (child.name !== 'condition') throw invalidArgument(`Invalid FetchXML: '${child.name}' in a filter.`);
    const { column, property } = propertyNamed(table, child.attributes.attribute);
    const values = named(child, 'value').map((value) => value.text);
    const single = child.attributes.value;
    return parseCondition(column, property, child.attributes.operator ?? '', single === undefined ? values : [single]);
  });
  const kind = element.attributes.type === 'or' ? 'or' : 'and';
  // An empty filter in a view restricts nothing, whichever its type.
  return parts.length === 0 ? { kind: 'and', parts } : { kind, parts };
}

function propertyNamed(table: TableSchema, name = ''): { readonly column: SampleColumn; readonly property: string } {
  const column = table.columns.find((candidate) => candidate.name === name);
  const property = column === undefined ? null : propertyOf(column);
  if (column === undefined || property === null) throw noSuchColumn(table.logicalName, name);
  return { column, property };
}

const named = (element: XmlElement, name: string) => element.children.filter((child) => child.name === name);

function wholeNumber(element: XmlElement, name: string): number | null {
  const text = element.attributes[name];
  if (text === undefined) return null;
  if (!/^[1-9]\d*$/.test(text)) throw invalidArgument(`Invalid FetchXML: '${name}' must be a positive whole number.`);
  return Number(text);
}
