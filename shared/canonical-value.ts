import { z } from 'zod';

/**
 * A field's value in the form in which both services are compared. `null` is the one empty value.
 *
 * A choice is the option's number in Dynamics; a label that has no partner there stays a string, so that it can be named in a message.
 */
export const canonicalValueSchema = z.union([
  z.null(),
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])).readonly(),
]);
export type CanonicalValue = z.infer<typeof canonicalValueSchema>;

/**
 * What both sides last agreed on: one value, or, where they were left to differ on purpose (a last name that a new lead needs and the
 * person lacks), what each of them held then.
 */
export const agreedSchema = z.union([
  canonicalValueSchema,
  z.object({ activeCampaign: canonicalValueSchema, dynamics: canonicalValueSchema }),
]);
export type Agreed = z.infer<typeof agreedSchema>;
