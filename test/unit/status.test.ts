import { describe, expect, test } from 'vitest';
import type { AppState } from '../../shared/app-state.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { momentInWords, type Status, statusOf } from '../../shared/status.ts';

const now = new Date(2026, 10, 23, 13, 18).getTime();
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

const idle: AppState = {
  mode: 'real',
  settings: defaultSettings,
  settingsProblems: [],
  secrets: { activeCampaignKey: 'stored', dynamicsClientSecret: 'stored' },
  keychain: null,
  browserSignIn: { state: 'signedOut', account: null, pending: null, waitingUntil: null },
  connected: true,
  started: true,
  offline: false,
  attention: [],
  newcomers: { lead: 0, contact: 0 },
  run: null,
  preview: null,
  lastRun: null,
  initialSync: { state: 'finished', finishedAt: 0 },
  schedule: { nextRunsAt: [at(23, 14)], waitingBecause: null },
};
const run = {
  number: 1,
  kind: 'initial',
  startedAt: 0,
  writing: false,
  activity: 'Reading leads',
  done: 1204,
  total: 3500,
  perSecond: 40,
  remainingMs: 130_000,
} as const;
const settingsOff = { ...defaultSettings, syncSettings: { ...defaultSettings.syncSettings, globalSync: false } };
const attention = [
  { about: 'run', message: 'ActiveCampaign refuses the key.', advice: 'Enter a new one.' },
] satisfies AppState['attention'];
const people = [{ about: 'people', message: '3 people do not sync.', advice: '' }] satisfies AppState['attention'];
const held = [{ about: 'heldPlan', message: 'Run 3 is held.', advice: '' }] satisfies AppState['attention'];

describe('what matters most is shown', () => {
  const cases: readonly (readonly [string, AppState, Status['indicator'], string])[] = [
    ['a run under way, above all', { ...idle, run, attention, offline: true }, 'syncing', '1,204 of 3,500 people, about 2 minutes left'],
    ['what the run does while the number is not known', { ...idle, run: { ...run, total: null } }, 'syncing', 'Reading leads'],
    ['what needs a person', { ...idle, attention: [...attention, ...people] }, 'attention', 'ActiveCampaign refuses the key.'],
    [
      'a service that cannot be reached, which asks nothing of anybody',
      { ...idle, attention: [...attention, ...people], offline: true },
      'offline',
      'Next sync at 14:00 (in 42 minutes)',
    ],
    ['a held plan, also without a network', { ...idle, attention: held, offline: true }, 'attention', 'Run 3 is held.'],
    ['people who do not sync', { ...idle, attention: people }, 'attention', '3 people do not sync.'],
    [
      'settings that cannot be used',
      { ...idle, settingsProblems: [{ path: 'version', message: 'expected 1' }] },
      'attention',
      'The settings file cannot be used.',
    ],
    ['that nothing is connected yet', { ...idle, connected: false }, 'paused', 'Connect both accounts to begin.'],
    [
      'that nobody has pressed Start yet',
      { ...idle, started: false, schedule: { nextRunsAt: [], waitingBecause: 'Nothing is synced before you press Start.' } },
      'paused',
      'Nothing is synced before you press Start.',
    ],
    ['that a service cannot be reached', { ...idle, offline: true }, 'offline', 'Next sync at 14:00 (in 42 minutes)'],
    ['that Global Sync is off', { ...idle, settings: settingsOff }, 'paused', 'Next sync at 14:00 (in 42 minutes)'],
    ['the next sync', idle, 'idle', 'Next sync at 14:00 (in 42 minutes)'],
  ];
  test.each(cases)('%s', (_name, state, indicator, detail) => {
    expect(statusOf(state, now)).toMatchObject({ indicator, detail });
  });
});

test.each([
  [at(23, 13, 18) + 20_000, 'Next sync at 13:18 (any moment now)'],
  [at(23, 15, 18), 'Next sync at 15:18 (in 2 hours)'],
  [at(23, 15, 30), 'Next sync at 15:30 (in 2 hours 12 minutes)'],
  [at(24, 6), 'Next sync tomorrow at 06:00 (in 17 hours)'],
])('the time of the next sync is given in both ways (%#)', (next, words) => {
  expect(statusOf({ ...idle, schedule: { nextRunsAt: [next], waitingBecause: null } }, now).detail).toBe(words);
});

test.each([
  [at(22, 23, 59), 'yesterday at 23:59'],
  [at(23, 0), 'at 00:00'],
  [at(24, 0), 'tomorrow at 00:00'],
  [at(26, 6), 'on Thursday 26 November at 06:00'],
])('a moment is named by the calendar of the person (%#)', (time, words) => {
  expect(momentInWords(time, now)).toBe(words);
});

test('why no sync is scheduled is said instead of a time', () => {
  const schedule = { nextRunsAt: [at(23, 14)], waitingBecause: 'Another Leadferry is syncing this data.' };
  expect(statusOf({ ...idle, schedule }, now).detail).toBe('Another Leadferry is syncing this data.');
});
