import type { Agreed, CanonicalValue } from '../../../shared/canonical-value.ts';
import type { ConflictWinner, Direction } from '../../../shared/settings.ts';
import { type Misfit, type Reading, sameValue } from '../mapping/canonical.ts';

/** By which rule a value was written; kept in the journal. */
export type MergeRule =
  | 'changed-in-activecampaign'
  | 'changed-in-dynamics'
  | 'first-contact-fills-empty'
  | 'conflict-dynamics-wins'
  | 'conflict-activecampaign-wins'
  | 'conflict-newest-wins'
  | 'conflict-decided'
  | 'conflict-newest-unknown-dynamics-wins'
  | 'new-record';

export interface MergeInput {
  /** Undefined at the first contact. */
  readonly agreed: Agreed | undefined;
  readonly activeCampaign: Reading;
  readonly dynamics: Reading;
  /** Which ways this field may flow, by its mapping and its entity together. */
  readonly direction: Direction;
  /** False while Global Sync is off: what would go to ActiveCampaign waits. */
  readonly mayWriteActiveCampaign: boolean;
  readonly conflictWinner: ConflictWinner;
  /** The side that somebody decided for, over what the other one holds; null where nobody has. */
  readonly decidedFor: 'activeCampaign' | 'dynamics' | null;
  /** The services' own stamps of the last change, in ms since the epoch; null where a side has none. */
  readonly changedAt: { readonly activeCampaign: number | null; readonly dynamics: number | null };
}

export type MergeOutcome =
  /** Nothing to do. */
  | { readonly kind: 'unchanged' }
  /** Both hold the same: only the snapshot follows. */
  | { readonly kind: 'settled'; readonly value: CanonicalValue }
  | {
      readonly kind: 'toDynamics' | 'toActiveCampaign';
      readonly old: CanonicalValue;
      readonly value: CanonicalValue;
      readonly rule: MergeRule;
    }
  /** Would go to ActiveCampaign, but Global Sync is off. */
  | { readonly kind: 'deferred' }
  | { readonly kind: 'conflict'; readonly activeCampaign: CanonicalValue; readonly dynamics: CanonicalValue }
  | { readonly kind: 'unreadable'; readonly side: 'activeCampaign' | 'dynamics'; readonly misfit: Misfit };

/**
 * The three-way merge of one field: last agreed, ActiveCampaign now, Dynamics now. Pure.
 *
 * One side changed: it goes to the other. Both changed to the same: only remembered. Both changed differently: the conflict rule.
 * Where somebody has decided a conflict, that counts before any rule.
 * At the first contact a value beats an empty one, and two different values follow the conflict rule.
 * A field that flows one way only never changes its source.
 */
export function mergeField(input: MergeInput): MergeOutcome {
  const { agreed, activeCampaign, dynamics } = input;
  if (!activeCampaign.ok) return whenUnreadable(input, 'activeCampaign', activeCampaign, dynamics);
  if (!dynamics.ok) return whenUnreadable(input, 'dynamics', dynamics, activeCampaign);
  const here = activeCampaign.value;
  const there = dynamics.value;
  const changedHere = agreed === undefined || !sameValue(agreedOn('activeCampaign', agreed), here);
  const changedThere = agreed === undefined || !sameValue(agreedOn('dynamics', agreed), there);
  if (!changedHere && !changedThere) return { kind: 'unchanged' };
  if (sameValue(here, there)) return { kind: 'settled', value: here };
  if (input.decidedFor === 'dynamics') return toActiveCampaign(input, here, there, 'conflict-decided');
  if (input.decidedFor === 'activeCampaign') return toDynamics(input, here, there, 'conflict-decided');
  if (agreed === undefined) return firstContact(input, here, there);
  if (!changedHere) return toActiveCampaign(input, here, there, 'changed-in-dynamics');
  if (!changedThere) return toDynamics(input, here, there, 'changed-in-activecampaign');
  return conflict(input, here, there);
}

/** What one side held when both agreed. */
export function agreedOn(side: 'activeCampaign' | 'dynamics', agreed: Agreed): CanonicalValue {
  return agreed !== null && typeof agreed === 'object' && 'dynamics' in agreed ? agreed[side] : agreed;
}

/**
 * A side that cannot be read is held only where its value would have to go somewhere; the other side's change does not overwrite it
 * silently either, since what it holds cannot be compared.
 */
function whenUnreadable(input: MergeInput, side: 'activeCampaign' | 'dynamics', misfit: Misfit, other: Reading): MergeOutcome {
  const flowsOut = input.direction !== (side === 'activeCampaign' ? 'toActiveCampaign' : 'toDynamics');
  const otherSide = side === 'activeCampaign' ? 'dynamics' : 'activeCampaign';
  const otherChanged = other.ok && (input.agreed === undefined || !sameValue(agreedOn(otherSide, input.agreed), other.value));
  return flowsOut || otherChanged ? { kind: 'unreadable', side, misfit } : { kind: 'unchanged' };
}

function firstContact(input: MergeInput, here: CanonicalValue, there: CanonicalValue): MergeOutcome {
  if (there === null && input.direction !== 'toActiveCampaign') return toDynamics(input, here, there, 'first-contact-fills-empty');
  if (here === null && input.direction !== 'toDynamics') return toActiveCampaign(input, here, there, 'first-contact-fills-empty');
  // One-way, and the source is the empty side: a value beats an empty one.
  if (there === null || here === null) return { kind: 'unchanged' };
  return conflict(input, here, there);
}

function conflict(input: MergeInput, here: CanonicalValue, there: CanonicalValue): MergeOutcome {
  // Who wants to be asked is asked for a field with one direction too: it would overwrite what somebody entered.
  if (input.conflictWinner === 'ask') return { kind: 'conflict', activeCampaign: here, dynamics: there };
  if (input.direction === 'toActiveCampaign') return toActiveCampaign(input, here, there, 'conflict-dynamics-wins');
  if (input.direction === 'toDynamics') return toDynamics(input, here, there, 'conflict-activecampaign-wins');
  switch (input.conflictWinner) {
    case 'dynamics':
      return toActiveCampaign(input, here, there, 'conflict-dynamics-wins');
    case 'activeCampaign':
      return toDynamics(input, here, there, 'conflict-activecampaign-wins');
    case 'newest': {
      const { activeCampaign, dynamics } = input.changedAt;
      // Without both stamps, or with the same one twice, "newest" cannot be told: Dynamics wins, as by default, and the journal says so.
      if (activeCampaign === null || dynamics === null || activeCampaign === dynamics)
        return toActiveCampaign(input, here, there, 'conflict-newest-unknown-dynamics-wins');
      return activeCampaign > dynamics
        ? toDynamics(input, here, there, 'conflict-newest-wins')
        : toActiveCampaign(input, here, there, 'conflict-newest-wins');
    }
  }
}

function toActiveCampaign(input: MergeInput, here: CanonicalValue, there: CanonicalValue, rule: MergeRule): MergeOutcome {
  if (input.direction === 'toDynamics') return { kind: 'unchanged' };
  if (!input.mayWriteActiveCampaign) return { kind: 'deferred' };
  return { kind: 'toActiveCampaign', old: here, value: there, rule };
}

function toDynamics(input: MergeInput, here: CanonicalValue, there: CanonicalValue, rule: MergeRule): MergeOutcome {
  if (input.direction === 'toActiveCampaign') return { kind: 'unchanged' };
  return { kind: 'toDynamics', old: there, value: here, rule };
}
