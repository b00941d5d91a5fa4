import type { ConditionOperator, Criteria, EntityConfiguration, LeadConfiguration, Mapping } from '../../../shared/settings.ts';

/** The configuration of one entity while it is edited: rows may be unfinished, and what another choice would need is kept. */
export interface EntityDraft extends Omit<EntityConfiguration, 'criteria' | 'mappings'> {
  readonly criteria: CriteriaDraft;
  readonly mappings: readonly MappingDraft[];
  /** Null for contacts, which have no topic. */
  readonly topicTemplate: string | null;
}

export interface CriteriaDraft {
  readonly match: Criteria['match'];
  readonly view: { readonly id: string; readonly type: 'system' | 'personal' } | null;
  readonly join: 'and' | 'or';
  readonly conditions: readonly ConditionDraft[];
}

export interface ConditionDraft {
  /** Tells rows apart while they move; unique within the draft. */
  readonly key: number;
  readonly field: string | null;
  readonly operator: ConditionOperator;
  /** As entered; several for `isAnyOf`, else at most one. */
  readonly values: readonly string[];
}

export interface MappingDraft extends Omit<Mapping, 'dynamics' | 'activeCampaign'> {
  readonly key: number;
  readonly dynamics: string | null;
  readonly activeCampaign: string | null;
}

export const nextKey = (rows: readonly { readonly key: number }[]): number => Math.max(0, ...rows.map(({ key }) => key)) + 1;

export function draftOf(configuration: EntityConfiguration | LeadConfiguration): EntityDraft {
  const { criteria } = configuration;
  return {
    ...configuration,
    criteria: {
      match: criteria.match,
      view: criteria.match === 'view' ? { id: criteria.viewId.toLowerCase(), type: criteria.viewType } : null,
      join: criteria.match === 'conditions' ? criteria.join : 'and',
      conditions:
        criteria.match !== 'conditions'
          ? []
          : criteria.conditions.map((condition, index) => ({
              key: index + 1,
              field: condition.field,
              operator: condition.operator,
              values: 'value' in condition ? [condition.value].flat().map(String) : [],
            })),
    },
    mappings: configuration.mappings.map((mapping, index) => ({ key: index + 1, ...mapping })),
    topicTemplate: 'topicTemplate' in configuration ? configuration.topicTemplate : null,
  };
}

/** @param draft what was changed. Something that was changed back is not. */
export function isChanged(saved: EntityConfiguration | LeadConfiguration, draft: Partial<EntityDraft>): boolean {
  if (Object.keys(draft).length === 0) return false;
  const before = draftOf(saved);
  return JSON.stringify({ ...before, ...draft }) !== JSON.stringify(before);
}
