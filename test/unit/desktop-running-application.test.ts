import { expect, test } from 'vitest';
import type { Application } from '../../main/application-port.ts';
import { runApplication } from '../../main/electron/running-application.ts';
import type { AppState } from '../../shared/app-state.ts';
import { defaultSettings } from '../../shared/settings.ts';

type Mode = AppState['mode'];

const stateOf = (mode: Mode): AppState => ({
  mode,
  settings: defaultSettings,
  settingsProblems: [],
  secrets: { activeCampaignKey: 'absent', dynamicsClientSecret: 'absent' },
  keychain: null,
  browserSignIn: { state: 'signedOut', account: null, pending: null, waitingUntil: null },
  connected: false,
  started: true,
  offline: false,
  attention: [],
  newcomers: { lead: 0, contact: 0 },
  run: null,
  preview: null,
  lastRun: null,
  initialSync: { state: 'waiting' },
  schedule: { nextRunsAt: [], waitingBecause: null },
});

/** Makes applications that do nothing but note when they start and stop. `refused`: the mode that cannot be started. */
function factory(refused?: Mode) {
  const events: string[] = [];
  const create = (mode: Mode): Promise<Application> => {
    if (mode === refused) return Promise.reject(new Error(`no ${mode}`));
    events.push(`start ${mode}`);
    return Promise.resolve({
      state: () => stateOf(mode),
      onState: () => () => undefined,
      onLogLine: () => () => undefined,
      updateSettings: () => Promise.resolve(),
      testConnection: () => Promise.resolve([]),
      saveConnection: () => Promise.resolve(),
      removeSecret: () => Promise.resolve(),
      lookAtKeychain: () => Promise.resolve(),
      signIn: () => Promise.resolve('cancelled'),
      cancelSignIn: () => undefined,
      openSignInPage: () => Promise.resolve(),
      signOut: () => Promise.resolve(),
      environments: () => Promise.resolve([]),
      fieldChoices: () => Promise.resolve({ columns: [], fields: [], lists: [], views: [] }),
      previewCriteria: () => Promise.resolve({ kind: 'counted', count: 0, exact: true, people: [] }),
      fieldExamples: () => Promise.resolve({ columns: {}, fields: {}, incompleteBecause: null }),
      changeCounts: () => Promise.resolve({ linked: 0, conflicts: 0, criteria: null }),
      start: () => Promise.resolve(),
      automations: () => Promise.resolve([]),
      createFieldOptions: () => Promise.resolve([]),
      overview: () => Promise.resolve({ linked: 0, runs: [] }),
      people: () => Promise.resolve({ rows: [], next: null }),
      strangers: () => Promise.resolve([]),
      person: () => Promise.reject(new Error('nobody is known')),
      tryAgain: () => Promise.resolve(),
      answerNewcomers: () => Promise.resolve(),
      dismiss: () => Promise.resolve(),
      decideConflict: () => Promise.resolve(),
      previewNextRun: () => Promise.resolve(null),
      endPreview: () => Promise.resolve(),
      matches: {
        describe: () => Promise.resolve(null),
        details: () => Promise.resolve([]),
        choose: () => Promise.resolve(),
        wrongTags: () => Promise.resolve({ waiting: 0, repaired: 0 }),
        repairTags: () => Promise.resolve(0),
      },
      heldPlan: () => Promise.resolve(null),
      releaseHeldPlan: () => Promise.resolve(),
      dropHeldPlan: () => Promise.resolve(),
      logLines: () => Promise.resolve([]),
      logExport: () => [],
      reportDefect: () => undefined,
      stop: () => {
        events.push(`stop ${mode}`);
        return Promise.resolve();
      },
    });
  };
  return { create, events };
}

test('the application on the real data is stopped before the one on the sample data starts, and the listeners hear of it', async () => {
  const { create, events } = factory();
  const running = await runApplication(create, 'real');
  running.onState(({ mode }) => events.push(`shown ${mode}`));
  await running.use('sample');
  await running.use('sample');
  await running.stop();
  expect(events).toEqual(['start real', 'stop real', 'start sample', 'shown sample', 'stop sample']);
});

test('where the sample data cannot be started, the real data goes on and the error is told', async () => {
  const { create, events } = factory('sample');
  const running = await runApplication(create, 'real');
  await expect(running.use('sample')).rejects.toThrow('no sample');
  expect([events, running.state().mode, (await running.current()).state().mode]).toEqual([
    ['start real', 'stop real', 'start real'],
    'real',
    'real',
  ]);
});

test('a call during the change waits for the application that comes', async () => {
  const running = await runApplication(factory().create, 'real');
  const change = running.use('sample');
  expect((await running.current()).state().mode).toBe('sample');
  await change;
});

test('two changes at once happen one after the other', async () => {
  const { create, events } = factory();
  const running = await runApplication(create, 'real');
  await Promise.all([running.use('sample'), running.use('real')]);
  expect(events).toEqual(['start real', 'stop real', 'start sample', 'stop sample', 'start real']);
});
