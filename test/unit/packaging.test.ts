import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { expect, test } from 'vitest';

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
