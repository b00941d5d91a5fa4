import type { ChangeRule } from '../../shared/change-rule.ts';
import type { Entity } from '../../shared/entity.ts';
import type { LinkEnd } from '../../shared/link-end.ts';

/** Words for what several screens show. */

export const serviceNames = { activeCampaign: 'ActiveCampaign', dynamics: 'Dynamics' } as const;

export const entityNames = { lead: 'Lead', contact: 'Contact' } as const satisfies Record<Entity, string>;

export const ruleNames = {
  'changed-in-activecampaign': 'Changed in ActiveCampaign',
  'changed-in-dynamics': 'Changed in Dynamics',
  'first-contact-fills-empty': 'Fills an empty field',
  'conflict-dynamics-wins': 'Both changed: Dynamics wins',
  'conflict-activecampaign-wins': 'Both changed: ActiveCampaign wins',
  'conflict-newest-wins': 'Both changed: the newer one wins',
  'conflict-newest-unknown-dynamics-wins': 'Both changed, and which is newer is not known: Dynamics wins',
  'new-record': 'New',
  'takes-part': 'Takes part in the sync',
  'opted-out-in-activecampaign': 'Unsubscribed in ActiveCampaign',
  'opted-out-in-dynamics': 'Opted out in Dynamics',
} as const satisfies Record<ChangeRule, string>;

export const linkEndNames = {
  'tags-removed': 'The D365 tags were taken away',
  'record-gone': 'Deleted in Dynamics',
  'person-gone': 'Deleted in ActiveCampaign',
  'entity-changed': 'The tags name the other table now',
  superseded: 'Merged into one that syncs already',
} as const satisfies Record<LinkEnd, string>;
