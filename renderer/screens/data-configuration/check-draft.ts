import type { ColumnChoice, FieldChoices } from '../../../shared/field-choices.ts';
import { mappingDirections } from '../../../shared/field-pairs.ts';
import { twiceWritten } from '../../../shared/mapping-targets.ts';
import type { Criteria, EntityConfiguration, LeadConfiguration } from '../../../shared/settings.ts';
import { conditionOf, conditionProblem } from './conditions.ts';
import type { CriteriaDraft, EntityDraft, MappingDraft } from './draft.ts';

/** What keeps the draft from being saved, and where it is shown. */
export interface DraftProblem {
  readonly at: 'list' | 'criteria' | 'view' | 'condition' | 'mapping' | 'topic';
  /** The row of a condition or a mapping; 0 elsewhere. */
  readonly key: number;
  /** The control of a mapping that is to be changed. */
  readonly side?: 'dynamics' | 'activeCampaign' | 'direction';
  /** Something is still to be chosen or entered: nobody has done anything wrong yet. */
  readonly unfinished: boolean;
  readonly message: string;
}

export type CheckedDraft =
  | { readonly ok: true; readonly configuration: EntityConfiguration | LeadConfiguration }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] };

/** The configuration that the draft stands for, or everything that is unfinished or that a run would refuse or leave out. */
export function checkDraft(draft: EntityDraft, choices: FieldChoices): CheckedDraft {
  const { criteria, mappings, topicTemplate, ...rest } = draft;
  const checked = checkCriteria(criteria, choices);
  const problems = [
    ...listProblems(draft, choices),
    ...(checked.ok ? [] : checked.problems),
    ...mappingProblems(mappings, choices),
    ...topicProblems(draft),
  ];
  if (problems.length > 0 || !checked.ok) return { ok: false, problems };
  return {
    ok: true,
    configuration: {
      ...rest,
      criteria: checked.criteria,
      mappings: mappings.map(({ key: _key, dynamics, activeCampaign, ...mapping }) => ({
        ...mapping,
        dynamics: dynamics ?? '',
        activeCampaign: activeCampaign ?? '',
      })),
      ...(topicTemplate !== null && { topicTemplate: topicTemplate.trim() }),
    },
  };
}

export type CheckedCriteria =
  | { readonly ok: true; readonly criteria: Criteria }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] };

export function checkCriteria({ match, view, join, conditions }: CriteriaDraft, { columns, views }: FieldChoices): CheckedCriteria {
  const refused = (...problems: readonly DraftProblem[]): CheckedCriteria => ({ ok: false, problems });
  switch (match) {
    case 'all':
      return { ok: true, criteria: { match } };
    case 'view':
      if (views === null) return refused({ at: 'view', key: 0, unfinished: false, message: noRightToViews });
      if (view === null) return refused({ at: 'view', key: 0, unfinished: true, message: 'Choose a view.' });
      return views.some(({ id, type }) => id === view.id && type === view.type)
        ? { ok: true, criteria: { match, viewId: view.id, viewType: view.type } }
        : refused({ at: 'view', key: 0, unfinished: false, message: 'This view no longer exists, or is not shared with you any more.' });
    case 'conditions': {
      if (conditions.length === 0) {
        return refused({ at: 'criteria', key: 0, unfinished: true, message: 'Add at least one condition.' });
      }
      const named = conditions.map((condition) => ({ condition, column: columns.find(({ name }) => name === condition.field) }));
      const problems = named.flatMap(({ condition, column }) => {
        const problem = conditionProblem(condition, column);
        return problem === null ? [] : [{ at: 'condition' as const, key: condition.key, ...problem }];
      });
      if (problems.length > 0) return refused(...problems);
      return { ok: true, criteria: { match, join, conditions: named.map(({ condition, column }) => conditionOf(condition, column)) } };
    }
  }
}

const noRightToViews = 'The signed-in user may not list the views of Dynamics. Use conditions instead, or ask for the right.';

const listProblems = ({ listId }: EntityDraft, { lists }: FieldChoices): DraftProblem[] =>
  listId === null || lists.some(({ id }) => id === listId)
    ? []
    : [{ at: 'list', key: 0, unfinished: false, message: 'This list is not in ActiveCampaign any more.' }];

const topicProblems = ({ topicTemplate }: EntityDraft): DraftProblem[] =>
  topicTemplate?.trim() === '' ? [{ at: 'topic', key: 0, unfinished: true, message: 'Enter a topic: Dynamics shows leads by it.' }] : [];

/** The e-mail is mapped always, and by nobody. */
export const mappable = ({ name }: ColumnChoice): boolean => name !== 'emailaddress1';

type MappingProblem = Pick<DraftProblem, 'side' | 'unfinished' | 'message'>;

function mappingProblems(mappings: readonly MappingDraft[], choices: FieldChoices): DraftProblem[] {
  const whole = mappings.flatMap(({ key, dynamics, activeCampaign, direction }) =>
    dynamics === null || activeCampaign === null ? [] : [{ key, dynamics, activeCampaign, direction }],
  );
  const overwritten = new Map(twiceWritten(whole).map(({ index, side }) => [whole[index]?.key, side]));
  return mappings.flatMap((mapping) => {
    const problem = mappingProblem(mapping, mappings, choices) ?? overwrites(overwritten.get(mapping.key));
    return problem === null ? [] : [{ at: 'mapping' as const, key: mapping.key, ...problem }];
  });
}

function mappingProblem(mapping: MappingDraft, all: readonly MappingDraft[], { columns, fields }: FieldChoices): MappingProblem | null {
  const { key, dynamics, activeCampaign, direction } = mapping;
  if (dynamics === null) return { side: 'dynamics', unfinished: true, message: 'Choose a Dynamics column.' };
  const column = columns.filter(mappable).find(({ name }) => name === dynamics);
  if (column === undefined)
    return { side: 'dynamics', unfinished: false, message: 'This column is not in Dynamics any more, or may not be read.' };
  if (activeCampaign === null) return { side: 'activeCampaign', unfinished: true, message: 'Choose an ActiveCampaign field.' };
  const field = fields.find(({ name }) => name === activeCampaign);
  if (field === undefined) return { side: 'activeCampaign', unfinished: false, message: 'This field is not in ActiveCampaign any more.' };
  const fitting = mappingDirections(field.type, column.kind, column.writable);
  if (fitting.length === 0) {
    return { side: 'activeCampaign', unfinished: false, message: 'The types of these two do not fit. Choose another field.' };
  }
  // With "both" a run leaves out the way that is closed.
  if (direction === 'toDynamics' && !fitting.includes(direction)) {
    return {
      side: 'direction',
      unfinished: false,
      message: 'Dynamics does not let this column be changed: it can only go to ActiveCampaign.',
    };
  }
  const above = all.slice(
    0,
    all.findIndex((other) => other.key === key),
  );
  return above.some((other) => other.dynamics === dynamics && other.activeCampaign === activeCampaign)
    ? { side: 'activeCampaign', unfinished: false, message: 'This pair is mapped above.' }
    : null;
}

function overwrites(side: 'dynamics' | 'activeCampaign' | undefined): MappingProblem | null {
  if (side === undefined) return null;
  const what = side === 'dynamics' ? 'Dynamics column' : 'ActiveCampaign field';
  return { side, unfinished: false, message: `Another row writes to this ${what} already. Let only one of them do it.` };
}
