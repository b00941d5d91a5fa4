import type { ColumnChoice, FieldChoices } from '../../../shared/field-choices.ts';
import type {
  Condition,
  ConditionOperator,
  ConflictWinner,
  Criteria,
  Direction,
  EntityConfiguration,
  LeadConfiguration,
} from '../../../shared/settings.ts';

/** The configuration of one entity while it is edited: rows may be unfinished, and what another choice would need is kept. */
export interface EntityDraft {
  readonly enabled: boolean;
  readonly direction: Direction;
  readonly criteria: CriteriaDraft;
  readonly listId: string | null;
  readonly conflictWinner: ConflictWinner;
  readonly mappings: readonly MappingDraft[];
  readonly missingLastName: EntityConfiguration['missingLastName'];
  /** Ids of automations whose people are created in Dynamics. */
  readonly createFromAutomations: readonly string[];
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

export interface MappingDraft {
  readonly key: number;
  readonly dynamics: string | null;
  readonly activeCampaign: string | null;
  readonly direction: Direction;
}

export const nextKey = (rows: readonly { readonly key: number }[]): number => Math.max(0, ...rows.map(({ key }) => key)) + 1;

export function draftOf(configuration: EntityConfiguration | LeadConfiguration): EntityDraft {
  const { criteria } = configuration;
  return {
    enabled: configuration.enabled,
    direction: configuration.direction,
    criteria: {
      match: criteria.match,
      view: criteria.match === 'view' ? { id: criteria.viewId, type: criteria.viewType } : null,
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
    listId: configuration.listId,
    conflictWinner: configuration.conflictWinner,
    mappings: configuration.mappings.map((mapping, index) => ({ key: index + 1, ...mapping })),
    missingLastName: configuration.missingLastName,
    createFromAutomations: configuration.createFromAutomations,
    topicTemplate: 'topicTemplate' in configuration ? configuration.topicTemplate : null,
  };
}

/** What keeps the draft from being saved. `key` names the row of a condition or a mapping. */
export interface DraftProblem {
  readonly at: 'criteria' | 'condition' | 'mapping' | 'topic';
  readonly key: number;
  readonly message: string;
}

export type CheckedDraft =
  | { readonly ok: true; readonly configuration: EntityConfiguration | LeadConfiguration }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] };

/** The configuration that the draft stands for, or everything that is unfinished or impossible in it. */
export function checkDraft(draft: EntityDraft, choices: FieldChoices): CheckedDraft {
  const problems = [...criteriaProblems(draft.criteria, choices), ...mappingProblems(draft.mappings), ...topicProblems(draft)];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    configuration: {
      enabled: draft.enabled,
      direction: draft.direction,
      criteria: criteriaOf(draft.criteria, choices),
      listId: draft.listId,
      conflictWinner: draft.conflictWinner,
      mappings: draft.mappings.map(({ dynamics, activeCampaign, direction }) => ({
        dynamics: dynamics ?? '',
        activeCampaign: activeCampaign ?? '',
        direction,
      })),
      missingLastName: draft.missingLastName,
      createFromAutomations: [...draft.createFromAutomations],
      ...(draft.topicTemplate !== null && { topicTemplate: draft.topicTemplate.trim() }),
    },
  };
}

const topicProblems = ({ topicTemplate }: EntityDraft): DraftProblem[] =>
  topicTemplate?.trim() === '' ? [{ at: 'topic', key: 0, message: 'Enter a topic: Dynamics shows leads by it.' }] : [];

function mappingProblems(mappings: readonly MappingDraft[]): DraftProblem[] {
  const problems: DraftProblem[] = [];
  for (const { key, dynamics, activeCampaign } of mappings) {
    const others = mappings.filter((other) => other.key < key);
    const message =
      dynamics === null
        ? 'Choose a Dynamics column.'
        : activeCampaign === null
          ? 'Choose an ActiveCampaign field.'
          : others.some((other) => other.dynamics === dynamics && other.activeCampaign === activeCampaign)
            ? 'This pair is mapped above.'
            : others.some((other) => other.activeCampaign === activeCampaign)
              ? 'This ActiveCampaign field is mapped above.'
              : null;
    if (message !== null) problems.push({ at: 'mapping', key, message });
  }
  return problems;
}

function criteriaProblems(criteria: CriteriaDraft, choices: FieldChoices): DraftProblem[] {
  if (criteria.match === 'all') return [];
  if (criteria.match === 'view') return criteria.view === null ? [{ at: 'criteria', key: 0, message: 'Choose a view.' }] : [];
  if (criteria.conditions.length === 0) return [{ at: 'criteria', key: 0, message: 'Add at least one condition.' }];
  return criteria.conditions.flatMap((condition) => {
    const message = conditionProblem(condition, choices);
    return message === null ? [] : [{ at: 'condition' as const, key: condition.key, message }];
  });
}

function conditionProblem({ field, operator, values }: ConditionDraft, choices: FieldChoices): string | null {
  if (field === null) return 'Choose a column.';
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return null;
  const column = choices.columns.find(({ name }) => name === field);
  if (column === undefined) return 'This column is not in Dynamics any more.';
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  if (given.length === 0) return 'Enter a value.';
  return given.some((value) => typedValue(value, column) === null) ? 'Enter a number.' : null;
}

function criteriaOf({ match, view, join, conditions }: CriteriaDraft, choices: FieldChoices): Criteria {
  if (match === 'view' && view !== null) return { match, viewId: view.id, viewType: view.type };
  if (match === 'conditions') return { match, join, conditions: conditions.map((condition) => conditionOf(condition, choices)) };
  return { match: 'all' };
}

/** Of a condition in which `conditionProblem` found nothing. */
function conditionOf({ field, operator, values }: ConditionDraft, choices: FieldChoices): Condition {
  const name = field ?? '';
  const column = choices.columns.find((candidate) => candidate.name === name);
  const given = values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => (column === undefined ? value : (typedValue(value, column) ?? value)));
  const first = given[0] ?? '';
  switch (operator) {
    case 'isEmpty':
    case 'isNotEmpty':
      return { field: name, operator };
    case 'isAnyOf':
      return { field: name, operator, value: given };
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return { field: name, operator, value: String(first) };
    case 'equals':
    case 'notEquals':
    case 'greaterThan':
    case 'lessThan':
    case 'onOrAfter':
    case 'onOrBefore':
      return { field: name, operator, value: first };
  }
}

/** `value` in the type that the column is compared in; null where it cannot be. */
function typedValue(value: string, column: ColumnChoice): string | number | boolean | null {
  switch (column.kind) {
    case 'wholeNumber':
    case 'bigInteger':
    case 'decimal':
    case 'float':
    case 'money':
    case 'choice':
    case 'choices':
      return Number.isFinite(Number(value)) ? Number(value) : null;
    case 'twoOptions':
      return value === 'true';
    case 'text':
    case 'multilineText':
    case 'dateTime':
    case 'lookup':
      return value;
  }
}
