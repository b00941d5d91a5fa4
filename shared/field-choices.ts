import { z } from 'zod';
import { activeCampaignFieldTypes, dynamicsColumnKinds } from './field-pairs.ts';

/** What the Data Configuration of one entity can choose from, read from both services' metadata. */
export const fieldChoicesSchema = z.object({
  columns: z.array(
    z.object({
      /** Logical name, as a mapping or a condition names it. */
      name: z.string(),
      label: z.string(),
      kind: z.enum(dynamicsColumnKinds),
      writable: z.boolean(),
      /** Dynamics asks people for a value when they create a row. */
      required: z.boolean(),
      /** Only for `choice`, `choices` and `twoOptions`; `value` is what a condition compares with. */
      options: z.array(z.object({ value: z.union([z.number(), z.boolean()]), label: z.string() })),
    }),
  ),
  fields: z.array(
    z.object({
      /** As a mapping names it: `firstName`, `lastName`, `phone` or `field:<id>`. */
      name: z.string(),
      label: z.string(),
      type: z.enum(activeCampaignFieldTypes),
      /** What the field offers; empty for one that takes any value. */
      options: z.array(z.string()),
    }),
  ),
  lists: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Null where the signed-in user may not list them. */
  views: z.array(z.object({ id: z.string(), type: z.enum(['system', 'personal']), name: z.string() })).nullable(),
});
export type FieldChoices = z.infer<typeof fieldChoicesSchema>;
export type ColumnChoice = FieldChoices['columns'][number];
export type FieldChoice = FieldChoices['fields'][number];
