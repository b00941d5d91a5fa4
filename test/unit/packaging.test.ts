import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { describe, expect, test } from 'vitest';

/** electron-builder reads and validates its configuration with these; they are no part of what it exports. */
interface ConfigModule {
  readonly getConfig: (projectDirectory: string, file: string, options: null) => Promise<Configuration>;
  readonly validateConfiguration: (configuration: Configuration, log: { isEnabled: boolean; add: () => void }) => Promise<void>;
}

const projectRoot = join(import.meta.dirname, '../..');
const builder: (id: string) => unknown = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config') as ConfigModule;
const scheme = builder('app-builder-lib/scheme.json') as { definitions: { FuseOptionsV1: { properties: Record<string, unknown> } } };
const quiet = { isEnabled: false, add: () => undefined };

test('the packaging configuration is one that electron-builder accepts', async () => {
  await validateConfiguration(await getConfig(projectRoot, 'electron-builder.yml', null), quiet);
});

test('a misspelt key in the packaging configuration is refused', async () => {
  const configuration = { ...(await getConfig(projectRoot, 'electron-builder.yml', null)), asarUnpak: [] };
  await expect(validateConfiguration(configuration, quiet)).rejects.toThrow('asarUnpak');
});

test('every fuse that Electron has is set on purpose', async () => {
  const { electronFuses } = await getConfig(projectRoot, 'electron-builder.yml', null);
  expect(Object.keys(electronFuses ?? {}).toSorted()).toEqual(Object.keys(scheme.definitions.FuseOptionsV1.properties).toSorted());
});

test('what is packed is named, and keytar’s binary is that of the target alone', async () => {
  const { files, asar, asarUnpack } = await getConfig(projectRoot, 'electron-builder.yml', null);
  const patterns = [files].flat().flatMap((set) => (typeof set === 'object' && set !== null ? [set.filter].flat() : [set]));
  expect([patterns.filter((pattern) => pattern?.includes('node_modules')), asar, asarUnpack]).toEqual([
    [
      '!node_modules/**',
      'node_modules/keytar/package.json',
      'node_modules/keytar/lib/keytar.js',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own variables
      'node_modules/keytar/prebuilds/${platform}-${arch}/keytar.node',
    ],
    true,
    ['node_modules/keytar/prebuilds/**'],
  ]);
});

test('macOS gets a hardened app with no right but the one that Electron needs, notarised where the account is given', async () => {
  const { mac } = await getConfig(projectRoot, 'electron-builder.yml', null);
  expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true, entitlements: mac?.entitlementsInherit });
  const rights = [...readFileSync(join(projectRoot, String(mac?.entitlements)), 'utf8').matchAll(/<key>([^<]+)<\/key>/g)].map(
    ([, key]) => key,
  );
  expect(rights).toEqual(['com.apple.security.cs.allow-jit']);
});

interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<
    string,
    { readonly needs?: string; readonly permissions?: Record<string, string>; readonly 'timeout-minutes'?: number }
  >;
}

describe('the release workflow', () => {
  const text = readFileSync(join(projectRoot, '.github/workflows/release.yml'), 'utf8');
  const { load } = builder('js-yaml') as { load: (text: string) => Workflow };
  const { permissions, jobs } = load(text);

  test('uses every action by the hash of its commit', () => {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
    expect([uses.length > 5, uses.filter((action) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(action))]).toEqual([true, []]);
  });
  test('may only read, but for the job that writes the release', () => {
    expect([
      permissions,
      Object.entries(jobs).flatMap(([name, job]) => (job.permissions === undefined ? [] : [[name, job.permissions]])),
    ]).toEqual([{ contents: 'read' }, [['release', { contents: 'write' }]]]);
  });
  test('builds only what was tested, and releases only what was built', () => {
    expect(Object.entries(jobs).map(([name, { needs }]) => `${needs ?? ''} > ${name}`)).toEqual([
      ' > test',
      'test > build',
      'build > release',
    ]);
  });
  test('checks out without leaving credentials behind', () => {
    expect(text.match(/actions\/checkout@/g)?.length).toBe(text.match(/persist-credentials: false/g)?.length);
  });
});
