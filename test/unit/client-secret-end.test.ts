import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSecretEndWatch, secretProblem } from '../../main/application/secret-end.ts';
import { openDatabase } from '../../main/store/open.ts';
import { secretEnd } from '../../shared/client-secret-end.ts';
import { defaultSettings } from '../../shared/settings.ts';

const at = (month: number, day: number, hour = 12) => new Date(2027, month - 1, day, hour).getTime();

test.each([
  [at(1, 1), 'fine', 'ends in 59 days'],
  [at(1, 30, 23), 'soon', 'ends in 30 days'],
  [at(2, 22, 0), 'urgent', 'ends in 7 days'],
  [at(2, 28), 'urgent', 'ends tomorrow'],
  [at(3, 1, 23), 'urgent', 'ends today'],
  [at(3, 2, 0), 'ended', 'ended yesterday'],
  [at(3, 11), 'ended', 'ended 10 days ago'],
] as const)('days are counted by the local calendar: %#', (now, state, words) => {
  expect(secretEnd('2027-03-01', now)).toMatchObject({ state, message: `The client secret of Dynamics 365 ${words}.` });
});

const dynamics = { ...defaultSettings.dynamics, signIn: 'application', clientSecretEndsOn: '2027-03-01' } as const;

test('it needs attention in the last week, and only where a client secret is used', () => {
  const asked = [at(2, 1), at(2, 25), at(3, 5)].map((now) => secretProblem(dynamics, now)?.message ?? null);
  expect([...asked, secretProblem({ ...dynamics, signIn: 'user' }, at(2, 25))]).toEqual([
    null,
    'The client secret of Dynamics 365 ends in 4 days.',
    'The client secret of Dynamics 365 ended 4 days ago.',
    null,
  ]);
});

test('each stage is told once, over restarts, and again for another secret', () => {
  const directory = mkdtempSync(join(tmpdir(), 'leadferry-secret-'));
  const database = openDatabase(join(directory, 'leadferry.sqlite'));
  const told: string[] = [];
  const look = (now: number, clientSecretEndsOn = '2027-03-01') => {
    const settings = { current: () => ({ ...defaultSettings, dynamics: { ...dynamics, clientSecretEndsOn } }) };
    createSecretEndWatch({ settings, database }, { now: () => now }, (words) => told.push(words.split('.')[0] ?? ''))();
  };
  for (const now of [at(1, 1), at(2, 1), at(2, 2), at(2, 25), at(2, 26), at(3, 2), at(3, 3)]) look(now);
  look(at(3, 4), '2027-03-20');
  expect(told.map((words) => words.replace('The client secret of Dynamics 365 ', ''))).toEqual([
    'ends in 28 days',
    'ends in 4 days',
    'ended yesterday',
    'ends in 16 days',
  ]);
  database.close();
  rmSync(directory, { recursive: true });
});
