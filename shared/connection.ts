import { z } from 'zod';
import { settingsSchema } from './settings.ts';

/** What the Connection screen sends: an address with its secret. A secret of null means the one that is stored. */
const dynamicsSettings = settingsSchema.shape.dynamics.unwrap();

const secret = z.string().min(1).max(2000).nullable();

export const connectionDraftSchema = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal('activeCampaign'), apiUrl: z.string().max(2000), key: secret }),
  z.strictObject({ service: z.literal('dynamics'), ...dynamicsSettings.shape, clientSecret: secret }),
]);
export type ConnectionDraft = z.infer<typeof connectionDraftSchema>;

/** One line of the checklist that a connection test proves. */
export const connectionCheckSchema = z.object({
  /** Stable name of what is proved: `reachable`, `signedIn`, `readLeads`. */
  id: z.string(),
  /** "May read leads" */
  label: z.string(),
  /** `notTried`: an earlier line failed, so that this one could not be asked. */
  outcome: z.enum(['passed', 'warning', 'failed', 'notTried']),
  /** What was found: "Signed in as Ada Admin". Empty where the label says it all. */
  message: z.string(),
  /** What to do about a warning or a failure; empty otherwise. */
  advice: z.string(),
  serviceMessage: z.string().optional(),
});
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;
