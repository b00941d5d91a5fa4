import { z } from 'zod';
import { entities } from './entity.ts';
import { criteriaSchema } from './settings.ts';

/** How many people a change of the Data Configuration concerns, by what the last run left in the database. */

/** `criteria`: the new ones; null where they do not change. */
export const changeQuestionSchema = z.strictObject({ entity: z.enum(entities), criteria: criteriaSchema.nullable() });
export type ChangeQuestion = z.infer<typeof changeQuestionSchema>;

export const changeCountsSchema = z.object({
  /** People who are in sync as this entity. */
  linked: z.int(),
  /** Fields whose conflict waits for a person. */
  conflicts: z.int(),
  /** Null where the criteria do not change, or only Dynamics can tell who meets them. */
  criteria: z
    .object({
      /** Not in sync, and meeting the new criteria but not the ones before. */
      newcomers: z.int(),
      /** In sync, and meeting only the ones before. */
      leavers: z.int(),
    })
    .nullable(),
});
export type ChangeCounts = z.infer<typeof changeCountsSchema>;
