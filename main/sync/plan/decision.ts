import type { Entity } from '../../../shared/entity.ts';
import type { ActiveCampaignId, DynamicsId } from '../../../shared/ids.ts';
import type { Origin } from '../../../shared/tags.ts';
import type { Link } from '../../store/observed.ts';
import type { Hold } from './hold.ts';
import type { Operation } from './operations.ts';

/** Which link the operations of a decision belong to. */
export type LinkDecision =
  /** There are none. */
  | { readonly kind: 'none' }
  /** The link that the subject has (or, to forget it, had). */
  | { readonly kind: 'keep' }
  | {
      readonly kind: 'start';
      readonly entity: Entity;
      readonly dynamicsId: DynamicsId;
      /** Null where the person is yet to be created. */
      readonly personId: ActiveCampaignId | null;
      readonly origin: Origin;
      /** What is agreed already; default nothing. */
      readonly agreed?: Link['agreed'];
    };

/** What the planner says about one person, record or linked pair. */
export interface Decision {
  readonly link: LinkDecision;
  readonly operations: readonly Operation[];
  readonly holds: readonly Hold[];
  /** Something would go to ActiveCampaign once Global Sync is on again. */
  readonly deferred: boolean;
}

export const nothing: Decision = { link: { kind: 'none' }, operations: [], holds: [], deferred: false };
export const heldWith = (hold: Hold): Decision => ({ ...nothing, holds: [hold] });
export const deferred: Decision = { ...nothing, deferred: true };
