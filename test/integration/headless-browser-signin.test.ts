import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAxiosTransport } from '../../main/connections/http/axios-transport.ts';
import { createKeytarSecretStore } from '../../main/connections/secrets/keytar-secret-store.ts';
import { createMemorySecretMarkers } from '../../main/connections/secrets/memory-secret-store.ts';
import { createVault } from '../../main/connections/secrets/vault.ts';
import { createVaultKeeper } from '../../main/connections/signin/kept-sign-in.ts';
import { sampleApplication } from '../../main/demo/entra/directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { createDataDirectory, type DataDirectory, jsonLines, runHeadless } from '../support/headless-process.ts';
import { type Keyring, keyringAvailable, startKeyring } from '../support/keyring.ts';
import { type RunningServices, startServices } from '../support/running-services.ts';
import { signInToSample } from '../support/sample-sign-in.ts';

/** Without a window nobody can sign in by browser: what was signed in before is used, from the real keychain. */

let services: RunningServices;
let keyring: Keyring;
let directory: DataDirectory;

describe.skipIf(!keyringAvailable)('headless with a browser sign-in', () => {
  beforeAll(async () => {
    [services, keyring] = await Promise.all([startServices({ clock: systemClock }), startKeyring()]);
    Object.assign(process.env, keyring.env);
    directory = createDataDirectory();
    directory.configure({
      ...defaultSettings,
      ...services.connection,
      dynamics: { environmentUrl: services.dynamics.url, signIn: 'user', clientId: sampleApplication.clientId },
    });
  });
  afterAll(async () => {
    directory.remove();
    await services.close();
    await keyring.close();
  });

  const run = () =>
    runHeadless(['--data-dir', directory.path, '--runs', '1', '--time-scale', '3600000', '--json'], {
      ...keyring.env,
      LEADFERRY_ACTIVECAMPAIGN_KEY: services.activeCampaign.key,
      LEADFERRY_ENTRA_URL: services.entraUrl,
    });

  const keep = async () => {
    const secrets = createKeytarSecretStore({
      service: `Leadferry ${directory.path}`,
      markers: createMemorySecretMarkers(),
      clock: systemClock,
    });
    const target = { clientId: sampleApplication.clientId, tenantId: 'organizations', loginOrigin: 'https://login.microsoftonline.com' };
    const signIn = await signInToSample(target, {
      entraUrl: services.entraUrl,
      transport: createAxiosTransport(),
      clock: systemClock,
      random: systemRandom,
      signal: new AbortController().signal,
    });
    await createVaultKeeper(createVault(join(directory.path, 'vault.json'), secrets)).write(signIn);
  };

  test('ends with 2 and says what to do where nobody has signed in; runs where somebody has; fails with the reason once it was revoked', async () => {
    const before = await run();
    expect({ status: before.status, stderr: before.stderr }).toEqual({
      status: 2,
      stderr:
        'Nobody has signed in to Dynamics 365 by browser on this machine. Open Leadferry and sign in on the Connection screen, or set dynamics.signIn to "application" and give a client id and a client secret.\n',
    });

    await keep();
    const after = await run();
    expect([after.status, jsonLines(after).at(-1)?.outcome, after.stderr]).toEqual([0, 'ok', '']);

    await keep();
    services.revokeSignIns();
    const ended = await run();
    expect([
      ended.status,
      jsonLines(ended)
        .filter(({ level }) => level === 'error')
        .map(({ message }) => message),
    ]).toEqual([1, [expect.stringContaining('The sign-in to Dynamics 365 as Kari Nordmann has ended.')]]);
  });
});
