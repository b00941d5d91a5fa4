import { z } from 'zod';
import { clouds } from './cloud.ts';
import { settingsSchema } from './settings.ts';

/** What the Connection screen sends: an address with its secret. A secret of null means the one that is stored. */
const dynamicsSettings = settingsSchema.shape.dynamics.unwrap();

const secret = z.string().min(1).max(2000).nullable();

export const connectionDraftSchema = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal('activeCampaign'), apiUrl: z.string().max(2000), key: secret }),
  z.strictObject({ service: z.literal('dynamics'), ...dynamicsSettings.shape, clientSecret: secret }),
]);
export type ConnectionDraft = z.infer<typeof connectionDraftSchema>;

/** With which app registration a person signs in by browser, and to which organisation. */
export const signInRequestSchema = z.strictObject({
  clientId: z.guid(),
  /** A GUID, a domain, or `organizations` for whichever the account belongs to. */
  tenantId: z.string().min(1).max(300),
  cloud: z.enum(clouds),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** A Dynamics environment that the signed-in person may enter. */
export const environmentSchema = z.object({ name: z.string(), url: z.string() });
export type EnvironmentChoice = z.infer<typeof environmentSchema>;

/** One line of the checklist that a connection test proves. */
export const connectionCheckSchema = z.object({
  /** Stable name of what is proved: `reachable`, `signedIn`, `readLeads`. */
  id: z.string(),
  /** "May read leads" */
  label: z.string(),
  /** `waiting`, `running`: not yet. `notTried`: an earlier line failed, or it cannot be asked without writing. */
  outcome: z.enum(['waiting', 'running', 'passed', 'warning', 'failed', 'notTried']),
  /** What was found: "Signed in as Ada Admin". Empty where the label says it all. */
  message: z.string(),
  /** What to do about a warning or a failure; empty otherwise. */
  advice: z.string(),
  serviceMessage: z.string().optional(),
});
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;

/** How far a connection test is: every line, as far as it has come. */
export const checkProgressSchema = z.object({ service: z.enum(['activeCampaign', 'dynamics']), checks: z.array(connectionCheckSchema) });
export type CheckProgress = z.infer<typeof checkProgressSchema>;
