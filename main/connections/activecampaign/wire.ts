import { z } from 'zod';
import { type ActiveCampaignId, activeCampaignId } from '../../../shared/ids.ts';

/**
 * What ActiveCampaign answers. Ids, counts and flags come as strings or as numbers depending on the call, an empty list may come as an
 * empty object, so every scalar is brought to one type here and nowhere else.
 */

/** Any scalar as text; nothing at all as ''. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value)));

/** An id that must be there. */
export const id = z.union([z.string().min(1), z.int()]).transform(String);

export const personId = z.union([z.string(), z.int()]).transform((value, context): ActiveCampaignId => {
  try {
    return activeCampaignId(value);
  } catch {
    context.addIssue(`"${value}" is not the id of a person`);
    return z.NEVER;
  }
});

/** A count; nothing at all, and what is no number, as 0. */
export const count = text.transform((value) => Number.parseInt(value, 10) || 0);

/** A list; PHP writes an empty one as `{}`, and leaves it out. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .union([z.array(item), z.strictObject({}).transform((): z.output<Item>[] => [])])
    .nullish()
    .transform((list) => list ?? []);
}

/**
 * Milliseconds since the epoch of a date with an offset. Null for the shapes of an empty date, and for a date without an offset
 * (`updated_utc_timestamp` and its siblings hold local wall clock, whatever their names say).
 */
export const moment = text.transform((value) => {
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
});

export const meta = z.object({ total: count }).nullish();

/** `links` of an object: an object of addresses, or `[]`. */
export const links = z
  .union([z.record(z.string(), text), z.array(z.unknown()).transform((): Record<string, string> => ({}))])
  .nullish()
  .transform((value) => value ?? {});
