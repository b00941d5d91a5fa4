import { afterEach, describe, expect, it } from 'vitest';
import { views } from '../../main/demo/dynamics/environment.ts';
import { planState } from '../../main/store/plan-state.ts';
import { answerNewcomers, tryAgain } from '../../main/sync/decide.ts';
import { dynamicsId } from '../../shared/ids.ts';
import type { Criteria, EntityConfiguration, Settings } from '../../shared/settings.ts';
import { tagNames } from '../../shared/tags.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Rows that a change of the settings lets in after the Initial Sync: they are counted, and somebody answers whether they come in. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const all: Criteria = { match: 'all' };
const from = (...countries: string[]): Criteria => ({
  match: 'conditions',
  join: 'or',
  conditions: countries.map((value) => ({ field: 'address1_country', operator: 'equals', value })),
});
const configured = (settings: Settings, change: Partial<EntityConfiguration>): Settings => ({
  ...settings,
  dataConfiguration: { ...settings.dataConfiguration, lead: { ...settings.dataConfiguration.lead, ...change } },
});
const configure = (change: Partial<EntityConfiguration>) => engine.configure((settings) => configured(settings, change));
const lead = (name: string, address1_country: string | null, columns: object = {}) =>
  engine.sales.create('lead', { lastname: name, emailaddress1: `${name}@example.com`, address1_country, ...columns });
const inActiveCampaign = () =>
  engine.office
    .people()
    .map(({ email }) => email.replace('@example.com', ''))
    .toSorted();
const answer = (bring: boolean) => answerNewcomers(engine.store, 'lead', bring, engine.clock.now());
const waiting = () => engine.store.newcomers.countWaiting().lead;

/** Ada is Norwegian, Bo is Swedish, Cy is Danish; only Norwegians sync. */
const open = async (criteria: Criteria = from('Norway'), asksAboutNewcomers = true) => {
  engine = await openEngine({ asksAboutNewcomers, settings: (settings) => configured(settings, { criteria }) });
  const rows = { ada: lead('ada', 'Norway'), bo: lead('bo', 'Sweden'), cy: lead('cy', 'Denmark') };
  await engine.run();
  return rows;
};

describe('criteria that are made wider', () => {
  it('let nobody in before somebody answers, and say how many there are', async () => {
    await open();
    configure({ criteria: from('Norway', 'Sweden', 'Denmark') });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 2]);
    expect(engine.logged).toContainEqual(
      expect.objectContaining({
        level: 'info',
        event: 'newcomers.waiting',
        message: '2 more leads meet the criteria since the settings were changed: they wait for an answer',
      }),
    );
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 2]);
    expect(engine.logged.filter(({ event }) => event === 'newcomers.waiting')).toEqual([]);
  });

  it('let them in at the run after the answer', async () => {
    await open();
    configure({ criteria: all });
    await engine.run();
    answer(true);
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 0]);
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo', 'cy'], 0]);
  });

  it('leave them out for good, whatever is edited and planned again, where that is the answer', async () => {
    const { bo } = await open();
    configure({ criteria: all });
    await engine.run();
    answer(false);
    engine.sales.edit('lead', bo, { telephone1: '+46 8 1', emailaddress1: 'bosse@example.com' });
    configure({ listId: String(engine.office.listId('Newsletter')) });
    await engine.run();
    configure({ criteria: from('Norway', 'Sweden') });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 0]);
    expect(engine.store.newcomers.of('lead', dynamicsId(bo))).toMatchObject({ state: 'leftOut' });
  });

  it('forget who was left out and stops meeting them, also where a run sees that while it writes', async () => {
    const { bo } = await open();
    configure({ criteria: from('Norway', 'Sweden') });
    await engine.run();
    answer(false);
    engine.sales.edit('lead', bo, { address1_country: 'Finland' });
    engine.store.records.setCriteria('lead', dynamicsId(bo), false);
    await engine.run();
    expect(engine.store.newcomers.of('lead', dynamicsId(bo))).toBeNull();
  });

  it('ask about a row that gets an address only after the others were left out', async () => {
    await open();
    const dee = lead('dee', 'Sweden', { emailaddress1: null });
    await engine.run();
    configure({ criteria: all });
    await engine.run();
    expect(waiting()).toBe(2);
    answer(false);
    engine.sales.edit('lead', dee, { emailaddress1: 'dee@example.com' });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 1]);
    answer(true);
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'dee'], 0]);
  });

  it('let in who begins to meet them later, and who stops meeting them and meets them again', async () => {
    const { bo, cy } = await open();
    configure({ criteria: from('Norway', 'Sweden') });
    await engine.run();
    answer(false);
    engine.sales.edit('lead', cy, { address1_country: 'Sweden' });
    lead('dag', 'Sweden');
    await engine.run();
    expect(inActiveCampaign()).toEqual(['ada', 'cy', 'dag']);
    engine.sales.edit('lead', bo, { address1_country: 'Finland' });
    await engine.run();
    engine.sales.edit('lead', bo, { address1_country: 'Sweden' });
    await engine.run();
    expect(inActiveCampaign()).toEqual(['ada', 'bo', 'cy', 'dag']);
  });

  it('ask about nobody who is in sync, and about nobody whose sync has ended', async () => {
    const { ada, bo } = await open(all);
    const { id } = engine.office.personByEmail('bo@example.com') ?? { id: 0 };
    for (const tag of [tagNames.lead, tagNames.pushed]) engine.office.removeTag(id, tag);
    engine.office.addNote(id);
    configure({ criteria: from('Norway') });
    await engine.run();
    engine.sales.edit('lead', ada, { address1_country: 'Norge' });
    await engine.run();
    configure({ criteria: all });
    await engine.run();
    expect(waiting()).toBe(0);
    expect(engine.store.newcomers.of('lead', dynamicsId(bo))).toBeNull();
  });

  it('do not ask about rows that a narrower criterion still lets in, though its column was never read before', async () => {
    await open(all);
    const eve = lead('eve', 'Sweden', { emailaddress1: null, jobtitle: 'Boss' });
    await engine.run();
    configure({ criteria: { match: 'conditions', join: 'and', conditions: [{ field: 'jobtitle', operator: 'equals', value: 'Boss' }] } });
    await engine.run();
    expect(engine.store.newcomers.of('lead', dynamicsId(eve))).toBeNull();
    expect(engine.store.problems.countByReason()).toEqual({ 'no-email': 1 });
  });

  it('ask again after a run that was broken off while it read everything again', async () => {
    let broken = false;
    engine = await openEngine({
      asksAboutNewcomers: true,
      settings: (settings) => configured(settings, { criteria: from('Norway') }),
      around: {
        dynamics: (handler) => async (request) =>
          broken && request.url.includes('/contacts') ? { status: 503, headers: {}, body: '' } : handler(request),
      },
    });
    lead('ada', 'Norway', { jobtitle: 'Boss' });
    lead('bo', 'Sweden', { jobtitle: 'Boss' });
    await engine.run();
    configure({ criteria: { match: 'conditions', join: 'and', conditions: [{ field: 'jobtitle', operator: 'equals', value: 'Boss' }] } });
    broken = true;
    expect((await engine.run()).outcome).toBe('failed');
    broken = false;
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada'], 1]);
  });

  it('let a row in that is tagged by hand, and one that somebody asks for', async () => {
    const { bo, cy } = await open();
    configure({ criteria: all });
    await engine.run();
    answer(false);
    const tagged = engine.office.create('bo@example.com').id;
    for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(tagged, tag);
    tryAgain(engine.store, { name: `lead:${cy}`, personId: null, record: { entity: 'lead', dynamicsId: dynamicsId(cy) } });
    await engine.run();
    expect(engine.store.links.ofRecord('lead', dynamicsId(bo))?.state).toBe('active');
    expect(inActiveCampaign()).toEqual(['ada', 'bo', 'cy']);
    expect(engine.sales.count('lead')).toBe(3);
  });

  it('do not take the place of another row with the same address', async () => {
    await open();
    const { id } = { id: lead('bo2', 'Norway', { emailaddress1: 'bo@example.com' }) };
    configure({ criteria: all });
    await engine.run();
    expect(engine.store.links.ofRecord('lead', dynamicsId(id))?.state).toBe('active');
    expect(engine.store.problems.countByReason()).toEqual({});
  });

  it('let in at once where nobody is there to be asked, and say how many', async () => {
    await open(from('Norway'), false);
    configure({ criteria: all });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo', 'cy'], 0]);
    expect(engine.logged).toContainEqual(
      expect.objectContaining({
        level: 'info',
        event: 'newcomers.entered',
        message: '2 more leads meet the criteria since the settings were changed: they come in with this run',
      }),
    );
  });
});

describe('an entity that may go to ActiveCampaign again', () => {
  it.each([
    ['was switched off', { enabled: false }, { enabled: true }],
    ['went to Dynamics only', { direction: 'toDynamics' }, { direction: 'both' }],
  ] as const)('asks about everybody who meets the criteria where it %s', async (_, off, on) => {
    engine = await openEngine({ asksAboutNewcomers: true, settings: (settings) => configured(settings, off) });
    lead('ada', 'Norway');
    lead('bo', 'Sweden');
    await engine.run();
    configure({ ...on, criteria: from('Norway') });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([[], 1]);
    answer(true);
    await engine.run();
    expect(inActiveCampaign()).toEqual(['ada']);
    configure(off);
    await engine.run();
    configure(on);
    await engine.run();
    expect(waiting()).toBe(0);
  });
});

describe('nobody is asked', () => {
  it('during the Initial Sync, however often the settings are changed before it', async () => {
    engine = await openEngine({
      asksAboutNewcomers: true,
      settings: (settings) => ({
        ...configured(settings, { criteria: from('Norway') }),
        syncSettings: { ...settings.syncSettings, globalSync: false },
      }),
    });
    lead('ada', 'Norway');
    lead('bo', 'Sweden');
    await engine.run();
    configure({ criteria: all });
    engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: true } }));
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo'], 0]);
  });

  it('about a row that its view shows since it was edited; about those of a view that was chosen now, everybody is', async () => {
    const view: Criteria = { match: 'view', viewId: views.leadsFromNorway, viewType: 'system' };
    const { bo } = await open(view);
    engine.sales.edit('lead', bo, { address1_country: 'Norway' });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo'], 0]);
    configure({ criteria: { match: 'view', viewId: views.myHotLeads, viewType: 'personal' } });
    lead('hot', 'Sweden', { leadqualitycode: 1 });
    const cy = lead('cold', 'Sweden', { leadqualitycode: 3 });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo', 'hot'], 0]);
    configure({ criteria: view });
    engine.sales.edit('lead', cy, { address1_country: 'Norway' });
    await engine.run();
    expect([inActiveCampaign(), waiting()]).toEqual([['ada', 'bo', 'hot'], 1]);
  });
});

describe('an answer that is given while a run is under way', () => {
  it('counts for who is planned as one who stays out', async () => {
    const { bo } = await open();
    configure({ criteria: all });
    await engine.run();
    engine.store.records.setState('lead', dynamicsId(bo), planState.inPlan);
    answer(true);
    engine.store.records.moveState(planState.inPlan, planState.settled);
    await engine.run();
    expect(inActiveCampaign()).toEqual(['ada', 'bo', 'cy']);
  });
});
