import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../main/connections/dynamics/types.ts';
import { compileConditions } from '../../main/sync/criteria/compile.ts';
import { checkDraft } from '../../renderer/screens/data-configuration/check-draft.ts';
import { draftOf, type EntityDraft } from '../../renderer/screens/data-configuration/draft.ts';
import { canJudge, operatorsOf } from '../../renderer/screens/data-configuration/operators.ts';
import type { ColumnChoice, FieldChoices } from '../../shared/field-choices.ts';
import { type DynamicsColumnKind, dynamicsColumnKinds } from '../../shared/field-pairs.ts';
import {
  type ConditionOperator,
  conditionOperators,
  criteriaSchema,
  defaultSettings,
  type LeadConfiguration,
} from '../../shared/settings.ts';
import { listWith } from '../support/matching.ts';
import { column } from './sync-subjects.ts';

const choice = (name: string, kind: DynamicsColumnKind, traits: Partial<ColumnChoice> = {}): ColumnChoice => ({
  name,
  label: name,
  kind,
  writable: true,
  required: false,
  options: [],
  ...traits,
});

const choices: FieldChoices = {
  columns: [
    choice('address1_country', 'text'),
    choice('estimatedamount', 'money'),
    choice('leadsourcecode', 'choice', { options: [{ value: 2, label: 'Web' }] }),
    choice('donotemail', 'twoOptions', {
      options: [
        { value: true, label: 'Yes' },
        { value: false, label: 'No' },
      ],
    }),
    choice('createdon', 'dateTime', { writable: false }),
    choice('fullname', 'text', { writable: false }),
    ...['firstname', 'lastname', 'nickname', 'telephone1', 'emailaddress1'].map((name) => choice(name, 'text')),
  ],
  fields: [
    { name: 'firstName', label: 'First name', type: 'text', options: [] },
    { name: 'lastName', label: 'Last name', type: 'text', options: [] },
    { name: 'phone', label: 'Phone', type: 'text', options: [] },
    { name: 'field:1', label: 'Greeting', type: 'text', options: [] },
  ],
  lists: [{ id: '3', name: 'Newsletter' }],
  views: [{ id: 'open', type: 'system', name: 'Open leads' }],
};

const lead: LeadConfiguration = {
  ...defaultSettings.dataConfiguration.lead,
  listId: '3',
  missingLastName: 'hold',
  topicTemplate: '{name} (newsletter)',
  criteria: {
    match: 'conditions',
    join: 'or',
    conditions: [
      { field: 'address1_country', operator: 'isAnyOf', value: ['Norway', 'Sweden'] },
      { field: 'estimatedamount', operator: 'greaterThan', value: 1000 },
      { field: 'leadsourcecode', operator: 'equals', value: 2 },
      { field: 'donotemail', operator: 'equals', value: false },
      { field: 'address1_country', operator: 'isNotEmpty' },
    ],
  },
};

const conditions = (draft: EntityDraft, ...rows: readonly Partial<EntityDraft['criteria']['conditions'][number]>[]): EntityDraft => ({
  ...draft,
  criteria: {
    ...draft.criteria,
    match: 'conditions',
    conditions: rows.map((row, index) => ({ key: index + 1, field: 'address1_country', operator: 'equals', values: [], ...row })),
  },
});

test('a configuration that is opened and saved unchanged is the same configuration', () => {
  expect(checkDraft(draftOf(lead), choices)).toEqual({ ok: true, configuration: lead });
  const { contact } = defaultSettings.dataConfiguration;
  expect(checkDraft(draftOf(contact), choices)).toEqual({ ok: true, configuration: contact });
});

describe('what is unfinished or impossible is said at its place, and nothing is saved', () => {
  const draft = draftOf(defaultSettings.dataConfiguration.lead);
  const view = (id: string): EntityDraft => ({ ...draft, criteria: { ...draft.criteria, match: 'view', view: { id, type: 'system' } } });

  test.each([
    ['no view chosen', { ...draft, criteria: { ...draft.criteria, match: 'view' as const } }, 'view', 0, true, 'Choose a view.'],
    ['a view that is gone', view('gone'), 'view', 0, false, 'This view no longer exists, or is not shared with you any more.'],
    ['a list that is gone', { ...draft, listId: '9' }, 'list', 0, false, 'This list is not in ActiveCampaign any more.'],
    ['no condition', conditions(draft), 'criteria', 0, true, 'Add at least one condition.'],
    ['no column', conditions(draft, { field: null }), 'condition', 1, true, 'Choose a column.'],
    [
      'a column that is gone',
      conditions(draft, { field: 'new_gone', values: ['x'] }),
      'condition',
      1,
      false,
      'This column is not in Dynamics any more. Choose another one, or remove the condition.',
    ],
    ['no value', conditions(draft, { values: [' '] }), 'condition', 1, true, 'Enter a value.'],
    ['no option', conditions(draft, { field: 'leadsourcecode' }), 'condition', 1, true, 'Choose a value.'],
    [
      'an option that is gone',
      conditions(draft, { field: 'leadsourcecode', values: ['7'] }),
      'condition',
      1,
      false,
      'This is none of the options any more. Choose another one.',
    ],
    [
      'a day that does not exist',
      conditions(draft, { field: 'createdon', values: ['2026-02-30'] }),
      'condition',
      1,
      false,
      'Enter a date.',
    ],
    [
      'a comparison that does not fit',
      conditions(draft, { field: 'createdon', operator: 'contains', values: ['2026'] }),
      'condition',
      1,
      false,
      'This comparison does not fit the column. Choose another one.',
    ],
    [
      'words for a number',
      conditions(draft, { field: 'estimatedamount', values: ['1,000'] }),
      'condition',
      1,
      false,
      'Enter a number such as 1250.50, without separators for thousands.',
    ],
    ['no topic', { ...draft, topicTemplate: ' ' }, 'topic', 0, true, 'Enter a topic: Dynamics shows leads by it.'],
  ] as const)('%s', (_name, edited, at, key, unfinished, message) => {
    expect(checkDraft(edited, choices)).toEqual({ ok: false, problems: [{ at, key, unfinished, message }] });
  });

  test('views that may not be listed cannot be chosen', () => {
    expect(checkDraft(view('any'), { ...choices, views: null })).toMatchObject({
      ok: false,
      problems: [{ at: 'view', unfinished: false }],
    });
  });

  test('mappings: halves, what is gone, types and directions that do not fit, what is written twice', () => {
    const rows: readonly (readonly [string | null, string | null, EntityDraft['mappings'][number]['direction']])[] = [
      ['firstname', 'firstName', 'both'],
      [null, 'phone', 'both'],
      ['lastname', null, 'both'],
      ['new_gone', 'lastName', 'both'],
      ['lastname', 'field:99', 'both'],
      ['leadsourcecode', 'lastName', 'both'],
      ['fullname', 'lastName', 'toDynamics'],
      ['nickname', 'firstName', 'both'],
      ['nickname', 'phone', 'toDynamics'],
      ['firstname', 'firstName', 'toDynamics'],
      ['emailaddress1', 'field:1', 'both'],
    ];
    const mappings = rows.map(([dynamics, activeCampaign, direction], index) => ({ key: index + 1, dynamics, activeCampaign, direction }));
    const checked = checkDraft({ ...draft, mappings }, choices);
    if (checked.ok) throw new Error('nothing was found');
    expect(checked.problems.map(({ key, side, unfinished, message }) => [key, side, unfinished, message])).toEqual([
      [2, 'dynamics', true, 'Choose a Dynamics column.'],
      [3, 'activeCampaign', true, 'Choose an ActiveCampaign field.'],
      [4, 'dynamics', false, 'This column is not in Dynamics any more, or may not be read.'],
      [5, 'activeCampaign', false, 'This field is not in ActiveCampaign any more.'],
      [6, 'activeCampaign', false, 'The types of these two do not fit. Choose another field.'],
      [7, 'direction', false, 'Dynamics does not let this column be changed: it can only go to ActiveCampaign.'],
      [8, 'activeCampaign', false, 'Another row writes to this ActiveCampaign field already. Let only one of them do it.'],
      [9, 'dynamics', false, 'Another row writes to this Dynamics column already. Let only one of them do it.'],
      [10, 'activeCampaign', false, 'This pair is mapped above.'],
      [11, 'dynamics', false, 'This column is not in Dynamics any more, or may not be read.'],
    ]);
  });

  test('one column may go to two fields', () => {
    const mappings: EntityDraft['mappings'] = [
      { key: 1, dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' },
      { key: 2, dynamics: 'firstname', activeCampaign: 'field:1', direction: 'toActiveCampaign' },
    ];
    expect(checkDraft({ ...draft, mappings }, choices)).toMatchObject({ ok: true });
  });
});

test('what a settings file says by the label of an option is kept by its number', () => {
  const draft = conditions(draftOf(lead), { field: 'leadsourcecode', values: ['WEB'] }, { field: 'donotemail', values: ['yes'] });
  expect(checkDraft(draft, choices)).toMatchObject({
    ok: true,
    configuration: { criteria: { conditions: [{ value: 2 }, { value: true }] } },
  });
});

const searching = new Set<ConditionOperator>(['contains', 'startsWith', 'endsWith']);

/** A value that fits each kind. */
const samples: Readonly<Record<DynamicsColumnKind, readonly [ColumnType, string | number | boolean]>> = {
  text: [{ kind: 'text', maxLength: 50 }, 'x'],
  multilineText: [{ kind: 'multilineText', maxLength: 50 }, 'x'],
  wholeNumber: [{ kind: 'wholeNumber', min: 0, max: 9 }, 1],
  bigInteger: [{ kind: 'bigInteger', min: 0, max: 9 }, 1],
  decimal: [{ kind: 'decimal', precision: 2, min: 0, max: 9 }, 1],
  float: [{ kind: 'float', precision: 2, min: 0, max: 9 }, 1],
  money: [{ kind: 'money', precision: 2, min: 0, max: 9 }, 1],
  twoOptions: [{ kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' }, true],
  dateTime: [{ kind: 'dateTime', behavior: 'userLocal', format: 'dateAndTime' }, '2026-01-02'],
  choice: [{ kind: 'choice', options: [{ value: 1, label: 'One' }] }, 1],
  choices: [{ kind: 'choices', options: [{ value: 1, label: 'One' }] }, 1],
  lookup: [{ kind: 'lookup', targets: ['account'] }, 'x'],
};

test.each(dynamicsColumnKinds)('the comparisons that are taken for a %s column are those that a run can judge', (kind) => {
  const [type, value] = samples[kind];
  const columns = new Map([['compared', column('compared', type)]]);
  const judged = conditionOperators.filter((operator) => {
    const operand = operator === 'isAnyOf' ? [value] : searching.has(operator) ? String(value) : value;
    const valueless = operator === 'isEmpty' || operator === 'isNotEmpty';
    const condition = { field: 'compared', operator, ...(!valueless && { value: operand }) };
    const criteria = criteriaSchema.parse({ match: 'conditions', conditions: [condition] });
    if (criteria.match !== 'conditions') throw new Error('other criteria were read');
    try {
      compileConditions(criteria, columns);
      return true;
    } catch {
      return false;
    }
  });
  expect(conditionOperators.filter((operator) => canJudge(kind, operator))).toEqual(judged);
  expect(judged).toEqual(listWith(...operatorsOf[kind]));
});
