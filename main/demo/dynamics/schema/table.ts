import { propertyOf, type SampleColumn } from './column.ts';

/** A table of the sample environment. */
export interface TableSchema {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly entitySetName: string;
  readonly label: string;
  readonly primaryId: string;
  /** The column that stands for a row in lookups and sorting. */
  readonly primaryName: string;
  readonly changeTracking: boolean;
  readonly optimisticConcurrency: boolean;
  /** False for tables that only the environment itself writes. */
  readonly writable: boolean;
  readonly columns: readonly SampleColumn[];
  /** By the name in a row (`_ownerid_value`), without the virtual columns. */
  readonly properties: ReadonlyMap<string, SampleColumn>;
  /** By the navigation property that `@odata.bind` names. */
  readonly navigation: ReadonlyMap<string, { readonly property: string; readonly target: string }>;
}

type TableParts = Omit<TableSchema, 'properties' | 'navigation'>;

export function table(parts: TableParts): TableSchema {
  const properties = new Map<string, SampleColumn>();
  const navigation = new Map<string, { property: string; target: string }>();
  for (const column of parts.columns) {
    const property = propertyOf(column);
    if (property === null) continue;
    properties.set(property, column);
    if (column.type.kind !== 'lookup') continue;
    for (const [target, name] of Object.entries(column.type.navigation)) navigation.set(name, { property, target });
  }
  return { ...parts, properties, navigation };
}
