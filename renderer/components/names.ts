import type { ChangeRule } from '../../shared/change-rule.ts';
import type { Entity } from '../../shared/entity.ts';
import type { LinkEnd } from '../../shared/link-end.ts';
import type { PlanEffect } from '../../shared/planned.ts';
import type { JobFrequency } from '../../shared/settings.ts';

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
  'conflict-decided': 'Both changed: somebody decided',
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

export const planEffectNames = {
  createdInActiveCampaign: 'created in ActiveCampaign',
  createdInDynamics: 'created in Dynamics',
  updatedInActiveCampaign: 'changed in ActiveCampaign',
  updatedInDynamics: 'changed in Dynamics',
  emptied: 'values emptied',
  optedOut: 'opted out of e-mail',
  unlinked: 'no longer in sync',
} as const satisfies Record<PlanEffect, string>;

export const frequencyNames = {
  '1h': '1 hour',
  '2h': '2 hours',
  '4h': '4 hours',
  '6h': '6 hours',
  '8h': '8 hours',
  '12h': '12 hours',
  daily: 'Once daily',
} as const satisfies Record<JobFrequency, string>;
