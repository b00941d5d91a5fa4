import type { Direction } from './settings.ts';

/** Which ActiveCampaign field may be mapped to which Dynamics column: the pairs of ActiveCampaign's own integration. */

export const activeCampaignFieldTypes = [
  'text',
  'textarea',
  'hidden',
  'date',
  'datetime',
  'number',
  'dropdown',
  'radio',
  'checkbox',
  'listbox',
] as const;
export type ActiveCampaignFieldType = (typeof activeCampaignFieldTypes)[number];

export const dynamicsColumnKinds = [
  'text',
  'multilineText',
  'wholeNumber',
  'bigInteger',
  'decimal',
  'float',
  'money',
  'twoOptions',
  'dateTime',
  'choice',
  'choices',
  'lookup',
] as const;
export type DynamicsColumnKind = (typeof dynamicsColumnKinds)[number];

/** Tables whose rows a mapped lookup can show by name. */
export const lookupTargets = ['systemuser', 'team', 'account'] as const;
export type LookupTarget = (typeof lookupTargets)[number];

const textPartners = ['text', 'wholeNumber', 'decimal', 'float', 'bigInteger', 'money', 'twoOptions', 'lookup'] as const;

const partners: Readonly<Record<ActiveCampaignFieldType, readonly DynamicsColumnKind[]>> = {
  text: textPartners,
  hidden: textPartners,
  textarea: ['multilineText'],
  date: ['dateTime'],
  datetime: ['dateTime'],
  dropdown: ['choice'],
  radio: ['choice'],
  listbox: ['choices'],
  checkbox: ['choices'],
  number: ['wholeNumber', 'decimal', 'float', 'money'],
};

/** The name of a lookup can be read, but a row cannot be chosen by its name. */
const readOnly: readonly DynamicsColumnKind[] = ['lookup'];

/** The directions that a mapping of these two may have; empty when the types do not fit. `writable`: the column may be changed. */
export function mappingDirections(field: ActiveCampaignFieldType, column: DynamicsColumnKind, writable: boolean): readonly Direction[] {
  if (!partners[field].includes(column)) return [];
  return writable && !readOnly.includes(column) ? ['both', 'toActiveCampaign', 'toDynamics'] : ['toActiveCampaign'];
}
