import type { Entity } from '../../../shared/entity.ts';
import type { ActiveCampaignId, DynamicsId } from '../../../shared/ids.ts';
import type { Origin } from '../../../shared/tags.ts';
import type { LinkEnd } from '../../store/observed.ts';
import type { Hold } from './hold.ts';
import type { Operation } from './operations.ts';

/** What shall become of a subject's link before its operations run. */
export type LinkDecision =
  | { readonly kind: 'none' }
  | { readonly kind: 'keep' }
  | {
      readonly kind: 'start';
      readonly entity: Entity;
      readonly dynamicsId: DynamicsId;
      readonly personId: ActiveCampaignId | null;
      readonly origin: Origin;
    }
  /** The link goes to the row that stands for its own one now. */
  | { readonly kind: 'move'; readonly entity: Entity; readonly dynamicsId: DynamicsId }
  | { readonly kind: 'end'; readonly because: LinkEnd }
  /** The memory of an ended link goes: the person may come back. */
  | { readonly kind: 'forget' };

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
