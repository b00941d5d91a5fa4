import { createHash } from 'node:crypto';
import type { ColumnType, SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import { label } from './label.ts';

/** A column as `EntityDefinitions(…)/Attributes` describes it. */
export interface AttributeMetadata {
  /** Name of the derived type that its own properties are read through: `StringAttributeMetadata`. */
  readonly cast: string;
  /** What the base type has. */
  readonly base: Readonly<Record<string, unknown>>;
  /** What only a cast gives. */
  readonly own: Readonly<Record<string, unknown>>;
  /** What a cast gives under `$expand` alone. */
  readonly expandable: Readonly<Record<string, unknown>>;
}

export function attributeMetadata(column: SampleColumn, table: TableSchema, isSecured: boolean): AttributeMetadata {
  const { type } = column;
  const { cast, attributeType, typeName } = typeNames(type);
  return {
    cast,
    base: {
      MetadataId: metadataId(`${table.logicalName}.${column.name}`),
      LogicalName: column.name,
      SchemaName: column.schemaName,
      EntityLogicalName: table.logicalName,
      AttributeType: attributeType,
      AttributeTypeName: { Value: typeName },
      AttributeOf: column.attributeOf,
      DisplayName: label(column.label, column.labelInUserLanguage),
      RequiredLevel: { Value: column.required, CanBeChanged: true, ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings' },
      IsValidForCreate: column.creatable,
      IsValidForRead: true,
      IsValidForUpdate: column.updatable,
      IsSecured: isSecured,
      IsPrimaryId: column.name === table.primaryId,
      IsPrimaryName: column.name === table.primaryName,
      IsCustomAttribute: column.name.startsWith('new_'),
      IsLogical: column.attributeOf !== null,
    },
    own: ownProperties(type),
    expandable: optionSets(column, table),
  };
}

/** Each is asked for again and again, by every description of a table. */
const metadataIds = new Map<string, string>();

/** The same GUID for the same name, in every sample environment. */
export function metadataId(name: string): string {
  const known = metadataIds.get(name);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(name).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  metadataIds.set(name, id);
  return id;
}

interface TypeNames {
  readonly cast: string;
  /** `AttributeTypeCode`: a column with several choices is `Virtual` there. */
  readonly attributeType: string;
  readonly typeName: string;
}

function typeNames(type: ColumnType): TypeNames {
  const plain = (name: string): TypeNames => ({ cast: `${name}AttributeMetadata`, attributeType: name, typeName: `${name}Type` });
  switch (type.kind) {
    case 'id':
      return { cast: 'UniqueIdentifierAttributeMetadata', attributeType: 'Uniqueidentifier', typeName: 'UniqueidentifierType' };
    case 'string':
      return plain('String');
    case 'memo':
      return plain('Memo');
    case 'integer':
      return plain('Integer');
    case 'bigInt':
      return plain('BigInt');
    case 'decimal':
      return plain('Decimal');
    case 'double':
      return plain('Double');
    case 'money':
      return plain('Money');
    case 'boolean':
      return plain('Boolean');
    case 'dateTime':
      return plain('DateTime');
    case 'picklist':
      return plain('Picklist');
    case 'multiSelect':
      return { cast: 'MultiSelectPicklistAttributeMetadata', attributeType: 'Virtual', typeName: 'MultiSelectPicklistType' };
    case 'state':
      return plain('State');
    case 'status':
      return plain('Status');
    case 'lookup':
      return { cast: 'LookupAttributeMetadata', attributeType: type.attributeType, typeName: `${type.attributeType}Type` };
    case 'virtual':
      return { cast: 'AttributeMetadata', attributeType: 'Virtual', typeName: 'VirtualType' };
    case 'entityName':
      return plain('EntityName');
  }
}

function ownProperties(type: ColumnType): Record<string, unknown> {
  switch (type.kind) {
    case 'string':
      return { MaxLength: type.maxLength, FormatName: { Value: type.format } };
    case 'memo':
      return { MaxLength: type.maxLength, FormatName: { Value: 'TextArea' } };
    case 'integer':
      return { MinValue: type.min, MaxValue: type.max, Format: 'None' };
    case 'bigInt':
      return { MinValue: type.min, MaxValue: type.max };
    case 'decimal':
    case 'double':
    case 'money':
      return { MinValue: type.min, MaxValue: type.max, Precision: type.precision };
    case 'boolean':
      return { DefaultValue: type.defaultValue };
    case 'dateTime':
      return { DateTimeBehavior: { Value: type.behavior }, Format: type.format };
    case 'lookup':
      return { Targets: Object.keys(type.navigation) };
    case 'picklist':
    case 'multiSelect':
    case 'state':
    case 'status':
      return { DefaultFormValue: type.defaultValue ?? -1 };
    case 'id':
    case 'virtual':
    case 'entityName':
      return {};
  }
}

/** A column's own options are its `OptionSet`; a shared set is the `GlobalOptionSet`, with null beside it. */
function optionSets(column: SampleColumn, table: TableSchema): Record<string, unknown> {
  const { type } = column;
  if (type.kind === 'boolean') {
    const option = (value: number, text: string) => ({ Value: value, Label: label(text), Color: null });
    return {
      OptionSet: {
        Name: `${table.logicalName}_${column.name}`,
        IsGlobal: false,
        TrueOption: option(1, type.trueLabel),
        FalseOption: option(0, type.falseLabel),
      },
      GlobalOptionSet: null,
    };
  }
  if (!('options' in type)) return {};
  const set = {
    MetadataId: metadataId(`optionset.${type.globalOptionSet ?? `${table.logicalName}.${column.name}`}`),
    Name: type.globalOptionSet ?? `${table.logicalName}_${column.name}`,
    IsGlobal: type.globalOptionSet !== undefined,
    Options: type.options.map((option) => ({
      Value: option.value,
      Label: label(option.label),
      Color: null,
      ...(option.state === undefined ? {} : { State: option.state }),
    })),
  };
  return type.globalOptionSet === undefined ? { OptionSet: set, GlobalOptionSet: null } : { OptionSet: null, GlobalOptionSet: set };
}
