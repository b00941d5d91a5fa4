import { z } from 'zod';

/** The automations of ActiveCampaign that can be chosen from. */
export const automationsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    /** Nobody enters one that is switched off. */
    active: z.boolean(),
  }),
);
export type AutomationChoice = z.infer<typeof automationsSchema>[number];
