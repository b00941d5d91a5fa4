import { z } from 'zod';
import { entities } from './entity.ts';

/** What some columns and fields hold for a few people, so that a mapping can be judged by more than two names. */

const names = z.array(z.string()).max(500);
export const examplesQuestionSchema = z.strictObject({
  entity: z.enum(entities),
  /** Logical names of Dynamics columns. */
  columns: names,
  /** As a mapping names them: `firstName`, `field:12`. */
  fields: names,
});
export type ExamplesQuestion = z.infer<typeof examplesQuestionSchema>;

const examples = z.record(z.string(), z.array(z.string()));
export const fieldExamplesSchema = z.object({
  /** Distinct values by name; none where it is empty for all who were looked at. */
  columns: examples,
  fields: examples,
  /** Why some are missing; null where none are. */
  incompleteBecause: z.string().nullable(),
});
export type FieldExamples = z.infer<typeof fieldExamplesSchema>;
