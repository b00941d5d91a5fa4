import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrowserSignIns } from '../../main/application/browser-sign-in.ts';
import { saveConnection } from '../../main/application/save-connection.ts';
import { createSecretKeeper } from '../../main/application/secret-keeper.ts';
import { ApplicationError } from '../../main/application-port.ts';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import { openSettings, type SettingsService } from '../../main/settings/settings-service.ts';
import type { ConnectionDraft } from '../../shared/connection.ts';

/** What opens an account is kept only together with its address. */

let directory: string;
let settings: SettingsService;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-save-connection-'));
  settings = openSettings({ directory });
});
afterEach(() => {
  settings.close();
  rmSync(directory, { recursive: true });
});

async function office() {
  const store = createMemorySecretStore({ 'activecampaign-key': 'the-good-key', 'dynamics-client-secret': 'the-good-secret' });
  const forgotten: string[] = [];
  const signIns: Pick<BrowserSignIns, 'look' | 'save'> = {
    look: async () => undefined,
    save: async () => void forgotten.push('replaced'),
  };
  const connector = { forgetSignIn: async () => void forgotten.push('forgotten') };
  const secrets = await createSecretKeeper(store);
  return { store, forgotten, save: (draft: ConnectionDraft) => saveConnection({ settings, secrets, connector, signIns }, draft) };
}

const newKey = (apiUrl: string): ConnectionDraft => ({ service: 'activeCampaign', apiUrl, key: 'another-key' });
const dynamics = {
  service: 'dynamics',
  signIn: 'application',
  clientId: '6f1d2c9a-4b57-4e0e-9d3b-0c7a5e8f2b41',
  tenantId: 'contoso.com',
} as const;

test('a key whose address is refused does not take the place of the one that works', async () => {
  const { store, save } = await office();
  await expect(save(newKey('not an address'))).rejects.toBeInstanceOf(ApplicationError);
  expect(await store.get('activecampaign-key')).toEqual({ kind: 'present', value: 'the-good-key' });
});

test('what is refused is named as the screen names it', async () => {
  const { save } = await office();
  await expect(save(newKey('not an address'))).rejects.toMatchObject({
    problems: [{ path: 'API URL', message: expect.stringMatching(/^“API URL” /) as string }],
  });
});

test('nor does a client secret, and the sign-in of before stays', async () => {
  const { store, forgotten, save } = await office();
  const refused = save({ ...dynamics, environmentUrl: 'not an address', clientSecret: 'another-secret', clientSecretEndsOn: null });
  await expect(refused).rejects.toBeInstanceOf(ApplicationError);
  expect(await store.get('dynamics-client-secret')).toEqual({ kind: 'present', value: 'the-good-secret' });
  expect(forgotten).toEqual([]);
});

test('nor does anything while config.json cannot be used', async () => {
  writeFileSync(join(directory, 'config.json'), '{ "version": 1,');
  const { store, save } = await office();
  await expect(save(newKey('https://acme.api-us1.com'))).rejects.toBeInstanceOf(ApplicationError);
  expect(await store.get('activecampaign-key')).toEqual({ kind: 'present', value: 'the-good-key' });
});

test('both are kept where both can be', async () => {
  const { store, save } = await office();
  await save(newKey('https://acme.api-us1.com'));
  expect(await store.get('activecampaign-key')).toEqual({ kind: 'present', value: 'another-key' });
  expect(settings.current().activeCampaign.apiUrl).toBe('https://acme.api-us1.com');
});
