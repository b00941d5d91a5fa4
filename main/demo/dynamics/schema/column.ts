/** Columns of the sample tables: what metadata says about them and what writes are checked against. */

export interface Choice {
  readonly value: number;
  readonly label: string;
  /** The state that a status reason belongs to. */
  readonly state?: number;
}

export type ColumnType =
  | { readonly kind: 'id' }
  | { readonly kind: 'string'; readonly maxLength: number; readonly format: 'Text' | 'Email' | 'Phone' | 'Url' }
  | { readonly kind: 'memo'; readonly maxLength: number }
  | { readonly kind: 'integer' | 'bigInt'; readonly min: number; readonly max: number }
  | { readonly kind: 'decimal' | 'double' | 'money'; readonly precision: number; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean'; readonly trueLabel: string; readonly falseLabel: string; readonly defaultValue: boolean }
  | {
      readonly kind: 'dateTime';
      readonly behavior: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent';
      readonly format: 'DateOnly' | 'DateAndTime';
    }
  | {
      readonly kind: 'picklist' | 'multiSelect' | 'state' | 'status';
      readonly options: readonly Choice[];
      /** Name of the shared option set; without one the options belong to the column alone. */
      readonly globalOptionSet?: string;
      readonly defaultValue?: number;
    }
  | {
      readonly kind: 'lookup';
      readonly attributeType: 'Lookup' | 'Customer' | 'Owner';
      /** Table to the case-sensitive navigation property that `@odata.bind` names. */
      readonly navigation: Readonly<Record<string, string>>;
    }
  /** The name or label beside a lookup or a choice: in the metadata, but not a property of an OData row. */
  | { readonly kind: 'virtual' }
  | { readonly kind: 'entityName' };

export type RequiredLevel = 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';

export interface SampleColumn {
  /** Logical name. */
  readonly name: string;
  readonly schemaName: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly required: RequiredLevel;
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** The column that this one only illustrates. */
  readonly attributeOf: string | null;
  /** False where `UserLocalizedLabel` is null, as for a column labelled only in a language that the user does not have. */
  readonly labelInUserLanguage: boolean;
}

type Traits = Partial<Omit<SampleColumn, 'name' | 'label' | 'type'>>;

const column = (name: string, label: string, type: ColumnType, traits: Traits): SampleColumn => ({
  name,
  schemaName: name,
  label,
  type,
  required: 'None',
  creatable: true,
  updatable: true,
  attributeOf: null,
  labelInUserLanguage: true,
  ...traits,
});

export const readOnly: Traits = { creatable: false, updatable: false };

type TextFormat = Extract<ColumnType, { kind: 'string' }>['format'];

export const text = (name: string, label: string, maxLength: number, traits: Traits & { readonly format?: TextFormat } = {}) => {
  const { format = 'Text', ...rest } = traits;
  return column(name, label, { kind: 'string', maxLength, format }, rest);
};
export const memo = (name: string, label: string, maxLength: number, traits: Traits = {}) =>
  column(name, label, { kind: 'memo', maxLength }, traits);
export const integer = (name: string, label: string, min: number, max: number, traits: Traits = {}) =>
  column(name, label, { kind: 'integer', min, max }, traits);
export const bigInt = (name: string, label: string, traits: Traits = {}) =>
  column(name, label, { kind: 'bigInt', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }, traits);
export const decimal = (name: string, label: string, precision: number, min: number, max: number, traits: Traits = {}) =>
  column(name, label, { kind: 'decimal', precision, min, max }, traits);
export const float = (name: string, label: string, precision: number, min: number, max: number, traits: Traits = {}) =>
  column(name, label, { kind: 'double', precision, min, max }, traits);

/** A money column with the read-only `*_base` column that Dataverse keeps beside it. */
export const money = (name: string, label: string, min = 0, max = 1_000_000_000_000, traits: Traits = {}): SampleColumn[] => [
  column(name, label, { kind: 'money', precision: 2, min, max }, traits),
  column(`${name}_base`, `${label} (Base)`, { kind: 'money', precision: 2, min, max }, readOnly),
];

/** Beside every choice, two-option and lookup column stands a virtual column with its label. */
const withName = (main: SampleColumn, suffix = 'name'): SampleColumn[] => [
  main,
  column(`${main.name}${suffix}`, '', { kind: 'virtual' }, { ...readOnly, attributeOf: main.name, labelInUserLanguage: false }),
];

export const boolean = (name: string, label: string, falseLabel: string, trueLabel: string, defaultValue = false, traits: Traits = {}) =>
  withName(column(name, label, { kind: 'boolean', trueLabel, falseLabel, defaultValue }, traits));

type ChoiceTraits = Traits & { readonly globalOptionSet?: string; readonly defaultValue?: number };

export const choice = (
  kind: 'picklist' | 'multiSelect' | 'state' | 'status',
  name: string,
  label: string,
  options: readonly Choice[],
  { globalOptionSet, defaultValue, ...traits }: ChoiceTraits = {},
) =>
  withName(
    column(
      name,
      label,
      {
        kind,
        options,
        ...(globalOptionSet === undefined ? {} : { globalOptionSet }),
        ...(defaultValue === undefined ? {} : { defaultValue }),
      },
      traits,
    ),
  );

export const dateTime = (
  name: string,
  label: string,
  behavior: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent',
  format: 'DateOnly' | 'DateAndTime',
  traits: Traits = {},
) => column(name, label, { kind: 'dateTime', behavior, format }, traits);

export const lookup = (name: string, label: string, targets: readonly string[], traits: Traits & { readonly owner?: boolean } = {}) => {
  const { owner = false, ...rest } = traits;
  const customer = !owner && targets.length > 1;
  const schemaName = rest.schemaName ?? name;
  const navigation = Object.fromEntries(targets.map((target) => [target, customer ? `${schemaName}_${target}` : schemaName]));
  const attributeType = owner ? 'Owner' : customer ? 'Customer' : 'Lookup';
  return withName(column(name, label, { kind: 'lookup', attributeType, navigation }, rest));
};

export const rowId = (name: string, label: string) => column(name, label, { kind: 'id' }, { required: 'SystemRequired', updatable: false });
export const entityName = (name: string, label: string) => column(name, label, { kind: 'entityName' }, readOnly);

/** The column's name in a row: a lookup `ownerid` is `_ownerid_value`. Null where rows do not carry the column. */
export function propertyOf(candidate: SampleColumn): string | null {
  if (candidate.type.kind === 'virtual') return null;
  return candidate.type.kind === 'lookup' ? `_${candidate.name}_value` : candidate.name;
}
