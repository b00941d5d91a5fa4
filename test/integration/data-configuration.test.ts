import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountReader, createAccountReader } from '../../main/application/account-reader.ts';
import { countChange } from '../../main/application/change-counts.ts';
import { readFieldExamples } from '../../main/application/field-examples.ts';
import { latestOnly } from '../../main/application/latest-only.ts';
import { previewCriteria } from '../../main/application/preview-criteria.ts';
import { views } from '../../main/demo/dynamics/environment.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Criteria, Settings } from '../../shared/settings.ts';
import { htmlFault, statusFault, withFaults } from '../sample-services/faults.ts';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';
import { textWith } from '../support/matching.ts';

/** What the Data Configuration shows of both accounts and of the database, and what it asks for that. */

let engine: EngineUnderTest;
let accounts: AccountReader;

async function open(options: EngineUnderTestOptions = {}): Promise<void> {
  engine = await openEngine(options);
  accounts = createAccountReader(engine.connector, engine.settings, engine.clock);
}
afterEach(() => engine.close());

const signal = new AbortController().signal;
const preview = (criteria: Criteria) => previewCriteria(accounts, { entity: 'lead', criteria }, signal);
const country = (value: string): Criteria => ({
  match: 'conditions',
  join: 'and',
  conditions: [{ field: 'address1_country', operator: 'equals', value }],
});
const lead = (firstname: string, columns: Readonly<Record<string, string | number | boolean>> = {}) =>
  engine.sales.create('lead', { firstname, lastname: 'Test', emailaddress1: `${firstname.toLowerCase()}@example.com`, ...columns });
const forgetRequests = () => {
  engine.dynamics.requests.clear();
  engine.activeCampaign.requests.clear();
};
const asked = () => [...engine.dynamics.requests.lines(), ...engine.activeCampaign.requests.lines()];

describe('who would enter', () => {
  beforeEach(async () => {
    await open();
    for (const name of ['Ada', 'Bea', 'Cleo', 'Dora', 'Edda', 'Fay']) lead(name, { address1_country: name < 'D' ? 'Norway' : 'Sweden' });
    engine.sales.create('lead', { lastname: 'Nobody', address1_country: 'Norway', leadqualitycode: 1 });
    await accounts.contents('lead');
    forgetRequests();
  });

  it('is counted, with five of them, in one request once the fields are known', async () => {
    expect(await preview({ match: 'all' })).toMatchObject({ kind: 'counted', count: 7, exact: true, people: { length: 5 } });
    const norwegians = await preview(country('norway'));
    if (norwegians.kind !== 'counted') throw new Error('refused');
    expect([norwegians.count, ...norwegians.people.map(({ name, email }) => `${name} ${email}`).toSorted()]).toEqual([
      4,
      'Ada Test ada@example.com',
      'Bea Test bea@example.com',
      'Cleo Test cleo@example.com',
      'Nobody null',
    ]);
    const select = '/api/data/v9.2/leads?$select=firstname,lastname,emailaddress1&$count=true&$top=5';
    expect(asked()).toEqual([
      `GET ${select}&$orderby=modifiedon desc`,
      `GET ${select}&$filter=(address1_country eq 'norway')&$orderby=modifiedon desc`,
    ]);
  });

  it('is counted for a saved view of the system and of the user', async () => {
    const view = (viewId: string, viewType: 'system' | 'personal') => preview({ match: 'view', viewId, viewType });
    expect(await view(views.leadsFromNorway, 'system')).toMatchObject({ count: 4, exact: true, people: { length: 4 } });
    expect(await view(views.myHotLeads, 'personal')).toMatchObject({ count: 1, people: [{ name: 'Nobody', email: null }] });
    expect(asked()).toHaveLength(2);
  });

  it('is refused with the place of each thing that a run could not judge, and Dynamics is not asked', async () => {
    const conditions: Extract<Criteria, { match: 'conditions' }>['conditions'] = [
      { field: 'new_gone', operator: 'equals', value: 'x' },
      { field: 'lastname', operator: 'equals', value: 'Test' },
      { field: 'createdon', operator: 'onOrAfter', value: 'soon' },
    ];
    expect(await preview({ match: 'conditions', join: 'or', conditions })).toEqual({
      kind: 'refused',
      problems: [
        { path: 'conditions[0].field', message: 'Dynamics has no column "new_gone" that can be compared.' },
        { path: 'conditions[2].value', message: '"soon" is not a date such as "2024-02-29".' },
      ],
    });
    const gone = await preview({ match: 'view', viewId: '11111111-2222-4333-8444-555555555555', viewType: 'system' });
    expect(gone).toMatchObject({ kind: 'refused', problems: [{ path: 'viewId' }] });
    expect(asked()).toEqual([]);
  });

  it('is asked for once by who asks twice: a newer question ends the one before', async () => {
    const ask = latestOnly((criteria: Criteria, ends: AbortSignal) => previewCriteria(accounts, { entity: 'lead', criteria }, ends));
    const [earlier, later] = await Promise.allSettled([ask({ match: 'all' }), ask(country('Sweden'))]);
    expect(earlier).toMatchObject({ status: 'rejected', reason: { code: 'changed-meanwhile' } });
    expect(later).toMatchObject({ status: 'fulfilled', value: { count: 3 } });
    expect(asked().filter((line) => !line.includes('Sweden'))).toEqual([]);
  });
});

describe('example values', () => {
  const example = (columns: string[], fields: string[] = []) =>
    readFieldExamples(accounts, engine.store, { entity: 'lead', columns, fields });

  it('are those of people in sync: from the database what was read, and one request a side for the rest', async () => {
    await open();
    lead('Ada', { telephone1: '+47 1', leadsourcecode: 1, new_interests: '1,2', estimatedclosedate: '2026-03-04', donotphone: true });
    await engine.run();
    const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
    engine.office.edit(id, { fields: { 'Job title': 'Countess', Interests: '||Sailing||Fishing||' } });
    await accounts.contents('lead');
    forgetRequests();

    expect(await example(['firstname', 'telephone1'], ['firstName', 'phone'])).toEqual({
      columns: { firstname: ['Ada'], telephone1: ['+47 1'] },
      fields: { firstName: ['Ada'], phone: ['+47 1'] },
      incompleteBecause: null,
    });
    expect(asked()).toEqual([]);

    const rest = await example(
      ['firstname', 'leadsourcecode', 'new_interests', 'estimatedclosedate', 'donotphone', 'ownerid', 'jobtitle'],
      ['field:2', 'field:5', 'field:1'],
    );
    expect(rest).toEqual({
      columns: {
        firstname: ['Ada'],
        leadsourcecode: ['Advertisement'],
        new_interests: [expect.stringContaining(', ')],
        estimatedclosedate: ['2026-03-04'],
        donotphone: ['Do Not Allow'],
        ownerid: [expect.any(String)],
        jobtitle: [],
      },
      fields: { 'field:2': ['Countess'], 'field:5': ['Sailing, Fishing'], 'field:1': [] },
      incompleteBecause: null,
    });
    expect(engine.activeCampaign.requests.lines()).toHaveLength(1);
  });

  it('are those of a few rows before anybody is in sync, and are fewer where a service does not answer', async () => {
    let down = false;
    await open({
      around: { activeCampaign: (handler: SampleHandler) => withFaults(handler, () => (down ? statusFault(503) : null), engine.clock) },
    });
    lead('Ada', { jobtitle: 'Countess' });
    await accounts.contents('lead');
    down = true;
    expect(await example(['jobtitle'], ['field:2'])).toEqual({
      columns: { jobtitle: ['Countess'] },
      fields: {},
      incompleteBecause: textWith('ActiveCampaign'),
    });
  });
});

describe('whom a change concerns', () => {
  const count = (criteria: Criteria | null) => countChange(engine.store, { entity: 'lead', criteria }, signal);
  const configureLead = (change: Partial<Settings['dataConfiguration']['lead']>) =>
    engine.configure((before) => ({
      ...before,
      dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, ...change } },
    }));

  it('is counted without asking: who is in sync, open conflicts, who newly meets criteria and who does no more', async () => {
    await open();
    configureLead({ criteria: country('Norway'), conflictWinner: 'ask' });
    const ada = lead('Ada', { address1_country: 'Norway' });
    for (const name of ['Bea', 'Cleo']) lead(name, { address1_country: 'Sweden' });
    await engine.run();
    const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
    engine.office.edit(id, { firstName: 'Augusta' });
    engine.sales.edit('lead', ada, { firstname: 'Byron' });
    await engine.run();
    forgetRequests();

    expect(await count(null)).toEqual({ linked: 1, conflicts: 1, criteria: null });
    expect(await count({ match: 'all' })).toMatchObject({ criteria: { newcomers: 2, leavers: 0 } });
    expect(await count(country('sweden'))).toMatchObject({ criteria: { newcomers: 2, leavers: 1 } });
    expect(asked()).toEqual([]);
  });

  it('is not known from here for a view, or for a column that was never read', async () => {
    await open();
    lead('Ada');
    await engine.run();
    expect(await count({ match: 'view', viewId: views.openLeads, viewType: 'system' })).toMatchObject({ criteria: null });
    expect(await count(country('Norway'))).toMatchObject({ criteria: null });
  });
});

describe('a service that does not answer', () => {
  it('is told of after two tries, and asked anew by the next question', async () => {
    let down = true;
    await open({
      around: { dynamics: (handler: SampleHandler) => withFaults(handler, () => (down ? statusFault(503) : null), engine.clock) },
    });
    await expect(accounts.readContents('lead')).rejects.toMatchObject({ code: 'service-down' });
    const [first] = asked();
    expect(asked().filter((line) => line === first)).toHaveLength(2);
    down = false;
    expect(await preview({ match: 'all' })).toMatchObject({ kind: 'counted', count: 0 });
  });

  it('is not taken for an empty one: a page in its place is an error', async () => {
    let page = false;
    await open({ around: { dynamics: (handler: SampleHandler) => withFaults(handler, () => (page ? htmlFault() : null), engine.clock) } });
    await accounts.contents('lead');
    page = true;
    await expect(preview({ match: 'all' })).rejects.toMatchObject({ code: 'not-the-service' });
  });
});
