import { z } from 'zod';
import type { Column, ColumnType } from './types.ts';

/**
 * Columns as the metadata describes them. What a type adds (lengths, options) is only answered after a cast to that type, so there is one
 * query for each (PowerApps docs: query-metadata-web-api).
 */

const label = z
  .object({
    UserLocalizedLabel: z.object({ Label: z.string() }).nullish(),
    LocalizedLabels: z.array(z.object({ Label: z.string() })).nullish(),
  })
  .nullish()
  .transform((value) => value?.UserLocalizedLabel?.Label ?? value?.LocalizedLabels?.[0]?.Label ?? null);

const common = z.object({
  LogicalName: z.string(),
  AttributeType: z.string().nullish(),
  AttributeOf: z.string().nullish(),
  IsValidForCreate: z.boolean(),
  IsValidForRead: z.boolean(),
  IsValidForUpdate: z.boolean(),
  IsSecured: z.boolean().nullish(),
  RequiredLevel: z.object({ Value: z.string() }).nullish(),
  DisplayName: label,
});

const commonSelect = [
  'LogicalName',
  'AttributeType',
  'AttributeOf',
  'IsValidForCreate',
  'IsValidForRead',
  'IsValidForUpdate',
  'IsSecured',
  'RequiredLevel',
  'DisplayName',
];

const option = z.object({ Value: z.int(), Label: label });
const optionSet = z.object({ Options: z.array(option) }).nullish();
const choices = z
  .object({ OptionSet: optionSet, GlobalOptionSet: optionSet })
  .transform(
    ({ OptionSet, GlobalOptionSet }) =>
      (OptionSet ?? GlobalOptionSet)?.Options.map(({ Value, Label }) => ({ value: Value, label: Label ?? String(Value) })) ?? [],
  );
const twoOptions = z.object({ TrueOption: z.object({ Label: label }), FalseOption: z.object({ Label: label }) }).nullish();
const twoOptionSets = z.object({ OptionSet: twoOptions, GlobalOptionSet: twoOptions });
const dateTime = z.object({ Format: z.string().nullish(), DateTimeBehavior: z.object({ Value: z.string() }).nullish() });
const limits = z.object({ MinValue: z.number(), MaxValue: z.number() });
const decimals = limits.extend({ Precision: z.int() });

/** One cast: what to select beyond the common properties, what to expand, and how the answer becomes a type. */
interface Cast {
  readonly name: string;
  readonly select: readonly string[];
  readonly expand: readonly string[];
  readonly type: z.ZodType<ColumnType>;
}

function cast(name: string, type: z.ZodType<ColumnType>, extra: { select?: readonly string[]; expand?: readonly string[] }): Cast {
  return { name: `${name}AttributeMetadata`, select: extra.select ?? [], expand: extra.expand ?? [], type };
}

const length = z.object({ MaxLength: z.int() });
const bothOptionSets = { expand: ['OptionSet', 'GlobalOptionSet'] };
const range = ['MinValue', 'MaxValue'];

export const casts: readonly Cast[] = [
  cast(
    'String',
    length.transform(({ MaxLength }) => ({ kind: 'text' as const, maxLength: MaxLength })),
    { select: ['MaxLength'] },
  ),
  cast(
    'Memo',
    length.transform(({ MaxLength }) => ({ kind: 'multilineText' as const, maxLength: MaxLength })),
    { select: ['MaxLength'] },
  ),
  cast(
    'Integer',
    limits.transform(({ MinValue, MaxValue }) => ({ kind: 'wholeNumber' as const, min: MinValue, max: MaxValue })),
    { select: range },
  ),
  cast(
    'BigInt',
    limits.transform(({ MinValue, MaxValue }) => ({ kind: 'bigInteger' as const, min: MinValue, max: MaxValue })),
    { select: range },
  ),
  cast('Decimal', decimals.transform(numberType('decimal')), { select: [...range, 'Precision'] }),
  cast('Double', decimals.transform(numberType('float')), { select: [...range, 'Precision'] }),
  cast('Money', decimals.transform(numberType('money')), { select: [...range, 'Precision'] }),
  cast('DateTime', dateTime.transform(dateTimeType), {
    select: ['Format', 'DateTimeBehavior'],
  }),
  cast(
    'Lookup',
    z.object({ Targets: z.array(z.string()) }).transform(({ Targets }) => ({ kind: 'lookup' as const, targets: Targets })),
    {
      select: ['Targets'],
    },
  ),
  cast(
    'Picklist',
    choices.transform((options) => ({ kind: 'choice' as const, options })),
    bothOptionSets,
  ),
  cast(
    'State',
    choices.transform((options) => ({ kind: 'choice' as const, options })),
    bothOptionSets,
  ),
  cast(
    'Status',
    choices.transform((options) => ({ kind: 'choice' as const, options })),
    bothOptionSets,
  ),
  cast(
    'MultiSelectPicklist',
    choices.transform((options) => ({ kind: 'choices' as const, options })),
    bothOptionSets,
  ),
  cast('Boolean', twoOptionSets.transform(booleanType), bothOptionSets),
];

/** The query of one cast, below the definition of a table. */
export function castQuery(each: Cast): string {
  const expand = each.expand.length === 0 ? '' : `&$expand=${each.expand.join(',')}`;
  return `Attributes/Microsoft.Dynamics.CRM.${each.name}?$select=${[...commonSelect, ...each.select].join(',')}${expand}`;
}

/**
 * The answer of one cast: the columns that a mapping or a condition can use. A column whose description lacks what its type needs is not
 * offered; one odd column of a customised environment must not cost the whole table.
 */
export function castAnswer(each: Cast) {
  return z.object({ value: z.array(z.unknown()) }).transform(({ value }) =>
    value.flatMap((wire): Column[] => {
      const column = common.safeParse(wire);
      const type = each.type.safeParse(wire);
      return column.success && type.success && isUsable(column.data) ? [columnOf(column.data, type.data)] : [];
    }),
  );
}

/** Not usable: columns that belong to another one (names of lookups, readings of names), amounts in base currency, parties of an activity. */
function isUsable(column: z.output<typeof common>): boolean {
  return !column.AttributeOf && !column.LogicalName.endsWith('_base') && column.AttributeType !== 'PartyList' && column.IsValidForRead;
}

function columnOf(column: z.output<typeof common>, type: ColumnType): Column {
  return {
    name: column.LogicalName,
    label: column.DisplayName ?? column.LogicalName,
    type,
    required: requirements[column.RequiredLevel?.Value ?? ''] ?? 'none',
    readable: column.IsValidForRead,
    creatable: column.IsValidForCreate,
    updatable: column.IsValidForUpdate,
    secured: column.IsSecured ?? false,
  };
}

const requirements: Readonly<Record<string, Column['required']>> = {
  None: 'none',
  Recommended: 'recommended',
  ApplicationRequired: 'business',
  SystemRequired: 'system',
};

function numberType(kind: 'decimal' | 'float' | 'money') {
  return (wire: z.output<typeof decimals>): ColumnType => ({ kind, precision: wire.Precision, min: wire.MinValue, max: wire.MaxValue });
}

const behaviors: Readonly<Record<string, 'userLocal' | 'dateOnly' | 'timeZoneIndependent'>> = {
  UserLocal: 'userLocal',
  DateOnly: 'dateOnly',
  TimeZoneIndependent: 'timeZoneIndependent',
};

function dateTimeType(wire: z.output<typeof dateTime>): ColumnType {
  return {
    kind: 'dateTime',
    behavior: behaviors[wire.DateTimeBehavior?.Value ?? ''] ?? 'userLocal',
    format: wire.Format === 'DateOnly' ? 'dateOnly' : 'dateAndTime',
  };
}

function booleanType(wire: z.output<typeof twoOptionSets>): ColumnType {
  const options = wire.OptionSet ?? wire.GlobalOptionSet;
  return { kind: 'twoOptions', trueLabel: options?.TrueOption.Label ?? 'Yes', falseLabel: options?.FalseOption.Label ?? 'No' };
}
