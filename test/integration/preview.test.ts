import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPreviews } from '../../main/application/preview.ts';
import { TransportError } from '../../main/connections/http/transport.ts';
import { noPowerEvents } from '../../main/ports/power.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openServices, type Services } from '../../main/services/services.ts';
import type { LoggedRequest } from '../sample-services/request-log.ts';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';

/** The next run as a person sees it before it is one, on the database that the engine under test has left behind. */

let directory: string;
let engine: EngineUnderTest;
let services: Services;

const open = async (options: EngineUnderTestOptions = {}) => {
  engine = await openEngine({ ...options, directory });
};

/** The program over the same directory, which begins no run of its own. */
const preview = async () => {
  services = await openServices({
    dataDirectory: directory,
    mode: 'real',
    clock: engine.clock,
    random: systemRandom,
    power: noPowerEvents,
    environment: {
      LEADFERRY_ACTIVECAMPAIGN_KEY: engine.secrets['activecampaign-key'],
      LEADFERRY_DYNAMICS_CLIENT_SECRET: engine.secrets['dynamics-client-secret'],
      LEADFERRY_ENTRA_URL: engine.entraUrl,
    },
    waitsForStart: true,
    asksAboutNewcomers: true,
  });
  services.settings.update(() => engine.settings());
  return createPreviews(services, engine.clock, () => undefined);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-preview-'));
});
afterEach(async () => {
  await services.close();
  await engine.close();
  rmSync(directory, { recursive: true });
});

const isWrite = ({ method, body }: LoggedRequest) => (method !== 'GET' && method !== 'POST') || /^(PATCH|POST|DELETE) /m.test(body ?? '');

it('tells the Initial Sync in counts and lines with what follows, and neither service nor database knows of it afterwards', async () => {
  await open({
    settings: (before) => ({
      ...before,
      dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, listId: '1' } },
    }),
  });
  engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  engine.sales.create('contact', { lastname: 'Nobody' });
  engine.activeCampaign.requests.clear();
  const previews = await preview();
  const made = await previews.make();

  expect(made).toMatchObject({
    kind: 'initial',
    wouldBeHeld: null,
    effects: { createdInActiveCampaign: 1, createdInDynamics: 0, updatedInActiveCampaign: 0, updatedInDynamics: 0 },
    held: 1,
    tagged: 1,
    further: 0,
  });
  expect(made?.lists.map(({ people }) => people)).toEqual([1]);
  const [list] = made?.lists ?? [];
  expect(made?.lines.map(({ email, field, old, new: value }) => [email, field, old, value])).toEqual([
    ['ada@example.com', 'Email', null, 'ada@example.com'],
    ['ada@example.com', 'First name', null, 'Ada'],
    ['ada@example.com', 'Last name', null, 'Lovelace'],
    ['ada@example.com', 'Tags', null, 'D365: Lead, D365: Pushed from Dynamics'],
    ['ada@example.com', 'List', null, list?.name],
  ]);

  expect(engine.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(engine.dynamics.requests.requests.filter(isWrite)).toEqual([]);
  const { store } = services;
  expect([
    store.people.count(),
    store.records.count('lead'),
    store.problems.all(10),
    store.runs.last(),
    store.outbox.countPlanned(),
    existsSync(join(directory, 'preview.sqlite')),
  ]).toEqual([0, 0, [], null, 0, false]);
});

it('is what the run then does', async () => {
  await open();
  const ada = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await engine.run();
  engine.sales.edit('lead', ada, { firstname: 'Augusta' });
  engine.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
  const made = await (await preview()).make();
  expect(made).toMatchObject({ kind: 'scheduled', effects: { createdInActiveCampaign: 1, updatedInActiveCampaign: 1 } });
  expect(made?.lines.find(({ email }) => email === 'ada@example.com')).toMatchObject({
    field: 'First name',
    old: 'Ada',
    new: 'Augusta',
    because: 'changed-in-dynamics',
  });
  const { counts } = await engine.run();
  expect(counts.toActiveCampaign).toEqual({ created: 1, updated: 1, linked: 0 });
});

it('says which limit would hold the run', async () => {
  await open({ settings: (before) => ({ ...before, safety: { ...before.safety, minimumRecords: 1 } }) });
  const ada = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await engine.run();
  engine.sales.edit('lead', ada, { firstname: null });
  const previews = await preview();
  expect((await previews.make())?.wouldBeHeld).toBe('1 values would be emptied, which is more than 10 % of the 1 linked ones');
  await engine.run();
  await expect(previews.make()).rejects.toMatchObject({ code: 'changed-meanwhile', message: 'Run 2 is held.' });
});

it('can be ended, and asked for again', async () => {
  await open();
  engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  const previews = await preview();
  const first = previews.make();
  expect(previews.progress()?.activity).toBe('Connecting');
  await previews.end();
  expect([await first, previews.progress()]).toEqual([null, null]);
  expect((await previews.make())?.effects.createdInActiveCampaign).toBe(1);
});

it('tells why nothing can be read as a run would', async () => {
  await open();
  await engine.giveSecret('activecampaign-key', 'another');
  const previews = await preview();
  services.settings.update((before) => ({ ...before, activeCampaign: { apiUrl: 'http://127.0.0.1:9' } }));
  await expect(previews.make()).rejects.toMatchObject({ details: { code: 'service-down' } });
});

it('is none as long as a run has left something to be written: it would show nothing of those people', async () => {
  let reachable = true;
  const around: NonNullable<EngineUnderTestOptions['around']> = {
    activeCampaign: (handler) => async (request) => {
      if (request.method !== 'GET' && !reachable) throw new TransportError('connection-lost', 'ActiveCampaign is out of reach');
      return handler(request);
    },
  };
  await open({ around });
  await engine.run();
  reachable = false;
  engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  expect((await engine.run()).outcome).toBe('failed');
  reachable = true;
  const previews = await preview();
  await expect(previews.make()).rejects.toThrow('The last run could not write everything.');
  await engine.run();
  expect(await previews.make()).toMatchObject({ effects: { createdInActiveCampaign: 0 } });
});
