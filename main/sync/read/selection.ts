import { createHash } from 'node:crypto';
import type { Entity } from '../../../shared/entity.ts';
import type { EntityConfiguration } from '../../../shared/settings.ts';
import type { Column } from '../../connections/dynamics/types.ts';
import { consentColumns } from '../consent.ts';
import { criteriaColumns } from '../criteria/compile.ts';
import type { FieldMap } from '../mapping/field-map.ts';

/** Columns that the engine itself needs, whatever is mapped. */
const engineColumns: Readonly<Record<Entity, readonly string[]>> = {
  lead: ['emailaddress1', 'statecode', 'createdon', 'modifiedon', ...consentColumns, 'merged', '_masterid_value', '_parentcontactid_value'],
  contact: ['emailaddress1', 'statecode', 'createdon', 'modifiedon', ...consentColumns, 'merged', '_masterid_value'],
};

/** What is read of the rows of one table: in order of name, each once. @param columns of the table, by logical name. */
export function selectedColumns(map: FieldMap, { criteria }: EntityConfiguration, columns: ReadonlyMap<string, Column>): readonly string[] {
  return distinct([...engineColumns[map.entity], ...map.fields.map((field) => field.column), ...criteriaColumns(criteria, columns)]);
}

/** Names of the ActiveCampaign fields whose values are kept; a new lead's topic is made of the names. */
export function selectedFields(maps: readonly FieldMap[]): readonly string[] {
  const mapped = maps.flatMap((map) => map.fields.map((field) => field.activeCampaign));
  return distinct(['firstName', 'lastName', ...mapped.filter((name) => name !== 'email')]);
}

/** Tells whether a cursor was made for the same selection: what was not read before must be read in full. */
export const fingerprint = (selection: readonly string[]): string =>
  createHash('sha256').update(selection.join('\n')).digest('hex').slice(0, 16);

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
