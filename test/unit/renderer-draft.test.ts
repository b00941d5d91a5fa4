import { describe, expect, test } from 'vitest';
import { checkDraft, draftOf, type EntityDraft } from '../../renderer/screens/data-configuration/draft.ts';
import type { FieldChoices } from '../../shared/field-choices.ts';
import { defaultSettings, type LeadConfiguration } from '../../shared/settings.ts';

const choices: FieldChoices = {
  columns: [
    { name: 'address1_country', label: 'Country', kind: 'text', writable: true, required: false, options: [] },
    { name: 'estimatedamount', label: 'Est. value', kind: 'money', writable: true, required: false, options: [] },
    {
      name: 'leadsourcecode',
      label: 'Lead source',
      kind: 'choice',
      writable: true,
      required: false,
      options: [{ value: 2, label: 'Web' }],
    },
    {
      name: 'donotemail',
      label: 'Do not e-mail',
      kind: 'twoOptions',
      writable: true,
      required: false,
      options: [{ value: true, label: 'Yes' }],
    },
  ],
  fields: [],
  lists: [],
  views: [],
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

describe('what is unfinished or impossible is said at its row, and nothing is saved', () => {
  const draft = draftOf(defaultSettings.dataConfiguration.lead);

  test.each([
    ['no view chosen', { ...draft, criteria: { ...draft.criteria, match: 'view' as const } }, 'criteria', 0, 'Choose a view.'],
    ['no condition', conditions(draft), 'criteria', 0, 'Add at least one condition.'],
    ['no column', conditions(draft, { field: null }), 'condition', 1, 'Choose a column.'],
    [
      'a column that is gone',
      conditions(draft, { field: 'new_gone', values: ['x'] }),
      'condition',
      1,
      'This column is not in Dynamics any more.',
    ],
    ['no value', conditions(draft, { values: [' '] }), 'condition', 1, 'Enter a value.'],
    ['no topic', { ...draft, topicTemplate: ' ' }, 'topic', 0, 'Enter a topic: Dynamics shows leads by it.'],
    ['words for a number', conditions(draft, { field: 'estimatedamount', values: ['many'] }), 'condition', 1, 'Enter a number.'],
  ] as const)('%s', (_name, unfinished, at, key, message) => {
    expect(checkDraft(unfinished, choices)).toEqual({ ok: false, problems: [{ at, key, message }] });
  });

  test('half a mapping, and an ActiveCampaign field that would be written twice', () => {
    const mappings: EntityDraft['mappings'] = [
      { key: 1, dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' },
      { key: 2, dynamics: null, activeCampaign: 'phone', direction: 'both' },
      { key: 3, dynamics: 'lastname', activeCampaign: null, direction: 'both' },
      { key: 4, dynamics: 'nickname', activeCampaign: 'firstName', direction: 'both' },
      { key: 5, dynamics: 'firstname', activeCampaign: 'firstName', direction: 'toDynamics' },
    ];
    expect(checkDraft({ ...draft, mappings }, choices)).toEqual({
      ok: false,
      problems: [
        { at: 'mapping', key: 2, message: 'Choose a Dynamics column.' },
        { at: 'mapping', key: 3, message: 'Choose an ActiveCampaign field.' },
        { at: 'mapping', key: 4, message: 'This ActiveCampaign field is mapped above.' },
        { at: 'mapping', key: 5, message: 'This pair is mapped above.' },
      ],
    });
  });
});
