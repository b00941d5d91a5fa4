import { describe, expect, test } from 'vitest';
import { type Change, meaningsOf } from '../../renderer/screens/data-configuration/change-meaning.ts';
import type { ChangeCounts } from '../../shared/change-counts.ts';
import { defaultSettings, type LeadConfiguration } from '../../shared/settings.ts';

const before: LeadConfiguration = defaultSettings.dataConfiguration.lead;
const norwegians: LeadConfiguration['criteria'] = {
  match: 'conditions',
  join: 'and',
  conditions: [{ field: 'address1_country', operator: 'equals', value: 'Norway' }],
};
const counts: ChangeCounts = { linked: 1204, conflicts: 3, criteria: null };

const meanings = (after: Partial<LeadConfiguration>, change: Partial<Change> = {}) =>
  meaningsOf({
    entity: 'lead',
    before,
    after: { ...(change.before ?? before), ...after },
    counts,
    meeting: { count: 5000, exact: false },
    globalSync: true,
    initialSyncFinished: true,
    choices: {
      columns: [{ name: 'jobtitle', label: 'Job Title', kind: 'text', writable: true, required: false, options: [] }],
      fields: [],
      lists: [{ id: '3', name: 'Newsletter' }],
      views: [],
    },
    ...change,
  }).map(({ title, text }) => `${title}: ${text}`);

const jobTitle = (direction: 'both' | 'toActiveCampaign' | 'toDynamics') => ({
  mappings: [...before.mappings, { dynamics: 'jobtitle', activeCampaign: 'field:2', direction }],
});

test('nothing changed means nothing', () => {
  expect(meanings({}, { globalSync: false })).toEqual([]);
});

describe('a change says whom it concerns and what becomes of them', () => {
  test.each<[string, string[], string]>([
    [
      'a new mapping compares who is in sync as at a first meeting',
      meanings(jobTitle('both')),
      'Newly mapped: Job Title: The 1,204 people in sync are compared as at a first meeting: a value fills an empty field; where the two sides differ, the value in Dynamics wins.',
    ],
    [
      'one way only, its source wins',
      meanings(jobTitle('toDynamics')),
      'Newly mapped: Job Title: The 1,204 people in sync are compared as at a first meeting: a value fills an empty field; where the two sides differ, the value in ActiveCampaign wins.',
    ],
    [
      'one way only by its entity, the source wins as well',
      meanings(jobTitle('both'), { before: { ...before, direction: 'toActiveCampaign', conflictWinner: 'activeCampaign' } }),
      'Newly mapped: Job Title: The 1,204 people in sync are compared as at a first meeting: a value fills an empty field; where the two sides differ, the value in Dynamics wins.',
    ],
    [
      'one way only, but somebody wants to be asked',
      meanings({ ...jobTitle('toDynamics') }, { before: { ...before, conflictWinner: 'ask' } }),
      'Newly mapped: Job Title: The 1,204 people in sync are compared as at a first meeting: a value fills an empty field; where the two sides differ, both stay and you are asked.',
    ],
    [
      'a mapping before anybody is in sync',
      meanings(jobTitle('both'), { counts: { ...counts, linked: 0 } }),
      'Newly mapped: Job Title: It counts for everybody who comes in from now on.',
    ],
    [
      'options that are paired otherwise concern those who have them',
      meanings(
        {
          mappings: [
            ...before.mappings,
            { dynamics: 'jobtitle', activeCampaign: 'field:2', direction: 'both', options: [{ dynamics: 1, activeCampaign: 'Boss' }] },
          ],
        },
        { before: { ...before, ...jobTitle('both') } },
      ),
      'Options paired otherwise: Job Title: What was held for want of a pair goes over. Whoever has an option whose pair is another one now is compared as at a first meeting: where the two sides differ, the value in Dynamics wins. Everybody else stays as they are.',
    ],
    [
      'a mapping that is gone changes no value',
      meanings({ mappings: before.mappings.slice(0, 2) }),
      'No longer mapped: telephone1: The values stay on both sides as they are. They are not kept in step any more.',
    ],
    [
      'another direction of a mapping',
      meanings({
        mappings: before.mappings.map((mapping) => (mapping.dynamics === 'telephone1' ? { ...mapping, direction: 'toDynamics' } : mapping)),
      }),
      'telephone1: Goes only to Dynamics from now on: changes there do not come back.',
    ],
    [
      'switched off, links rest',
      meanings({ enabled: false }),
      'Leads are switched off: The 1,204 links stay and rest: nothing is written for leads, and nothing is deleted.',
    ],
    [
      'switched on, links catch up',
      meanings({ enabled: true }, { before: { ...before, enabled: false } }),
      'Leads are switched on: The next sync counts who meets the criteria, and asks you whether they come in. The 1,204 people in sync catch up with what has changed meanwhile.',
    ],
    [
      'one way is closed',
      meanings({ direction: 'toActiveCampaign' }),
      'Direction: Nothing goes to Dynamics any more: no new leads, no changes. Opt-outs are carried as before.',
    ],
    [
      'a list is for new people',
      meanings({ listId: '3' }),
      'List for new people: People who come from Dynamics from now on join “Newsletter”. Who is in sync already is not added to it, and who has opted out never is.',
    ],
    [
      'open conflicts are decided by the new rule',
      meanings({ conflictWinner: 'newest' }),
      'When both sides changed: Where both sides changed a field differently, the value of whoever was changed last wins. The 3 conflicts that wait for you are decided by it.',
    ],
    [
      'who wants to be asked is asked from now on',
      meanings({ conflictWinner: 'ask' }),
      'When both sides changed: Where both sides changed a field differently, both stay and you are asked. What was decided before stays as it is.',
    ],
    [
      'criteria where nobody comes from Dynamics',
      meanings({ criteria: norwegians }, { before: { ...before, direction: 'toDynamics' } }),
      'Who enters: Nobody comes from Dynamics with this direction: it counts once that changes.',
    ],
    [
      'other automations',
      meanings({ createFromAutomations: ['2'] }, { before: { ...before, createFromAutomations: ['1'] } }),
      'Automations: Whoever enters an automation that you have added becomes a lead. Who entered it earlier does not count. Entering an automation that you have removed creates nobody any more. Who was created stays in sync.',
    ],
    [
      'a last name is not wanted any more',
      meanings({ missingLastName: 'useEmail' }, { before: { ...before, missingLastName: 'hold' } }),
      'New leads in Dynamics: It counts for those that are created from now on. Who was held for want of a last name is created.',
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual([expected]);
  });

  test.each([
    [
      null,
      'More than 5,000 leads meet the new choice. The next sync finds out who of them is not in sync yet. Who is in sync stays in sync, whether they meet it or not.',
    ],
    [
      { newcomers: 2000, leavers: 0 },
      '2,000 leads that are not in sync meet the new choice. The next sync asks you whether they come in. Who is in sync stays in sync, whether they meet it or not.',
    ],
    [{ newcomers: 0, leavers: 12 }, 'No further leads meet the new choice. 12 people in sync do not meet it and stay in sync.'],
    [
      { newcomers: 1, leavers: 1 },
      'One of the leads that are not in sync meets the new choice. The next sync asks you whether it comes in. One person in sync does not meet it and stays in sync.',
    ],
  ])('other criteria, of which %o is known', (criteria, text) => {
    const after = { criteria: { match: 'view' as const, viewId: '00000000-0000-0000-00aa-000010001006', viewType: 'system' as const } };
    expect(meanings(after, { counts: { ...counts, criteria } })).toEqual([`Who enters: ${text}`]);
  });
});

test('what waits is said: for the entity to be on, and for Global Sync', () => {
  expect(meanings({ listId: '3' }, { before: { ...before, enabled: false }, globalSync: false })).toEqual([
    'Leads are off: The rest counts once they are switched on.',
    expect.stringContaining('Newsletter'),
    'Global Sync is off: What would go to ActiveCampaign waits until it is switched on.',
  ]);
});

test('before the Initial Sync has finished nobody is asked: who meets the criteria comes in with it', () => {
  const found = { initialSyncFinished: false, counts: { ...counts, linked: 0, criteria: { newcomers: 2, leavers: 0 } } };
  expect(
    meanings({ enabled: true, criteria: { match: 'all' } }, { ...found, before: { ...before, enabled: false, criteria: norwegians } }),
  ).toEqual([
    'Leads are switched on: Who meets the criteria comes in with the Initial Sync.',
    'Who enters: 2 leads that are not in sync meet the new choice. They come in with the Initial Sync. Who is in sync stays in sync, whether they meet it or not.',
  ]);
});

test('a way that is opened asks about who may come in by it', () => {
  expect(meanings({ direction: 'both' }, { before: { ...before, direction: 'toDynamics' } })).toEqual([
    'Direction: What was changed in Dynamics meanwhile goes to ActiveCampaign. The next sync counts who meets the criteria, and asks you whether they come in. Opt-outs are carried as before.',
  ]);
});

test('pairs of options in another order are the same', () => {
  const pairs = [
    { dynamics: 1, activeCampaign: 'Boss' },
    { dynamics: 2, activeCampaign: 'Clerk' },
  ];
  const paired = (options: typeof pairs): Partial<LeadConfiguration> => ({
    mappings: [...before.mappings, { dynamics: 'jobtitle', activeCampaign: 'field:2', direction: 'both', options }],
  });
  expect(meanings(paired(pairs.toReversed()), { before: { ...before, ...paired(pairs) } })).toEqual([]);
});
