/** By which rule a value is written; kept in the journal. */
export const changeRules = [
  'changed-in-activecampaign',
  'changed-in-dynamics',
  'first-contact-fills-empty',
  'conflict-dynamics-wins',
  'conflict-activecampaign-wins',
  'conflict-newest-wins',
  /** Somebody said which value is right. */
  'conflict-decided',
  /** The newer one was to win, and the services' stamps do not tell which that is. */
  'conflict-newest-unknown-dynamics-wins',
  'new-record',
  'takes-part',
  'opted-out-in-activecampaign',
  'opted-out-in-dynamics',
] as const;
export type ChangeRule = (typeof changeRules)[number];
