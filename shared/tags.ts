import type { Entity } from './entity.ts';

/** The four membership tags (contracts, section 3). Compared without regard to case. */
export const tagNames = {
  lead: 'D365: Lead',
  contact: 'D365: Contact',
  pulled: 'D365: Pulled from ActiveCampaign',
  pushed: 'D365: Pushed from Dynamics',
} as const;

export type TagKey = keyof typeof tagNames;
export const tagKeys = ['lead', 'contact', 'pulled', 'pushed'] as const satisfies readonly TagKey[];

/** Which of the four membership tags a person carries. */
export type MembershipTags = Readonly<Record<TagKey, boolean>>;

/** The tag that says where a person came from. */
export type Origin = 'pulled' | 'pushed';

/**
 * What a person's tags say about taking part: the entity of a complete pair, or null where there is none.
 * A person who carries a complete pair for both entities is a contact: a qualified lead becomes one, never the other way round.
 */
export function membershipOf(tags: MembershipTags): Entity | null {
  if (!tags.pulled && !tags.pushed) return null;
  if (tags.contact) return 'contact';
  return tags.lead ? 'lead' : null;
}

/** Whether the tags hold the complete pair for this entity. */
export const carriesPair = (tags: MembershipTags, entity: Entity): boolean => tags[entity] && (tags.pulled || tags.pushed);
