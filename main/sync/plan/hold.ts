import type { MisfitReason } from '../mapping/canonical.ts';

/** Why a person or one field of a person does not sync (contracts, section 4). */
export type HoldReason =
  | 'no-email'
  | 'invalid-email'
  | 'shared-email'
  | 'several-matches'
  | 'wrong-tags'
  | 'no-last-name'
  | 'conflict'
  | MisfitReason
  | 'refused-by-service'
  | 'excluded'
  | 'bounced';

export interface Hold {
  /** The mapping key of the one field that is held; null where the whole person is. */
  readonly field: string | null;
  readonly reason: HoldReason;
  /** What is held and why, in words for an admin. */
  readonly message: string;
  readonly advice: string;
}

const advice: Readonly<Record<HoldReason, string>> = {
  'no-email': 'Give the record an e-mail address; ActiveCampaign knows people by it.',
  'invalid-email': 'Correct the e-mail address in Dynamics.',
  'shared-email': 'Give one of the records an e-mail address of its own, or merge them in Dynamics.',
  'several-matches': 'Choose under People which of them the person is, merge them in Dynamics, or give all but one another e-mail address.',
  'wrong-tags': 'Repair it under People: the next run changes the tag to Contact and links them. Or change the tag in ActiveCampaign.',
  'no-last-name': 'Enter a last name in ActiveCampaign, or let the e-mail stand for it under Data Configuration.',
  conflict:
    'Choose the right value under People, or enter it on either side. A rule under Data Configuration decides such conflicts by itself.',
  'value-too-long': 'Shorten the value, or map it to a longer column.',
  'no-such-option': 'Pair the option under Data Configuration, or create it in ActiveCampaign there. Or choose another one.',
  'value-not-convertible': 'Correct the value, or map the field to one of another type.',
  'refused-by-service': 'See what the service answered. It is tried again on every run.',
  excluded: 'Take the address off the exclusion list of ActiveCampaign if this person may be added.',
  bounced: 'The address bounced in ActiveCampaign. Correct it, or reset the bounce there.',
};

export const hold = (field: string | null, reason: HoldReason, message: string): Hold => ({
  field,
  reason,
  message,
  advice: advice[reason],
});
