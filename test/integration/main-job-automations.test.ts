import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import { tagNames } from '../../shared/tags.ts';
import { membership, rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** "Create a lead when a contact enters …": whoever enters a chosen automation is tagged and created by the same run. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  await engine.run();
});
afterEach(() => engine.close());

const minuteMs = 60_000;
const webinar = 'Webinar follow-up';
const welcome = 'Welcome series';

const changed = (settings: Settings, entity: Entity, change: Partial<Settings['dataConfiguration']['contact']>): Settings => ({
  ...settings,
  dataConfiguration: { ...settings.dataConfiguration, [entity]: { ...settings.dataConfiguration[entity], ...change } },
});
/** Chosen, and looked at once: entries count from here on. */
const choose = async (entity: Entity, ...names: readonly string[]) => {
  const createFromAutomations = names.map((name) => String(engine.office.automationId(name)));
  engine.configure((settings) => changed(settings, entity, { createFromAutomations }));
  await engine.run();
  engine.clock.pass(minuteMs);
};
const unavailable = { status: 503, headers: {}, body: '' };
const create = (email: string) => engine.office.create(email, { firstName: 'Ada', lastName: 'Lovelace' }).id;
const entering = (email: string, automation = webinar) => {
  const id = create(email);
  engine.office.enterAutomation(id, automation);
  return id;
};
const pair = (entity: Entity) => [tagNames[entity], tagNames.pulled];
/** Method and path of every request to ActiveCampaign, without queries. */
const asked = () => engine.activeCampaign.requests.requests.map(({ method, path }) => `${method} ${path.replace('/api/3/', '')}`);

describe.each(['lead', 'contact'] as const)('who enters an automation that makes a %s', (entity) => {
  it('is given the pair of tags and created in Dynamics by the same run', async () => {
    await choose(entity, webinar);
    entering('ada@example.com');
    const run = await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual(pair(entity));
    expect(rowByEmail(engine, entity, 'ada@example.com')).toMatchObject({ firstname: 'Ada', lastname: 'Lovelace' });
    expect(run).toMatchObject({ outcome: 'ok', counts: { toDynamics: { created: 1, updated: 0, linked: 0 } } });
    expect(engine.logged).toContainEqual(
      expect.objectContaining({
        event: 'automation.entered',
        message: `One person entered the automation "${webinar}" and becomes a ${entity}`,
      }),
    );
    const again = await engine.run();
    expect(again.counts).toMatchObject({ toDynamics: { created: 0, updated: 0, linked: 0 }, toActiveCampaign: { updated: 0, linked: 0 } });
    expect(engine.sales.count(entity)).toBe(1);
  });

  it('is joined to the row that has the address, as what that row is', async () => {
    await choose(entity, webinar);
    engine.sales.create('contact', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    entering('ada@example.com');
    const run = await engine.run();
    expect(run.counts.toDynamics).toEqual({ created: 0, updated: 0, linked: 1 });
    expect(membership(engine, 'ada@example.com')).toEqual(pair('contact'));
    expect([engine.sales.count('lead'), engine.sales.count('contact')]).toEqual([0, 1]);
  });
});

describe('entries into a chosen automation', () => {
  it('count from the moment on at which it was chosen', async () => {
    entering('before@example.com');
    engine.clock.pass(2 * minuteMs);
    const id = String(engine.office.automationId(webinar));
    engine.store.automations.followOnly([id], engine.clock.now());
    engine.configure((settings) => changed(settings, 'lead', { createFromAutomations: [id] }));
    engine.clock.pass(minuteMs);
    entering('after@example.com');
    await engine.run();
    expect([...engine.sales.rows('lead')].map(({ columns }) => columns.emailaddress1)).toEqual(['after@example.com']);
  });

  it('count from the first run on that knows of it where nothing else told when it was chosen', async () => {
    entering('before@example.com');
    engine.clock.pass(minuteMs);
    await choose('lead', webinar);
    entering('after@example.com');
    await engine.run();
    expect([...engine.sales.rows('lead')].map(({ columns }) => columns.emailaddress1)).toEqual(['after@example.com']);
  });

  it('cost one request for each automation while nobody enters', async () => {
    await choose('lead', webinar, welcome);
    entering('ada@example.com');
    await engine.run();
    await engine.run();
    engine.activeCampaign.requests.clear();
    await engine.run();
    const [first, second] = [engine.office.automationId(webinar), engine.office.automationId(welcome)];
    expect(asked()).toEqual([
      'GET users/me',
      'GET contacts',
      'GET tags',
      'GET contacts',
      `GET automations/${first}/contactAutomations`,
      `GET automations/${second}/contactAutomations`,
    ]);
  });

  it('cost no request for a person: the tags of many go by import', async () => {
    await choose('lead', webinar);
    for (let index = 0; index < 120; index += 1) entering(`person${index}@example.com`);
    engine.activeCampaign.requests.clear();
    const run = await engine.run();
    expect(run.counts.toDynamics.created).toBe(120);
    expect(asked().filter((line) => line.startsWith('POST'))).toEqual(['POST import/bulk_import']);
    expect(asked().length).toBeLessThan(20);
  });

  it('are met again around the place up to which was read, and count once', async () => {
    await choose('lead', webinar);
    const id = entering('ada@example.com');
    await engine.run();
    for (const tag of pair('lead')) engine.office.removeTag(id, tag);
    engine.office.addNote(id);
    await engine.run();
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([]);
    expect(engine.store.links.countActive()).toBe(0);
    engine.office.enterAutomation(id, webinar);
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual(pair('lead'));
    expect(engine.store.links.countActive()).toBe(1);
    expect(engine.sales.count('lead')).toBe(1);
  });

  it('ask for nothing where the person takes part already', async () => {
    await choose('contact', webinar);
    engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    await engine.run();
    const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
    engine.office.enterAutomation(id, webinar);
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
    expect(engine.sales.count('contact')).toBe(0);
  });

  it('make a contact of who enters one for leads and one for contacts', async () => {
    await choose('lead', webinar);
    const contacts = [String(engine.office.automationId(welcome))];
    engine.configure((settings) => changed(settings, 'contact', { createFromAutomations: contacts }));
    await engine.run();
    engine.clock.pass(minuteMs);
    const id = entering('ada@example.com', welcome);
    engine.office.enterAutomation(id, webinar);
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual(pair('contact'));
    expect([engine.sales.count('lead'), engine.sales.count('contact')]).toEqual([0, 1]);
  });

  it('create people while Global Sync is off, too: they go from ActiveCampaign to Dynamics', async () => {
    await choose('lead', webinar);
    engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: false } }));
    entering('ada@example.com');
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual(pair('lead'));
    expect(engine.sales.count('lead')).toBe(1);
  });

  it('ask for nobody while the entity goes to ActiveCampaign only', async () => {
    await choose('lead', webinar);
    engine.configure((settings) => changed(settings, 'lead', { direction: 'toActiveCampaign' }));
    entering('ada@example.com');
    await engine.run();
    engine.configure((settings) => changed(settings, 'lead', { direction: 'both' }));
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([]);
  });

  it('are read of the other automations where one is not in ActiveCampaign any more', async () => {
    await choose('lead', webinar);
    engine.configure((settings) => {
      const { createFromAutomations } = settings.dataConfiguration.lead;
      return changed(settings, 'lead', { createFromAutomations: ['999', ...createFromAutomations] });
    });
    entering('ada@example.com');
    const run = await engine.run();
    expect(run).toMatchObject({ outcome: 'ok', counts: { toDynamics: { created: 1 } } });
    expect(engine.logged).toContainEqual(expect.objectContaining({ level: 'warn', event: 'automation.missing' }));
    expect(engine.store.automations.missing()).toEqual(['999']);
  });

  it('create nobody twice where the run is broken off between the tags and the row', async () => {
    await engine.close();
    let broken = false;
    engine = await openEngine({
      around: {
        dynamics: (handler) => async (request) => (broken && request.method === 'POST' ? unavailable : handler(request)),
      },
    });
    await engine.run();
    await choose('lead', webinar);
    const id = entering('ada@example.com');
    broken = true;
    expect((await engine.run()).outcome).toBe('failed');
    expect([membership(engine, 'ada@example.com'), engine.sales.count('lead')]).toEqual([pair('lead'), 0]);
    broken = false;
    engine.office.edit(id, { firstName: 'Augusta' });
    await engine.run();
    expect([membership(engine, 'ada@example.com'), engine.sales.count('lead')]).toEqual([pair('lead'), 1]);
  });

  it('bring in who came into the account while its people were read', async () => {
    await engine.close();
    let meanwhile = () => {};
    engine = await openEngine({
      around: {
        activeCampaign: (handler) => async (request) => {
          if (request.url.includes('/contactAutomations')) meanwhile();
          return handler(request);
        },
      },
    });
    await engine.run();
    await choose('lead', webinar);
    meanwhile = () => {
      meanwhile = () => {};
      entering('late@example.com');
    };
    await engine.run();
    expect(membership(engine, 'late@example.com')).toEqual(pair('lead'));
    expect(engine.sales.count('lead')).toBe(1);
  });
});
