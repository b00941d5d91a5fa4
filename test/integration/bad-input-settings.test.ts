import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import {
  createDataDirectory,
  type DataDirectory,
  type Ended,
  environmentOf,
  jsonLines,
  runHeadless,
  startHeadless,
} from '../support/headless-process.ts';
import { type RunningServices, startServices } from '../support/running-services.ts';

/**
 * Settings and options that cannot be used: the process ends with 2 (a run that fails: with 1) and a message that says what, where and
 * what to do. The file stays as the person left it, and when it is corrected the sync goes on where it was.
 */

let services: RunningServices;
let directory: DataDirectory;
let good: Pick<RunningServices['connection'], 'activeCampaign' | 'dynamics'>;

const run = (environment = environmentOf(services), ...args: string[]): Promise<Ended> =>
  runHeadless(['--data-dir', directory.path, '--runs', '1', '--time-scale', '36000', ...args], environment);

beforeAll(async () => {
  services = await startServices({ clock: systemClock });
  directory = createDataDirectory();
  good = services.connection;
  directory.configure(good);
  services.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await run();
});

/** Whatever was tried on this data directory, nothing of it was lost. */
afterAll(async () => {
  directory.configure(good);
  const lines = jsonLines(await run(environmentOf(services), '--json'));
  const nothing = { created: 0, updated: 0, linked: 0 };
  expect(lines.at(-1)).toMatchObject({ kind: 'scheduled', outcome: 'ok', toActiveCampaign: nothing, toDynamics: nothing });
  await services.close();
  directory.remove();
});

/** The process ends with 2, says exactly this on stderr, and leaves the file alone. */
async function isRefused(content: unknown, ...lines: string[]): Promise<void> {
  directory.configure(content);
  const before = readFileSync(directory.configFile, 'utf8');
  const { status, stdout, stderr } = await run();
  const heading = `${directory.configFile} cannot be used, and is left as it is:`;
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `${[heading, ...lines.map((line) => `  ${line}`)].join('\n')}\n`,
  });
  expect(readFileSync(directory.configFile, 'utf8')).toBe(before);
}

describe('config.json', () => {
  it('that is no JSON', () =>
    isRefused(
      '{\n  "syncSettings": { "globalSync": true, }\n}',
      'config.json cannot be read at line 2, column 39: the comma before } is one too many. Correct it there.',
    ));

  it('with an unknown key, and with a secret', () =>
    isRefused(
      { ...good, consent: { optOut: true }, dynamics: { ...good.dynamics, clientSecret: 'abc' } },
      '"dynamics.clientSecret" is not a setting: secrets are never kept in this file. Take it out, and give it on the screen Connection.',
      '"consent.optOut" is not a setting; allowed here is "syncOptOut". Correct the name or take it out.',
    ));

  it('with values of the wrong type, everything at once', () =>
    isRefused(
      { ...good, syncSettings: { globalSync: 'yes' }, safety: { maxUpdatesPercent: 120 } },
      '"syncSettings.globalSync" is "yes"; allowed is true or false.',
      '"safety.maxUpdatesPercent" is 120; allowed is a number from 0 to 100.',
    ));

  it('with http:// to another machine', () =>
    isRefused(
      {
        activeCampaign: { apiUrl: 'http://acme.api-us1.com' },
        dynamics: { ...good.dynamics, environmentUrl: 'http://acme.crm.dynamics.com' },
      },
      '"activeCampaign.apiUrl" is "http://acme.api-us1.com"; allowed is an address such as "https://acme.api-us1.com" (http:// only for this machine itself), or "".',
      '"dynamics.environmentUrl" is "http://acme.crm.dynamics.com"; allowed is an address such as "https://acme.crm.dynamics.com" (http:// only for this machine itself), or "".',
    ));

  it('with an application and no tenant of its own', () =>
    isRefused(
      { ...good, dynamics: { ...good.dynamics, tenantId: 'organizations' } },
      '"dynamics.tenantId" is "organizations"; allowed is a GUID or a domain such as "contoso.onmicrosoft.com" where "signIn" is "application".',
    ));

  it('without addresses', async () => {
    directory.configure({});
    expect(await run()).toMatchObject({
      status: 2,
      stderr: `Not connected yet: activeCampaign.apiUrl, dynamics.environmentUrl, dynamics.clientId are empty. Fill in ${directory.configFile}, or use --demo.\n`,
    });
  });

  it('that is connected to a real account does not take part in --demo', async () => {
    directory.configure({ ...good, activeCampaign: { apiUrl: 'https://acme.api-us1.com' } });
    expect(await run(environmentOf(services), '--demo')).toMatchObject({
      status: 2,
      stderr: `${directory.configFile} cannot be used, and is left as it is:\n  "activeCampaign.apiUrl" is "https://acme.api-us1.com", a real account; sample data needs a data directory of its own.\n`,
    });
  });

  it('that is broken by hand while the program runs is told, and the last good settings stay in force', async () => {
    directory.configure(good);
    const running = startHeadless(['--data-dir', directory.path, '--json', '--time-scale', '36000'], environmentOf(services));
    await running.told('"type":"run"');
    directory.configure({ ...good, syncSettings: { jobFrequency: '5m' } });
    await running.told('"event":"settings.refused"');
    running.child.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.status).toBe(143);
    const lines = jsonLines(ended);
    expect(lines.find(({ event }) => event === 'settings.refused')).toMatchObject({
      level: 'error',
      path: 'syncSettings.jobFrequency',
      message: '"syncSettings.jobFrequency" is "5m"; allowed is "1h", "2h", "4h", "6h", "8h", "12h" or "daily".',
    });
    expect(lines.filter(({ type, outcome }) => type === 'run' && outcome === 'failed')).toEqual([]);
    expect(JSON.parse(readFileSync(directory.configFile, 'utf8'))).toMatchObject({ syncSettings: { jobFrequency: '5m' } });
  });
});

describe('the environment', () => {
  it('without a secret that no keychain gives', async () => {
    directory.configure(good);
    const { status, stderr } = await run({ ...environmentOf(services), LEADFERRY_ACTIVECAMPAIGN_KEY: '' });
    expect(status).toBe(2);
    expect(stderr).toContain('ActiveCampaign API key');
    expect(stderr).toContain('LEADFERRY_ACTIVECAMPAIGN_KEY');
  });

  it('that sends the sign-in to another machine', async () => {
    directory.configure(good);
    expect(await run({ ...environmentOf(services), LEADFERRY_ENTRA_URL: 'http://login.example.com' })).toMatchObject({
      status: 2,
      stderr:
        'LEADFERRY_ENTRA_URL is "http://login.example.com", which is no address on this machine. Set it to a loopback address such as http://127.0.0.1:8080, or remove it.\n',
    });
  });

  it('with a wrong API key lets the run fail with 1, and says so among the lines of the run', async () => {
    directory.configure(good);
    const { status, stdout } = await run({ ...environmentOf(services), LEADFERRY_ACTIVECAMPAIGN_KEY: 'wrong' });
    expect(status).toBe(1);
    expect(stdout).toContain('does not accept the API key. Copy the key again from ActiveCampaign under Settings > Developer');
    expect(stdout).toMatch(/^Run \d+ \(scheduled\): failed in /m);
    expect(stdout).not.toContain('wrong');
  });
});

it('a database that is none is refused and left alone', async () => {
  const other = createDataDirectory();
  other.configure(good);
  const file = join(other.path, 'leadferry.sqlite');
  const text = 'A shopping list that somebody saved under the wrong name.\n'.repeat(30);
  writeFileSync(file, text);
  const { status, stderr } = await runHeadless(['--data-dir', other.path], environmentOf(services));
  expect(status).toBe(2);
  expect(stderr).toBe(
    `${file} is not a database. Close Leadferry, move the file (and the -wal and -shm files beside it) to another folder, put a backup in its place or start without it: people are then linked again by e-mail and tag.\n`,
  );
  expect(readFileSync(file, 'utf8')).toBe(text);
  other.remove();
});

it('a data directory that is a file is refused by its name, with what to do', async () => {
  const place = createDataDirectory();
  const file = join(place.path, 'notes.txt');
  writeFileSync(file, 'A shopping list.\n');
  const { status, stderr } = await runHeadless(['--data-dir', file], environmentOf(services));
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `The data directory ${file} cannot be created: EEXIST: file already exists, mkdir '${file}'. Choose another one, or check that nothing else has this name and that this account may create it.\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('A shopping list.\n');
  place.remove();
});
