import { describe, expect, test } from 'vitest';
import { withEnvironment } from '../../main/connections/secrets/environment-secrets.ts';
import { createKeytarSecretStore, type Keytar } from '../../main/connections/secrets/keytar-secret-store.ts';
import { createMemorySecretMarkers, createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A keychain as keytar shows it, which can be locked: then it answers like an empty one. */
function keychain() {
  const entries = new Map<string, string>();
  let locked = false;
  const keytar: Keytar = {
    getPassword: async (service, account) => (locked ? null : (entries.get(`${service}/${account}`) ?? null)),
    setPassword: async (service, account, password) => {
      if (locked) throw new Error('Cannot create an item in a locked collection');
      entries.set(`${service}/${account}`, password);
    },
    deletePassword: async (service, account) => entries.delete(`${service}/${account}`),
  };
  return {
    keytar,
    lock: () => {
      locked = true;
    },
    removeAll: () => entries.clear(),
  };
}

function storeOver(load: () => Promise<Keytar>, clock = fakeClock()) {
  return createKeytarSecretStore({ service: 'Leadferry test', markers: createMemorySecretMarkers(), clock, load });
}

describe('secrets in the keychain', () => {
  test('what was stored is present until it is deleted', async () => {
    const { keytar } = keychain();
    const store = storeOver(async () => keytar);
    const before = await store.get('activecampaign-key');
    const written = await store.set('activecampaign-key', 'key ✓');
    const between = await store.get('activecampaign-key');
    const deleted = await store.delete('activecampaign-key');
    const after = await store.get('activecampaign-key');
    expect([before, written, between, deleted, after]).toEqual([
      { kind: 'absent' },
      { kind: 'done' },
      { kind: 'present', value: 'key ✓' },
      { kind: 'done' },
      { kind: 'absent' },
    ]);
  });

  test('a locked keychain is not an empty one', async () => {
    const { keytar, lock } = keychain();
    const store = storeOver(async () => keytar);
    await store.set('activecampaign-key', 'key');
    lock();
    expect([await store.get('activecampaign-key'), await store.get('dynamics-client-secret'), await store.set('vault-key', 'v')]).toEqual([
      { kind: 'locked' },
      { kind: 'absent' },
      { kind: 'locked' },
    ]);
  });

  test('a secret that was removed from outside is missed, not forgotten', async () => {
    const { keytar, removeAll } = keychain();
    const store = storeOver(async () => keytar);
    await store.set('activecampaign-key', 'key');
    removeAll();
    expect(await store.get('activecampaign-key')).toEqual({ kind: 'locked' });
  });

  test('a keychain that waits for its user is given up after 20 seconds', async () => {
    const clock = fakeClock();
    const silent: Keytar = {
      getPassword: () => new Promise(() => undefined),
      setPassword: () => new Promise(() => undefined),
      deletePassword: () => new Promise(() => undefined),
    };
    const reading = storeOver(async () => silent, clock).get('activecampaign-key');
    await clock.advance(20_000);
    expect(await reading).toEqual({ kind: 'locked' });
  });

  test('an answered question leaves no timer behind', async () => {
    const clock = fakeClock();
    const { keytar } = keychain();
    await storeOver(async () => keytar, clock).get('activecampaign-key');
    expect(clock.waiting()).toBe(0);
  });

  test.each([
    'Cannot autolaunch D-Bus without X11 $DISPLAY',
    'The name org.freedesktop.secrets was not provided by any .service files',
    'Cannot spawn a message bus when AT_SECURE is set',
  ])('without a keyring the way out is named: %s', async (words) => {
    const failing = () => Promise.reject(new Error(words));
    const store = storeOver(async () => ({ getPassword: failing, setPassword: failing, deletePassword: failing }));
    expect(await store.get('activecampaign-key')).toEqual({
      kind: 'unavailable',
      reason: `The keychain of this machine does not answer: ${words}`,
      advice: expect.stringContaining('LEADFERRY_ACTIVECAMPAIGN_KEY') as unknown,
    });
  });

  test('a missing system library makes the keychain unavailable, and the program goes on', async () => {
    const store = storeOver(() => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')));
    expect(await store.set('activecampaign-key', 'key')).toMatchObject({
      kind: 'unavailable',
      reason: 'The keychain cannot be used: libsecret-1.so.0: cannot open shared object file',
    });
  });

  test('an empty secret is refused loudly', async () => {
    const { keytar } = keychain();
    await expect(storeOver(async () => keytar).set('activecampaign-key', '')).rejects.toThrow(RangeError);
  });
});

describe('secrets in the environment', () => {
  test('win over the keychain', async () => {
    const store = withEnvironment(createMemorySecretStore({ 'activecampaign-key': 'stored', 'dynamics-client-secret': 'stored' }), {
      LEADFERRY_ACTIVECAMPAIGN_KEY: 'from the environment',
      LEADFERRY_DYNAMICS_CLIENT_SECRET: '',
    });
    expect([await store.get('activecampaign-key'), await store.get('dynamics-client-secret'), await store.get('vault-key')]).toEqual([
      { kind: 'present', value: 'from the environment' },
      { kind: 'present', value: 'stored' },
      { kind: 'absent' },
    ]);
  });
});
