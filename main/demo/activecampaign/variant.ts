/**
 * How this account behaves where the documentation is silent or contradicts itself. A client has to work with all of them:
 * tests and the simulation go through the values.
 */
export interface ActiveCampaignVariant {
  /** How fine `filters[updated_after]` and its kin compare. */
  readonly filterGranularity: 'second' | 'day';
  /** `utc`: the offset of the sent value counts. `account`: it is dropped and the digits are compared with the account's wall clock. */
  readonly filterZone: 'utc' | 'account';
  /** Whether a person that was changed exactly at the bound is in the answer. */
  readonly filterBound: 'inclusive' | 'exclusive';
  /** Whether `GET /contacts` sideloads. Without it `include` is ignored without a word. */
  readonly include: 'supported' | 'ignored';
  /** `POST /tags` with a name that exists: 200 with that tag, or an error body (both were seen). */
  readonly existingTag: 'answered' | 'refused';
  /** What of an import moves `udate` of somebody who existed: everything, all but added tags, or nothing. */
  readonly importMovesUdate: 'everything' | 'all-but-tags' | 'nothing';
  readonly automationTagsMoveUdate: boolean;
  readonly tagRemovalMovesUdate: boolean;
  /** What `""` does in a row of an import. */
  readonly importEmptyValue: 'clears' | 'ignored';
  /** Which ids `GET /import/info` lists under `success`. */
  readonly importSuccessIds: 'created' | 'created-and-updated';
  /** The key of the answer to an import that was accepted. */
  readonly importSuccessKey: 'success' | 'Success';
  /** Where `exclude_automations` is obeyed: at the top of the payload or inside each contact. */
  readonly excludeAutomations: 'top-level' | 'per-contact';
  /** IANA zone of every date in answers. All known accounts use US Central. */
  readonly dateZone: string;
  readonly storedEmail: 'as-sent' | 'lower-case';
  /** `RateLimit-Limit` and `RateLimit-Remaining` on answers. */
  readonly rateLimitHeaders: boolean;
}

/** What was seen on live accounts, or is the likelier reading. */
export const defaultVariant: ActiveCampaignVariant = {
  filterGranularity: 'second',
  filterZone: 'utc',
  filterBound: 'inclusive',
  include: 'supported',
  existingTag: 'answered',
  importMovesUdate: 'everything',
  automationTagsMoveUdate: true,
  tagRemovalMovesUdate: false,
  importEmptyValue: 'clears',
  importSuccessIds: 'created-and-updated',
  importSuccessKey: 'success',
  excludeAutomations: 'top-level',
  dateZone: 'America/Chicago',
  storedEmail: 'as-sent',
  rateLimitHeaders: false,
};
