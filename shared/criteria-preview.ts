import { z } from 'zod';
import { entities } from './entity.ts';
import { criteriaSchema } from './settings.ts';

/** Who would enter with some criteria, as Dynamics says it now. */

export const criteriaQuestionSchema = z.strictObject({ entity: z.enum(entities), criteria: criteriaSchema });
export type CriteriaQuestion = z.infer<typeof criteriaQuestionSchema>;

export const criteriaPreviewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('counted'),
    count: z.int(),
    /** False where there are more than `count`: Dynamics counts no further. */
    exact: z.boolean(),
    /** The five that were changed last; of a view, its first five. */
    people: z.array(z.object({ id: z.string(), name: z.string(), email: z.string().nullable() })),
  }),
  /** A run could not judge these criteria. The path is below `criteria`: `conditions[0].value`, `viewId`. */
  z.object({ kind: z.literal('refused'), problems: z.array(z.object({ path: z.string(), message: z.string() })) }),
]);
export type CriteriaPreview = z.infer<typeof criteriaPreviewSchema>;
