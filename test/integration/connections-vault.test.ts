import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import type { SecretStore } from '../../main/connections/secrets/secret-store.ts';
import { createVault } from '../../main/connections/secrets/vault.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'leadferry-vault-'));
  file = join(directory, 'vault.json');
});
afterEach(() => rm(directory, { recursive: true }));

function locked(): SecretStore {
  return {
    get: () => Promise.resolve({ kind: 'locked' }),
    set: () => Promise.resolve({ kind: 'locked' }),
    delete: () => Promise.resolve({ kind: 'locked' }),
  };
}

test('what is written is read again after a restart, and never lies open in the file', async () => {
  const secrets = createMemorySecretStore();
  const large = 'a token cache '.repeat(1_000);
  await createVault(file, secrets).write('msal', large);
  expect(await createVault(file, secrets).read('msal')).toBe(large);
  expect(await readFile(file, 'utf8')).not.toContain('token cache');
});

test('nothing stored is nothing, without asking the keychain', async () => {
  expect(await createVault(file, locked()).read('msal')).toBeNull();
});

test('changes at the same time lose none', async () => {
  const vault = createVault(file, createMemorySecretStore());
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => vault.write(name, `value of ${name}`)));
  await vault.remove('b');
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((name) => vault.read(name)))).toEqual(['value of a', null, 'value of c', 'value of d']);
});

test('no half-written file is left behind', async () => {
  await createVault(file, createMemorySecretStore()).write('msal', 'value');
  expect(await readdir(directory)).toEqual(['vault.json']);
});

test('a locked keychain is an error, not an empty vault', async () => {
  await createVault(file, createMemorySecretStore()).write('msal', 'value');
  await expect(createVault(file, locked()).read('msal')).rejects.toMatchObject({ name: 'VaultError', reason: 'locked' });
});

test('a lost key is an error, and writing does not make a new one over what is there', async () => {
  await createVault(file, createMemorySecretStore()).write('msal', 'value');
  const before = await readFile(file, 'utf8');
  const vault = createVault(file, createMemorySecretStore());
  await expect(vault.read('msal')).rejects.toMatchObject({ reason: 'damaged' });
  await expect(vault.write('msal', 'other')).rejects.toMatchObject({ reason: 'damaged' });
  expect(await readFile(file, 'utf8')).toBe(before);
});

test.each([
  ['cut off', (text: string) => text.slice(0, 40)],
  ['of another program', () => '{"hello":1}'],
  ['changed in one place', (text: string) => text.replace(/"text":"(.)/, (_, first) => `"text":"${first === 'A' ? 'B' : 'A'}`)],
  ['renamed inside', (text: string) => text.replace('"msal"', '"other"')],
])('a file that was %s is damaged, never empty', async (_, harm) => {
  const secrets = createMemorySecretStore();
  await createVault(file, secrets).write('msal', 'value');
  await writeFile(file, harm(await readFile(file, 'utf8')));
  const vault = createVault(file, secrets);
  const reads = await Promise.allSettled([vault.read('msal'), vault.read('other')]);
  expect(reads.some((read) => read.status === 'rejected' && (read.reason as { reason?: string }).reason === 'damaged')).toBe(true);
  expect(reads.some((read) => read.status === 'fulfilled' && read.value === 'value')).toBe(false);
});

test('a damaged vault can be cleared and used again', async () => {
  const secrets = createMemorySecretStore();
  await writeFile(file, 'rubbish');
  const vault = createVault(file, secrets);
  await vault.clear();
  await vault.write('msal', 'new');
  expect(await vault.read('msal')).toBe('new');
});
