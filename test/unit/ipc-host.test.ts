import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallHandlers, hostCalls } from '../../main/electron/ipc-host.ts';
import { callChannel, callNames, type IpcError } from '../../shared/ipc.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const described: IpcError = { code: 'unexpected', message: 'described', advice: '' };

/** Hosts the schema with handlers that note what they are asked. */
function host(options: { readonly own?: boolean; readonly answers?: Partial<CallHandlers>; readonly tellChanges?: () => void } = {}) {
  const asked: unknown[] = [];
  const note = (request: unknown): never => {
    asked.push(request);
    throw new Error('no answer');
  };
  const handlers: CallHandlers = {
    getState: note,
    updateSettings: note,
    testConnection: note,
    saveConnection: note,
    removeSecret: note,
    lookAtKeychain: note,
    signIn: note,
    cancelSignIn: note,
    openSignInPage: note,
    signOut: note,
    getEnvironments: note,
    getFieldChoices: note,
    previewCriteria: note,
    getFieldExamples: note,
    getChangeCounts: note,
    start: note,
    getAutomations: note,
    createFieldOptions: note,
    getOverview: note,
    getPeople: note,
    getStrangers: note,
    getPerson: note,
    tryAgain: note,
    answerNewcomers: note,
    dismiss: note,
    decideConflict: note,
    previewNextRun: note,
    endPreview: note,
    getMatch: note,
    getCandidateDetails: note,
    chooseMatch: note,
    getWrongTags: note,
    repairTags: note,
    getHeldPlan: note,
    releaseHeldPlan: note,
    dropHeldPlan: note,
    getLogLines: note,
    exportLog: note,
    openSettingsFile: note,
    reportPageError: note,
    setSampleData: note,
    ...options.answers,
  };
  const listeners = new Map<string, Listener>();
  hostCalls({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    isOwnFrame: () => options.own ?? true,
    handlers,
    tellChanges: options.tellChanges ?? (() => undefined),
    describeError: () => Promise.resolve(described),
  });
  const call = (channel: string, ...args: unknown[]) => listeners.get(channel)?.({} as IpcMainInvokeEvent, ...args);
  return { asked, call, channels: [...listeners.keys()] };
}

test('every call of the schema is hosted, and nothing else', () => {
  expect(host().channels).toEqual(callNames.map(callChannel));
});

test('a caller that is not the app’s own page is refused before its request is looked at', async () => {
  const { asked, call } = host({ own: false });
  expect(await call(callChannel('setSampleData'), true)).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
  expect(asked).toEqual([]);
});

test.each([
  ['answered', () => undefined],
  ['failed', undefined],
] as const)('what a call has changed is told before it is %s', async (_how, setSampleData) => {
  const order: string[] = [];
  const { call } = host({ tellChanges: () => order.push('told'), ...(setSampleData && { answers: { setSampleData } }) });
  await Promise.resolve(call(callChannel('setSampleData'), true)).then(() => order.push('answered'));
  expect(order).toEqual(['told', 'answered']);
});

describe('a request that has not the agreed form never reaches a handler', () => {
  const forged: readonly { readonly name: string; readonly args: readonly unknown[] }[] = [
    { name: 'setSampleData', args: ['true'] },
    { name: 'setSampleData', args: [true, 'and more'] },
    { name: 'removeSecret', args: ['__proto__'] },
    { name: 'getFieldChoices', args: ['account'] },
    { name: 'getLogLines', args: [{ minimumLevel: 'info', before: null, limit: 1e9 }] },
    { name: 'getLogLines', args: [{ minimumLevel: 'info', before: null, limit: 10, sql: '1=1' }] },
    { name: 'updateSettings', args: [{ syncSettings: { globalSync: true, jobFrequency: '5m', dailyAt: '06:00' } }] },
    { name: 'updateSettings', args: [JSON.parse('{"__proto__":{"polluted":true},"version":2}')] },
    { name: 'saveConnection', args: [{ service: 'activeCampaign', apiUrl: 'https://acme.api-us1.com', key: '' }] },
    { name: 'getState', args: [{}] },
  ];
  test.each(forged)('$name $args', async ({ name, args }) => {
    const { asked, call } = host();
    expect(await call(`leadferry:call:${name}`, ...args)).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    expect(asked).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test('an answer carries nothing that the schema does not name', async () => {
  const check = { id: 'reachable', label: 'Reachable', outcome: 'passed', message: '', advice: '', key: 'a secret' } as const;
  const { call } = host({ answers: { testConnection: () => [check] } });
  const draft = { service: 'activeCampaign', apiUrl: 'https://acme.api-us1.com', key: null };
  const { key: _secret, ...named } = check;
  expect(await call(callChannel('testConnection'), draft)).toEqual({ ok: true, value: [named] });
});

test('an error of a handler is described, never thrown across the bridge', async () => {
  expect(await host().call(callChannel('getState'), undefined)).toEqual({ ok: false, error: described });
});

describe('2,000 random messages', () => {
  const key = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'general',
      'service',
      'limit',
      'before',
      'who',
      'text',
      'key',
      'apiUrl',
    ),
    fc.string({ maxLength: 12 }),
  );
  const value = fc.anything({
    key,
    withDate: true,
    withTypedArray: true,
    withSparseArray: true,
    withBigInt: true,
    withNullPrototype: true,
    maxDepth: 4,
  });

  test('are each answered by what was agreed, and add nothing to every object', async () => {
    // What a handler would be asked is answered with an error that was agreed, so that each answer is one of these two.
    const { call } = host();
    const before = Reflect.ownKeys(Object.prototype);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...callNames), fc.array(value, { maxLength: 2 }), async (name, args) => {
        const answer = (await call(callChannel(name), ...args)) as { readonly ok: boolean; readonly error: IpcError };
        return !answer.ok && (answer.error.code === 'invalid-request' || answer.error.message === 'described');
      }),
      { numRuns: 2_000 },
    );
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });

  const polluting = [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"general":{"__proto__":{"closeToTray":false}}}',
    '{"syncSettings":{"constructor":{"prototype":{"polluted":true}}}}',
  ];
  test.each(polluting)('%s is refused by every call', async (text) => {
    const { asked, call } = host();
    for (const name of callNames) {
      expect(await call(callChannel(name), JSON.parse(text)), name).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    }
    expect(asked).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
