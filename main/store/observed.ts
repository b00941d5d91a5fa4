import type { Agreed } from '../../shared/canonical-value.ts';
import type { Entity } from '../../shared/entity.ts';
import type { ActiveCampaignId, DynamicsId } from '../../shared/ids.ts';
import type { LinkEnd } from '../../shared/link-end.ts';
import type { MembershipTags, Origin, TagKey } from '../../shared/tags.ts';
import type { ListMembership } from '../connections/activecampaign/types.ts';
import type { ColumnValue } from '../connections/dynamics/types.ts';

/** A person of ActiveCampaign as last seen there, or as last confirmed to have been written. */
export interface ObservedPerson {
  readonly id: ActiveCampaignId;
  readonly email: string;
  readonly tags: MembershipTags;
  /** Ids of the links to the membership tags: what taking a tag away needs. */
  readonly tagLinks: Readonly<Partial<Record<TagKey, string>>>;
  /** Raw values of the mapped fields, by their name in a mapping (`firstName`, `field:12`). */
  readonly values: Readonly<Record<string, string>>;
  readonly lists: readonly ListMembership[];
  /** `udate`, in ms since the epoch. */
  readonly updatedAt: number | null;
  readonly bounced: boolean;
  readonly gone: boolean;
}

/** A row of Dynamics as last seen there, or as last confirmed to have been written. */
export interface ObservedRecord {
  readonly entity: Entity;
  readonly id: DynamicsId;
  readonly etag: string | null;
  /** Raw values of the columns that mapping, criteria and the engine need. */
  readonly columns: Readonly<Record<string, ColumnValue>>;
  /** `modifiedon` and `createdon`, in ms since the epoch. */
  readonly modifiedAt: number | null;
  readonly createdAt: number | null;
  /** The row that stands for this one now: the contact of a qualified lead, the winner of a merge. */
  readonly succeededBy: { readonly entity: Entity; readonly id: DynamicsId } | null;
  readonly meetsCriteria: boolean;
  readonly gone: boolean;
}

/** What somebody has said to a conflict: it holds while the side that loses still has what it had. */
export interface ConflictAnswer {
  readonly winner: 'activeCampaign' | 'dynamics';
  /** Raw, as the service holds it: what it means may change with its pairs of options, or with the row. */
  readonly losing: ColumnValue;
}

/**
 * What joins a person to a row, and what both last agreed on.
 *
 * - `planned`: the writes that establish it are not confirmed yet.
 * - `active`: both sides are known to exist and the person carries the tags.
 * - `ended`: kept as the memory that this pair must not come back by itself.
 */
export interface Link {
  readonly id: number;
  readonly state: 'planned' | 'active' | 'ended';
  readonly entity: Entity;
  readonly dynamicsId: DynamicsId;
  /** Null while the person is being created. */
  readonly personId: ActiveCampaignId | null;
  readonly origin: Origin;
  /** By mapping key. A key that is absent was never agreed on. */
  readonly agreed: Readonly<Record<string, Agreed>>;
  /** By mapping key, until the field is agreed on. */
  readonly decided: Readonly<Record<string, ConflictAnswer>>;
  readonly endedBecause: LinkEnd | null;
}

/** What was done of a pair whose link was taken back before it counted: a person has one such pair at most. */
export interface HalfMade {
  readonly personId: ActiveCampaignId;
  readonly entity: Entity;
  readonly dynamicsId: DynamicsId;
  readonly agreed: Link['agreed'];
  /** The person was created here, and was to join the list for new people. */
  readonly awaitsList: boolean;
}
