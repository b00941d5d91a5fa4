import { z } from 'zod';
import { changeRules } from './change-rule.ts';
import { entities } from './entity.ts';
import { linkEnds } from './link-end.ts';

/** What a plan would do, each counted in people or rows; `emptied` counts values. */
const planEffects = [
  'createdInActiveCampaign',
  'createdInDynamics',
  'updatedInActiveCampaign',
  'updatedInDynamics',
  'optedOut',
  'emptied',
  'unlinked',
] as const;
export type PlanEffect = (typeof planEffects)[number];

/** One line of a plan: a value that would be written, or a link that would end. */
const plannedLineSchema = z.object({
  email: z.string().nullable(),
  entity: z.enum(entities),
  /** Where it is written; null where a link ends, which writes nothing. */
  service: z.enum(['activeCampaign', 'dynamics']).nullable(),
  /** As people know it: "Job Title". */
  field: z.string(),
  /** Null where there is none. */
  old: z.string().nullable(),
  new: z.string().nullable(),
  because: z.enum([...changeRules, ...linkEnds]),
});
export type PlannedLine = z.infer<typeof plannedLineSchema>;

/** The plan that a guard holds, for a person to look at. */
export const heldPlanViewSchema = z.object({
  run: z.int(),
  heldAt: z.number(),
  /** Which limit it exceeds and by how much. */
  message: z.string(),
  /** It was let go: the next run carries it out. */
  released: z.boolean(),
  effects: z.record(z.enum(planEffects), z.int()),
  /** The first ones; those that the limit is about come before the others. */
  lines: z.array(plannedLineSchema),
  /** How many more lines there are. */
  further: z.int(),
});
export type HeldPlanView = z.infer<typeof heldPlanViewSchema>;
