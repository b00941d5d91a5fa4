import type { CustomFieldType } from '../../connections/activecampaign/types.ts';
import type { ColumnType } from '../../connections/dynamics/types.ts';

/**
 * The ActiveCampaign side of a mapping as a type: the three built-in fields are text.
 * @see design, section 4: the pairs below are those of ActiveCampaign's own integration.
 */
export type ActiveCampaignType = CustomFieldType;

const partners: Readonly<Record<ActiveCampaignType, readonly ColumnType['kind'][]>> = {
  text: ['text', 'wholeNumber', 'decimal', 'float', 'bigInteger', 'money', 'twoOptions', 'lookup'],
  hidden: ['text', 'wholeNumber', 'decimal', 'float', 'bigInteger', 'money', 'twoOptions', 'lookup'],
  textarea: ['multilineText'],
  date: ['dateTime'],
  datetime: ['dateTime'],
  dropdown: ['choice'],
  radio: ['choice'],
  listbox: ['choices'],
  checkbox: ['choices'],
  number: ['wholeNumber', 'decimal', 'float', 'money'],
};

/** Whether the two types can be mapped to each other. */
export function areCompatible(activeCampaign: ActiveCampaignType, dynamics: ColumnType): boolean {
  return partners[activeCampaign].includes(dynamics.kind);
}

/** A lookup is shown by the name of what it points to and cannot be written (design, section 4). */
export const isReadOnlyInDynamics = (dynamics: ColumnType): boolean => dynamics.kind === 'lookup';
