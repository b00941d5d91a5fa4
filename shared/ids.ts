/** Ids of the two services, branded so that one can never be passed where the other is meant. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Numeric id of an ActiveCampaign contact, as the decimal string that the service sends ("16"). */
export type ActiveCampaignId = Branded<'ActiveCampaignId'>;

/** Primary key of a Dynamics row: a lower-case GUID without braces. */
export type DynamicsId = Branded<'DynamicsId'>;

const decimal = /^[1-9]\d*$/;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws RangeError when `value` is not a positive whole number. */
export function activeCampaignId(value: string | number): ActiveCampaignId {
  const text = String(value);
  if (!decimal.test(text)) throw new RangeError(`"${text}" is not an ActiveCampaign id: expected a positive whole number`);
  return text as ActiveCampaignId;
}

/** @throws RangeError when `value` is not a GUID. Braces and upper case are accepted and taken away. */
export function dynamicsId(value: string): DynamicsId {
  const text = value.replace(/^\{|\}$/g, '').toLowerCase();
  if (!guid.test(text)) throw new RangeError(`"${value}" is not a Dynamics id: expected a GUID`);
  return text as DynamicsId;
}
