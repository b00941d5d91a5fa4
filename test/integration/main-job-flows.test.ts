import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagNames } from '../../shared/tags.ts';
import { bodies, membership, rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';
import { having, listWith } from '../support/matching.ts';

/** The flows between the two services, one test each, over HTTP and through whole runs. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  await engine.run();
});
afterEach(() => engine.close());

const ada = { firstName: 'Ada', lastName: 'Lovelace', phone: '+44 20 7946 0001' };
const adaInDynamics = { firstname: 'Ada', lastname: 'Lovelace', telephone1: '+44 20 7946 0001' };

const entities = [
  { entity: 'lead', tag: tagNames.lead },
  { entity: 'contact', tag: tagNames.contact },
] as const;

describe.each(entities)('a $entity', ({ entity, tag }) => {
  const tagged = (email: string) => {
    const { id } = engine.office.create(email, ada);
    engine.office.addTag(id, tag);
    engine.office.addTag(id, tagNames.pulled);
    return id;
  };

  it(`who is tagged in ActiveCampaign is created in Dynamics by the next run`, async () => {
    tagged('Ada@Example.com');
    const run = await engine.run();
    expect(rowByEmail(engine, entity, 'ada@example.com')).toMatchObject(adaInDynamics);
    expect(membership(engine, 'ada@example.com')).toEqual([tag, tagNames.pulled]);
    expect(run).toMatchObject({ kind: 'scheduled', outcome: 'ok', counts: { toDynamics: { created: 1, updated: 0, linked: 0 } } });
    expect(engine.logged).toContainEqual(
      expect.objectContaining({
        event: 'person.created',
        person: having({ email: 'Ada@Example.com' }),
        details: { service: 'dynamics', fields: listWith('emailaddress1', 'firstname', 'lastname', 'telephone1') },
      }),
    );
  });

  it('who is new in Dynamics is created in ActiveCampaign by the next run, with the pair of tags', async () => {
    engine.sales.create(entity, { ...adaInDynamics, emailaddress1: 'ada@example.com' });
    const run = await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ ...ada, tags: [tag, tagNames.pushed], lists: {} });
    expect(run).toMatchObject({ kind: 'scheduled', outcome: 'ok', counts: { toActiveCampaign: { created: 1, updated: 0, linked: 0 } } });
  });

  it('who is in both already is linked, not created again', async () => {
    engine.office.create('ada@example.com', { ...ada, phone: '' });
    engine.sales.create(entity, { ...adaInDynamics, emailaddress1: 'ADA@example.com' });
    const run = await engine.run();
    expect(engine.office.people()).toEqual([expect.objectContaining({ ...ada, tags: [tag, tagNames.pushed] })]);
    expect(engine.sales.count(entity)).toBe(1);
    expect(run.counts).toMatchObject({ toActiveCampaign: { created: 0, linked: 1 }, toDynamics: { created: 0 } });
  });

  it('who changes in ActiveCampaign is changed in Dynamics, in the changed columns only', async () => {
    const id = tagged('ada@example.com');
    await engine.run();
    engine.office.edit(id, { phone: '+44 20 7946 0002' });
    engine.dynamics.requests.clear();
    const run = await engine.run();
    expect(rowByEmail(engine, entity, 'ada@example.com')).toMatchObject({ ...adaInDynamics, telephone1: '+44 20 7946 0002' });
    expect(bodies(engine.dynamics.requests)).toEqual([{ telephone1: '+44 20 7946 0002' }]);
    expect(run.counts).toMatchObject({ toDynamics: { created: 0, updated: 1, linked: 0 }, toActiveCampaign: { updated: 0 } });
  });

  it('who changes in Dynamics is changed in ActiveCampaign, in the changed fields only', async () => {
    const row = engine.sales.create(entity, { ...adaInDynamics, emailaddress1: 'ada@example.com' });
    await engine.run();
    engine.sales.edit(entity, row, { lastname: 'King' });
    engine.activeCampaign.requests.clear();
    const run = await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ ...ada, lastName: 'King', tags: [tag, tagNames.pushed] });
    expect(bodies(engine.activeCampaign.requests)).toEqual([{ contact: { lastName: 'King' } }]);
    expect(run.counts).toMatchObject({ toActiveCampaign: { created: 0, updated: 1, linked: 0 }, toDynamics: { updated: 0 } });
  });

  it('whose different fields change on both sides keeps both changes', async () => {
    const row = engine.sales.create(entity, { ...adaInDynamics, emailaddress1: 'ada@example.com' });
    await engine.run();
    engine.sales.edit(entity, row, { lastname: 'King' });
    engine.office.edit(personId('ada@example.com'), { phone: '+44 20 7946 0003' });
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ ...ada, lastName: 'King', phone: '+44 20 7946 0003' });
    expect(engine.sales.row(entity, row)?.columns).toMatchObject({ ...adaInDynamics, lastname: 'King', telephone1: '+44 20 7946 0003' });
  });

  it('who joins a list comes onto that list and no other', async () => {
    const newsletter = String(engine.office.listId('Newsletter'));
    engine.configure((settings) => ({
      ...settings,
      dataConfiguration: {
        ...settings.dataConfiguration,
        [entity]: { ...settings.dataConfiguration[entity], listId: newsletter },
      },
    }));
    engine.sales.create(entity, { ...adaInDynamics, emailaddress1: 'ada@example.com' });
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')?.lists).toEqual({ Newsletter: 1 });
  });

  it('is not created in Dynamics for half a pair of tags', async () => {
    engine.office.addTag(engine.office.create('half@example.com', ada).id, tag);
    engine.office.addTag(engine.office.create('other.half@example.com', ada).id, tagNames.pulled);
    await engine.run();
    expect(engine.sales.count(entity)).toBe(0);
  });
});

describe('a lead that is made by an automation', () => {
  it('is found although its tags leave the date of the last change alone', async () => {
    await engine.close();
    engine = await openEngine({ activeCampaign: { automationTagsMoveUdate: false } });
    const { id } = engine.office.create('ada@example.com', ada);
    await engine.run();
    engine.clock.pass(48 * 60 * 60 * 1000);
    await engine.run();
    engine.office.enterAutomation(id, 'Hand over to sales');
    await engine.run();
    expect(rowByEmail(engine, 'lead', 'ada@example.com')).toMatchObject({ ...adaInDynamics, subject: 'ActiveCampaign: Ada Lovelace' });
  });
});

const personId = (email: string): number => {
  const person = engine.office.personByEmail(email);
  if (person === null) throw new Error(`Nobody has the address ${email}`);
  return person.id;
};

describe('Global Sync', () => {
  const globalSync = (on: boolean) =>
    engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: on } }));
  const newLead = (email: string) => engine.sales.create('lead', { lastname: 'Lead', emailaddress1: email });
  const pull = (email: string) => {
    const { id } = engine.office.create(email, { lastName: 'Lead' });
    engine.office.addTag(id, tagNames.lead);
    engine.office.addTag(id, tagNames.pulled);
    return id;
  };

  it('runs the Initial Sync once', async () => {
    newLead('one@example.com');
    const second = await engine.run();
    const third = await engine.run();
    expect(engine.store.runs.latest(10).map(({ kind }) => kind)).toEqual(['scheduled', 'scheduled', 'initial']);
    expect([second.counts.toActiveCampaign.created, third.counts.toActiveCampaign.created]).toEqual([1, 0]);
  });

  it('does not run the Initial Sync before it is switched on', async () => {
    await engine.close();
    engine = await openEngine();
    globalSync(false);
    newLead('one@example.com');
    const off = await engine.run();
    expect(engine.office.personByEmail('one@example.com')).toBeNull();
    globalSync(true);
    const on = await engine.run();
    expect([off.kind, on.kind]).toEqual(['scheduled', 'initial']);
    expect(membership(engine, 'one@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
  });

  it('switched off after the Initial Sync was broken off leaves that to be done', async () => {
    await engine.close();
    engine = await openEngine();
    newLead('one@example.com');
    engine.store.runs.start('initial', engine.clock.now());
    globalSync(false);
    await engine.run();
    globalSync(true);
    expect((await engine.run()).kind).toBe('initial');
    expect(membership(engine, 'one@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
  });

  it('switched off stops what goes to ActiveCampaign and nothing else', async () => {
    const linked = newLead('linked@example.com');
    await engine.run();
    globalSync(false);
    engine.sales.edit('lead', linked, { firstname: 'Changed' });
    newLead('new@example.com');
    engine.office.edit(personId('linked@example.com'), { phone: '0123' });
    pull('pulled@example.com');
    engine.activeCampaign.requests.clear();
    await engine.run();
    expect(engine.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(engine.office.personByEmail('new@example.com')).toBeNull();
    expect(engine.sales.row('lead', linked)?.columns).toMatchObject({ firstname: 'Changed', telephone1: '0123' });
    expect(rowByEmail(engine, 'lead', 'pulled@example.com')).toMatchObject({ lastname: 'Lead' });
  });

  it('switched off lets a qualified lead hand over: edits and opt-outs go to the contact, and the tags follow later', async () => {
    const lead = newLead('ada@example.com');
    await engine.run();
    engine.office.subscribe(personId('ada@example.com'), 'Newsletter');
    await engine.run();
    globalSync(false);
    const contact = engine.sales.qualify(lead);
    engine.office.edit(personId('ada@example.com'), { phone: '0123' });
    engine.activeCampaign.requests.clear();
    await engine.run();
    // Nothing of the lead is left to tell why the tags still name it.
    engine.sales.delete('lead', lead);
    engine.sales.edit('contact', contact, { firstname: 'Later' });
    await engine.run();
    engine.office.unsubscribe(personId('ada@example.com'), 'Newsletter');
    const off = await engine.run();
    expect(engine.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(off).toMatchObject({ outcome: 'ok', counts: { optOuts: 1 } });
    expect(engine.sales.row('contact', contact)?.columns).toMatchObject({ telephone1: '0123', donotbulkemail: true });
    expect(membership(engine, 'ada@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
    globalSync(true);
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([tagNames.contact, tagNames.pushed]);
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ firstName: 'Later', phone: '0123' });
    expect(engine.store.links.countActive()).toBe(1);
  });

  it('switched on again catches up what changed meanwhile, without another Initial Sync', async () => {
    const linked = newLead('linked@example.com');
    const quiet = newLead('quiet@example.com');
    await engine.run();
    globalSync(false);
    engine.sales.edit('lead', linked, { firstname: 'Changed' });
    newLead('new@example.com');
    engine.sales.optOut('lead', quiet);
    engine.office.subscribe(personId('quiet@example.com'), 'Newsletter');
    await engine.run();
    await engine.run();
    globalSync(true);
    const run = await engine.run();
    expect(run).toMatchObject({ kind: 'scheduled', counts: { toActiveCampaign: { created: 1, updated: 1 }, optOuts: 1 } });
    expect(engine.office.personByEmail('linked@example.com')?.firstName).toBe('Changed');
    expect(membership(engine, 'new@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
    expect(engine.office.personByEmail('quiet@example.com')?.lists).toEqual({ Newsletter: 2 });
  });
});

describe('ten people at once', () => {
  const writes = () => new Set(engine.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path));
  const newLeads = (count: number) => {
    for (let index = 1; index <= count; index += 1)
      engine.sales.create('lead', { lastname: 'Lead', emailaddress1: `l${index}@example.com` });
    engine.activeCampaign.requests.clear();
  };

  it('go by one bulk import', async () => {
    newLeads(10);
    const run = await engine.run();
    expect(writes()).toEqual(new Set(['/api/3/import/bulk_import']));
    expect(run.counts.toActiveCampaign.created).toBe(10);
  });

  it('go one by one while they are nine', async () => {
    newLeads(9);
    const run = await engine.run();
    expect(writes()).toEqual(new Set(['/api/3/contact/sync', '/api/3/contactTags']));
    expect(run.counts.toActiveCampaign.created).toBe(9);
  });
});
