import { z } from 'zod';

/** Options that a custom field of ActiveCampaign is to have. */
export const newOptionsSchema = z.strictObject({
  /** As a mapping names the field. */
  field: z.string().regex(/^field:[1-9]\d{0,15}$/),
  values: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(250)
        // What would fall apart in a list of ActiveCampaign.
        .refine((value) => !value.includes('||')),
    )
    .min(1)
    .max(200),
});
export type NewOptions = z.infer<typeof newOptionsSchema>;
