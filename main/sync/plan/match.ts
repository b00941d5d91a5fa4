import type { Entity } from '../../../shared/entity.ts';
import type { DynamicsId } from '../../../shared/ids.ts';
import { membershipOf } from '../../../shared/tags.ts';
import type { HalfMade, Link, ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import type { EntityRules } from './rules.ts';

/** What somebody has answered about whom a person is in Dynamics. */
export type Chosen =
  | { readonly kind: 'row'; readonly record: ObservedRecord }
  /** None of those that there are. */
  | { readonly kind: 'nobody' }
  /** The row that was chosen is not to be had any more, or there are others than there were: it has to be asked again. */
  | { readonly kind: 'outdated' };

/** A person without a link, and the rows that answer to the e-mail address. */
export interface EnteringPerson {
  readonly person: ObservedPerson;
  /** Rows of both tables that stand for themselves and belong to nobody, best first: contact before lead, open before closed, oldest. */
  readonly candidates: readonly ObservedRecord[];
  /** Candidates that a lead was qualified into: the tags of their person may still name the lead. */
  readonly qualified: ReadonlySet<DynamicsId>;
  readonly chosen: Chosen | null;
  /** An ended link of this person. */
  readonly ended: Link | null;
  readonly halfMade: HalfMade | null;
}

/** Which tables take part, and which ways. */
export interface TakingPart {
  readonly entities: Readonly<Record<Entity, Pick<EntityRules, 'enabled' | 'direction'>>>;
}

/** What somebody has to be asked before the person can be linked; see the reasons of `hold.ts`. */
export type Question = 'several-matches' | 'wrong-tags';

/** Whom the tags of a person ask to be created in Dynamics, or to be found there; null for nobody. */
export function waitsToBePulled({ tags, gone }: ObservedPerson, rules: TakingPart): Entity | null {
  const membership = membershipOf(tags);
  if (gone || !tags.pulled || membership === null) return null;
  const { enabled, direction } = rules.entities[membership];
  return enabled && direction !== 'toActiveCampaign' ? membership : null;
}

/**
 * The pair that the help article of ActiveCampaign's own integration gives for contacts that arrive from Dynamics, by a misprint: that of a
 * lead from Dynamics. Whether it is wrong, the rows tell.
 */
export const carriesPairOfMisprint = ({ tags, gone }: ObservedPerson): boolean =>
  !gone && tags.lead && tags.pushed && !tags.contact && !tags.pulled;

/** Whether the person may have to be asked about before a row under the address can be planned. */
export const mayBeAskedAbout = (person: ObservedPerson, rules: TakingPart): boolean =>
  waitsToBePulled(person, rules) !== null || carriesPairOfMisprint(person);

/** Whether the person carries the tags of a lead, and is a contact in Dynamics that never was one. */
export function isMisprinted({ person, candidates, qualified, ended }: EnteringPerson, rules: TakingPart): boolean {
  if (!carriesPairOfMisprint(person) || ended?.entity === 'lead') return false;
  if (candidates.some(({ entity, id }) => entity === 'lead' || qualified.has(id))) return false;
  return rules.entities.contact.enabled && candidates.length > 0;
}

/**
 * The rows that the person could be: those of the table that the tags name, else those of the other one. More than one is a question where
 * the person was tagged to be created, or carries the wrong tags; who came from Dynamics is the best of them.
 */
export function possibleMatches({ person, candidates }: EnteringPerson, rules: TakingPart): readonly ObservedRecord[] {
  const membership = membershipOf(person.tags);
  const alike = candidates.filter(({ entity }) => entity === membership);
  return alike.length > 0 ? alike : candidates.filter(({ entity }) => rules.entities[entity].enabled);
}

/** What is to be asked before the person is linked; null where an answer is there, or none is needed. */
export function questionAbout(subject: EnteringPerson, rules: TakingPart): Question | null {
  const { chosen, person } = subject;
  if (chosen !== null && chosen.kind !== 'outdated') return null;
  const possible = possibleMatches(subject, rules);
  if (chosen !== null && possible.length > 0) return 'several-matches';
  const misprinted = isMisprinted(subject, rules);
  if (possible.length > 1 && (misprinted || waitsToBePulled(person, rules) !== null)) return 'several-matches';
  return misprinted ? 'wrong-tags' : null;
}
