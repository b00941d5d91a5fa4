import { describe, expect, test } from 'vitest';
import { createAnnouncer, type RunEnd } from '../../main/application/announcer.ts';
import { failureOf } from '../../main/application/run-failure.ts';
import type { LogInput } from '../../main/log/log.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';

const none = { failure: null, held: null, problems: 0, newcomers: 0, leftOut: 0 };

function announcer(general: Partial<Settings['general']> = {}, before: Parameters<typeof createAnnouncer>[2] = none) {
  const told: string[] = [];
  const wanted = () => ({ ...defaultSettings.general, ...general });
  const { failed, ended } = createAnnouncer({ notify: ({ kind, body }) => told.push(`${kind}: ${body}`) }, wanted, before);
  return {
    told,
    failed: (message: string, signIn = false) => failed({ problem: { message, advice: '' }, offline: false, signIn }),
    ended: (end: Partial<RunEnd>) => ended({ outcome: 'ok', held: null, problems: 0, newcomers: 0, leftOut: 0, ...end }),
  };
}

test('a failure is told once, however often the runs fail with it, and its end is told too', () => {
  const { told, failed, ended } = announcer();
  for (const _run of [1, 2, 3]) {
    failed('Dynamics does not answer.');
    ended({ outcome: 'failed' });
  }
  failed('ActiveCampaign does not accept the API key.', true);
  ended({});
  ended({});
  expect(told).toEqual([
    'attention: Dynamics does not answer.',
    'signIn: ActiveCampaign does not accept the API key.',
    'backToNormal: The last run went through.',
  ]);
});

test('a held plan is told once, and not again at every due time', () => {
  const { told, ended } = announcer();
  const held = { run: 7, message: '60 values would be emptied' };
  for (const _due of [1, 2, 3]) ended({ outcome: 'held', held });
  ended({ held: null });
  expect(told).toEqual(['heldRun: Nothing was written: 60 values would be emptied.', 'backToNormal: The last run went through.']);
});

test('people who do not sync are told of when they become more', () => {
  const { told, ended } = announcer();
  for (const problems of [3, 3, 4, 1, 1]) ended({ outcome: 'attention', problems });
  expect(told).toEqual([
    'attention: 3 more people or fields do not sync. The list of people says why.',
    'attention: One more person or field does not sync. The list of people says why.',
  ]);
});

test('what the accounts do not have any more is told of when it becomes more', () => {
  const { told, ended } = announcer();
  for (const leftOut of [1, 1, 3, 0]) ended({ leftOut });
  expect(told).toEqual([
    'attention: A part of the Data Configuration cannot be carried out. The Overview says which.',
    'attention: 2 parts of the Data Configuration cannot be carried out. The Overview says which.',
  ]);
});

test('the question about those whom a change of the settings lets in is told when they become more', () => {
  const { told, ended } = announcer();
  for (const newcomers of [412, 412, 0, 1]) ended({ newcomers });
  expect(told).toEqual([
    'attention: 412 more records meet the criteria now. Answer whether to bring them in.',
    'attention: One more record meets the criteria now. Answer whether to bring them in.',
  ]);
});

test('what was told before a restart is not told again', () => {
  const failure = { problem: { message: 'No answer.', advice: '' }, offline: true, signIn: false };
  const { told, failed, ended } = announcer({}, { failure, held: 7, problems: 3, newcomers: 2, leftOut: 1 });
  failed('No answer.');
  ended({ outcome: 'held', held: { run: 7, message: '' }, problems: 3, newcomers: 2, leftOut: 1 });
  expect(told).toEqual([]);
  ended({ problems: 3, newcomers: 2, leftOut: 1 });
  expect(told).toEqual(['backToNormal: The last run went through.']);
});

describe('each kind can be switched off', () => {
  const everything = (general: Partial<Settings['general']>) => {
    const { told, failed, ended } = announcer(general);
    failed('No answer.');
    failed('The secret has expired.', true);
    ended({ outcome: 'held', held: { run: 1, message: 'too much' } });
    ended({});
    return told.map((line) => line.slice(0, line.indexOf(':')));
  };
  const { notifyAbout } = defaultSettings.general;
  const all = ['attention', 'signIn', 'heldRun', 'backToNormal'];

  test('at first all are on', () => expect(everything({})).toEqual(all));
  test('all at once', () => expect(everything({ notifications: false })).toEqual([]));
  test.each(all)('%s alone', (kind) => {
    expect(everything({ notifyAbout: { ...notifyAbout, [kind]: false } })).toEqual(all.filter((other) => other !== kind));
  });
});

describe('what a log entry says about a failed run', () => {
  const of = (entry: Partial<LogInput>) => failureOf({ time: '', level: 'error', event: 'service.unavailable', message: '', ...entry });

  test('the message without the advice, which is shown beside it', () => {
    expect(
      of({
        message: 'Dynamics cannot be reached. Check the network.',
        details: { code: 'service-down', advice: 'Check the network.', serviceMessage: 'ENOTFOUND' },
      }),
    ).toEqual({
      problem: { message: 'Dynamics cannot be reached.', advice: 'Check the network.', serviceMessage: 'ENOTFOUND' },
      offline: true,
      signIn: false,
    });
  });
  test('credentials that are not accepted any more', () => {
    expect(of({ message: 'The secret has expired.', details: { code: 'bad-credentials', advice: 'Create one.' } })?.signIn).toBe(true);
  });
  test('no stack of an error that nobody expected', () => {
    expect(of({ event: 'run.defect', message: 'TypeError: x is not a function\n at engine.ts:12' })?.problem.message).toBe(
      'The last run ended by an error that Leadferry did not expect.',
    );
  });
  test.each([
    ['a refused settings file', { event: 'settings.refused' }],
    ['a held run, which is told as such', { event: 'run.held' }],
    ['a defect of the window', { event: 'app.defect' }],
    ['a log file that cannot be written', { event: 'log.failed' }],
    ['a warning', { level: 'warn' as const }],
  ])('%s is none', (_name, entry) => {
    expect(of(entry)).toBeNull();
  });
});
