import { emailKey } from '../../../shared/email.ts';
import type { Entity } from '../../../shared/entity.ts';
import { type ActiveCampaignFieldType, type LookupTarget, lookupTargets, mappingDirections } from '../../../shared/field-pairs.ts';
import type { Direction, Mapping } from '../../../shared/settings.ts';
import type { CustomField } from '../../connections/activecampaign/types.ts';
import type { Column, ColumnType, TableDefinition } from '../../connections/dynamics/types.ts';
import { consentColumns } from '../consent.ts';
import { canonicalText, misfit, reading } from './canonical.ts';
import { createConverter } from './convert.ts';
import type { OptionPairing } from './convert-options.ts';
import type { Converter } from './converter.ts';
import { propertyName } from './property-name.ts';

/** One mapped pair, ready to read and write both sides. */
export interface MappedField {
  /** Names the pair in snapshots: both sides, so that a pair that is mapped anew starts without an agreed value. */
  readonly key: string;
  /** Logical name of the column: what a mapping names and a write sets. */
  readonly dynamics: string;
  /** Under which the column is selected and answered: for a lookup the one with the id. */
  readonly column: string;
  /** The tables that a lookup may point to; null for every other column. */
  readonly lookup: readonly LookupTarget[] | null;
  /** `email`, `firstName`, `lastName`, `phone` or `field:<id>`. */
  readonly activeCampaign: string;
  readonly direction: Direction;
  readonly converter: Converter;
  /** What decides how its options are read; null for a field without any. */
  readonly options: PairedOptions | null;
}

export interface PairedOptions {
  readonly field: ActiveCampaignFieldType;
  readonly column: ColumnType;
  readonly pairing: OptionPairing;
}

export interface FieldMap {
  readonly entity: Entity;
  /** The e-mail pair comes first. */
  readonly fields: readonly MappedField[];
}

/** A mapping row that cannot be used with what the two services have today. */
export interface UnusableMapping {
  /** As in `MappedField`. */
  readonly key: string;
  /** Key path in config.json. */
  readonly path: string;
  readonly message: string;
}

export interface CompiledFieldMap {
  readonly map: FieldMap;
  readonly unusable: readonly UnusableMapping[];
}

export const emailColumn = 'emailaddress1';
export const emailField = 'email';

/** The `key` of a mapped field. */
export const mappingKey = ({ dynamics, activeCampaign }: Pick<Mapping, 'dynamics' | 'activeCampaign'>): string =>
  `${dynamics}=${activeCampaign}`;
export const emailMappingKey = mappingKey({ dynamics: emailColumn, activeCampaign: emailField });

/**
 * Joins the mapping rows of the settings with the metadata of both services.
 * A row that fits neither today (the field was deleted, its type changed) is left out and named; the others go on.
 * @param timeZone IANA name, for dates of user-local columns.
 * @param lookupName the name of the row that a lookup points to; null where it is not known.
 */
export function compileFieldMap(
  table: TableDefinition,
  mappings: readonly Mapping[],
  customFields: readonly CustomField[],
  timeZone: string,
  lookupName: (id: string) => string | null,
): CompiledFieldMap {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const customTypes = new Map(customFields.map((field) => [`field:${field.id}`, field]));
  const fields: MappedField[] = [emailMapping(columns.get(emailColumn))];
  const unusable: UnusableMapping[] = [];

  mappings.forEach((mapping, index) => {
    const path = `dataConfiguration.${table.entity}.mappings[${index}]`;
    const column = columns.get(mapping.dynamics);
    const type = activeCampaignType(mapping.activeCampaign, customTypes);
    const message = whyUnusable(table.entity, mapping, column, type);
    if (message !== null || column === undefined || type === null) {
      unusable.push({ key: mappingKey(mapping), path, message: message ?? '' });
      return;
    }
    const pairing: OptionPairing = {
      offered: customTypes.get(mapping.activeCampaign)?.options.map(({ value }) => value) ?? null,
      corrections: mapping.options ?? [],
    };
    fields.push({
      key: mappingKey(mapping),
      dynamics: mapping.dynamics,
      column: propertyName(column),
      lookup: column.type.kind === 'lookup' ? namedTargets(column.type.targets) : null,
      activeCampaign: mapping.activeCampaign,
      // A column that cannot be written still goes the other way.
      direction: mappingDirections(type, column.type.kind, isWritable(column)).includes(mapping.direction)
        ? mapping.direction
        : 'toActiveCampaign',
      converter: createConverter(type, column.type, timeZone, lookupName, pairing),
      options: kindsWithOptions.has(column.type.kind) ? { field: type, column: column.type, pairing } : null,
    });
  });
  return { map: { entity: table.entity, fields }, unusable };
}

const kindsWithOptions: ReadonlySet<ColumnType['kind']> = new Set(['twoOptions', 'choice', 'choices']);

/** Whether a mapping may write the column. What people opted out of is shown in ActiveCampaign at most: a mapping could take it back. */
export const isWritable = (column: Column): boolean => column.updatable && !consentColumns.some((name) => name === column.name);

function activeCampaignType(name: string, customFields: ReadonlyMap<string, CustomField>): ActiveCampaignFieldType | null {
  if (!name.startsWith('field:')) return 'text';
  return customFields.get(name)?.type ?? null;
}

function whyUnusable(entity: Entity, mapping: Mapping, column: Column | undefined, type: ActiveCampaignFieldType | null): string | null {
  const pair = `${mapping.dynamics} <-> ${mapping.activeCampaign}`;
  if (column === undefined) return `${pair}: Dynamics has no column "${mapping.dynamics}" on ${entity}s (any more)`;
  if (type === null) return `${pair}: ActiveCampaign has no custom field ${mapping.activeCampaign} of a known type (any more)`;
  if (mappingDirections(type, column.type.kind, isWritable(column)).length === 0)
    return `${pair}: a ${type} field cannot be mapped to a ${column.type.kind} column`;
  if (column.type.kind === 'lookup' && namedTargets(column.type.targets).length === 0) {
    return `${pair}: only lookups of a user, a team or an account can be mapped`;
  }
  if (!column.readable) return `${pair}: the column "${mapping.dynamics}" cannot be read by the signed-in user`;
  if (mapping.direction === 'toDynamics' && !mappingDirections(type, column.type.kind, isWritable(column)).includes('toDynamics')) {
    return `${pair}: the column "${mapping.dynamics}" cannot be written`;
  }
  return null;
}

const namedTargets = (targets: readonly string[]): readonly LookupTarget[] => lookupTargets.filter((target) => targets.includes(target));

/** Dataverse's own length of `emailaddress1`, for an environment whose metadata lacks the column. */
const standardEmailLength = 100;

function emailMapping(column: Column | undefined): MappedField {
  const type: ColumnType | undefined = column?.type;
  const maxLength = type?.kind === 'text' ? type.maxLength : standardEmailLength;
  return {
    key: emailMappingKey,
    dynamics: emailColumn,
    column: emailColumn,
    lookup: null,
    activeCampaign: emailField,
    direction: 'both',
    options: null,
    converter: {
      // Compared without regard to case: neither service tells one from the other.
      readDynamics: (raw) => reading(emailKey(raw === null ? null : String(raw))),
      readActiveCampaign: (raw) => reading(emailKey(raw)),
      toDynamics: (value) => {
        const text = value === null ? null : canonicalText(String(value));
        if (text !== null && text.length > maxLength)
          return misfit('value-too-long', `the e-mail has ${text.length} characters; Dynamics takes ${maxLength}`);
        return { ok: true, raw: text };
      },
      toActiveCampaign: (value) => ({ ok: true, raw: value === null ? '' : String(value) }),
    },
  };
}
