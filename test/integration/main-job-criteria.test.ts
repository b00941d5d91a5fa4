import { afterEach, describe, expect, it } from 'vitest';
import { views } from '../../main/demo/dynamics/environment.ts';
import type { Criteria } from '../../shared/settings.ts';
import { tagNames } from '../../shared/tags.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Criteria decide who enters ActiveCampaign; leaving them ends nothing. Over HTTP and through whole runs. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const open = async (criteria: Criteria): Promise<void> => {
  engine = await openEngine({
    settings: ({ dataConfiguration, ...settings }) => ({
      ...settings,
      dataConfiguration: { ...dataConfiguration, lead: { ...dataConfiguration.lead, criteria } },
    }),
  });
};
const lead = (name: string, columns: object) =>
  engine.sales.create('lead', { lastname: name, emailaddress1: `${name}@example.com`, ...columns });
const inActiveCampaign = () => new Set(engine.office.people().map(({ email }) => email.replace('@example.com', '')));

const awkward = `Å & Søn + 100% [a-z] O'Brien_`;
const whoIsThere: readonly [string, Criteria, object, object][] = [
  [
    'conditions, on text that could break out of them',
    { match: 'conditions', join: 'and', conditions: [{ field: 'companyname', operator: 'equals', value: awkward.toLowerCase() }] },
    { companyname: awkward },
    { companyname: null },
  ],
  [
    'a part of the text, without wildcards',
    { match: 'conditions', join: 'or', conditions: [{ field: 'companyname', operator: 'contains', value: "100% [a-z] o'brien_" }] },
    { companyname: awkward },
    { companyname: "100 percent a O'BrienX" },
  ],
  [
    'a system view',
    { match: 'view', viewId: views.leadsFromNorway, viewType: 'system' },
    { address1_country: 'Norway' },
    { address1_country: null },
  ],
  ['a personal view', { match: 'view', viewId: views.myHotLeads, viewType: 'personal' }, { leadqualitycode: 1 }, { leadqualitycode: null }],
];

describe.each(whoIsThere)('%s', (_, criteria, meeting, leaving) => {
  it('let in who meets them, now or later', async () => {
    await open(criteria);
    lead('ada', meeting);
    const bo = lead('bo', leaving);
    await engine.run();
    expect(inActiveCampaign()).toEqual(new Set(['ada']));
    engine.sales.edit('lead', bo, { ...meeting });
    await engine.run();
    expect(inActiveCampaign()).toEqual(new Set(['ada', 'bo']));
  });

  it('end nothing for who leaves them: both sides go on', async () => {
    await open(criteria);
    const ada = lead('ada', { ...meeting, telephone1: '+47 1' });
    await engine.run();
    engine.sales.edit('lead', ada, { ...leaving, telephone1: '+47 2' });
    const { counts } = await engine.run();
    expect(counts.toActiveCampaign).toMatchObject({ updated: 1 });
    const person = engine.office.personByEmail('ada@example.com');
    expect(person).toMatchObject({ phone: '+47 2', tags: [tagNames.lead, tagNames.pushed] });
    engine.office.edit(person?.id ?? 0, { phone: '+47 3' });
    await engine.run();
    expect(engine.sales.row('lead', ada)?.columns.telephone1).toBe('+47 3');
    expect(engine.store.links.countActive()).toBe(1);
  });
});

describe('a saved view', () => {
  const criteria: Criteria = { match: 'view', viewId: views.leadsFromNorway, viewType: 'system' };

  it('is asked for ids only, and brings in rows whose columns are empty with what the table holds', async () => {
    await open(criteria);
    lead('ada', { address1_country: 'Norway', firstname: null, telephone1: null });
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ firstName: '', lastName: 'ada', phone: '' });
    const asked = engine.dynamics.requests.requests
      .map(({ query }) => new URLSearchParams(query).get('fetchXml'))
      .find((xml) => xml !== null);
    expect(asked?.match(/<attribute [^>]*>/g)).toEqual(['<attribute name="leadid" />']);
  });

  it('lets the next row under the address in once the first one has left it', async () => {
    await open(criteria);
    engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: false } }));
    const first = lead('ada', { address1_country: 'Norway', telephone1: '1' });
    engine.clock.pass(60_000);
    lead('ada', { address1_country: 'Norway', telephone1: '2' });
    await engine.run();
    engine.sales.edit('lead', first, { address1_country: 'Italy' });
    await engine.run();
    engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: true } }));
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')?.phone).toBe('2');
  });

  it('that is gone ends the run before anything is written, and says what to do', async () => {
    await open({ ...criteria, viewId: '11111111-2222-4333-8444-555555555555' });
    lead('ada', { address1_country: 'Norway' });
    expect((await engine.run()).outcome).toBe('failed');
    expect(inActiveCampaign()).toEqual(new Set());
    expect(engine.logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining('Choose another view under Data Configuration') as unknown,
      }),
    );
  });
});
