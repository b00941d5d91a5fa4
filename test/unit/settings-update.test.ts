import { expect, test } from 'vitest';
import { ipc } from '../../shared/ipc.ts';

const update = ipc.calls.updateSettings.request;

test('an update names only what was changed: no default stands in for what is absent', () => {
  expect([
    update.parse({ syncSettings: { globalSync: false } }),
    update.parse({ general: {} }),
    update.parse({ dataConfiguration: {} }),
    update.parse({}),
  ]).toEqual([{ syncSettings: { globalSync: false } }, { general: {} }, { dataConfiguration: {} }, {}]);
});

test('an unknown key of a section is refused', () => {
  expect(update.safeParse({ syncSettings: { globalSyn: true } }).success).toBe(false);
});
