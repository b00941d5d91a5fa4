import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import type { DataSet } from '../../main/demo/data-set/types.ts';
import type { Run } from '../../main/store/runs.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** How many requests a run may cost, and which ones a run costs that has nothing to do. */

const requestsOf = ({ activeCampaign, dynamics }: EngineUnderTest) => [...activeCampaign.requests.lines(), ...dynamics.requests.lines()];

/** `POST /contactTags`: method and path of each request, every one once, without the ids in it. */
const kindsOf = ({ activeCampaign, dynamics }: EngineUnderTest) => {
  const kinds = [...activeCampaign.requests.requests, ...dynamics.requests.requests].map(({ method, path }) => {
    const short = path.replace(/^\/api\/(3|data\/v9\.\d)/, '');
    return `${method} ${short.replace(/\/\d+/g, '/:id')}`;
  });
  return [...new Set(kinds)].toSorted();
};

describe('the Initial Sync of many leads into an account with people', () => {
  const { leads: all, people } = createDataSet(365);
  /** Without the few who are written one by one: opt-outs below ten, addresses that bounced, and tags to take away. */
  const leads = all.filter(({ columns }) => columns.donotbulkemail !== true && columns.donotemail !== true);
  const data: DataSet = {
    leads,
    contacts: [],
    people: people.filter(({ bounced, tags }) => bounced === undefined && !tags.some((tag) => tag.startsWith('D365'))),
  };
  const budget = {
    activeCampaign: 1.2 * Math.ceil(leads.length / 250) + 1.1 * Math.ceil((leads.length + data.people.length) / 100) + 40,
    dynamics: Math.ceil(leads.length / 5000) + 15,
  };

  const initialSync = async (before: (engine: EngineUnderTest) => void): Promise<{ engine: EngineUnderTest; run: Run }> => {
    const engine = await openEngine({ data });
    before(engine);
    const run = await engine.run();
    await engine.close();
    return { engine, run };
  };

  it('stays within its budget and asks for nobody singly', async () => {
    const { engine, run } = await initialSync(() => undefined);
    const { created, linked } = run.counts.toActiveCampaign;
    // Some of the people are leads already.
    expect([created > 1_500, linked > 200]).toEqual([true, true]);
    expect(run.counts.requests.activeCampaign).toBeLessThanOrEqual(budget.activeCampaign);
    expect(run.counts.requests.dynamics).toBeLessThanOrEqual(budget.dynamics);
    expect(kindsOf(engine)).toEqual([
      'GET /WhoAmI',
      'GET /contacts',
      'GET /fields',
      'GET /import/info',
      'GET /leads',
      'GET /tags',
      'GET /users/me',
      'POST /$batch',
      'POST /import/bulk_import',
      'POST /tags',
    ]);
  });

  it('stays within its budget when every import leaves somebody out', async () => {
    const excluded = leads.flatMap(({ columns: { emailaddress1: email } }, index) =>
      index % 100 === 0 && typeof email === 'string' ? [email] : [],
    );
    const { run } = await initialSync(({ office }) => {
      for (const email of excluded) office.exclude(email);
    });
    expect(run.counts.failed).toBeGreaterThan(5);
    expect(run.counts.requests.activeCampaign).toBeLessThanOrEqual(budget.activeCampaign);
  });
});

describe('a run without edits', () => {
  let engine: EngineUnderTest;
  beforeAll(async () => {
    engine = await openEngine({ data: createDataSet(365) });
    await engine.run();
    engine.activeCampaign.requests.clear();
    engine.dynamics.requests.clear();
  });
  afterAll(() => engine.close());

  it('reads once more what the Initial Sync itself has written, and then makes seven requests', async () => {
    const second = await engine.run();
    const rereading = Math.ceil(engine.office.people().length / 100);
    const { requests } = second.counts;
    expect(requests.activeCampaign + requests.dynamics).toBeLessThanOrEqual(12 + rereading);
    expect(requestsOf(engine)).toHaveLength(requests.activeCampaign + requests.dynamics);
    engine.activeCampaign.requests.clear();
    engine.dynamics.requests.clear();

    const third = await engine.run();
    const person =
      '_masterid_value,createdon,donotbulkemail,donotemail,emailaddress1,firstname,lastname,merged,modifiedon,statecode,telephone1';
    expect(requestsOf(engine).map(withoutTime)).toEqual([
      'GET /api/3/users/me',
      'GET /api/3/contacts?limit=100&orders[id]=ASC&filters[updated_after]=…&include=contactTags,fieldValues,contactLists',
      'GET /api/3/tags?search=D365&limit=100&offset=0',
      'GET /api/3/contacts?limit=1&status=2',
      'GET /api/data/v9.2/WhoAmI',
      `GET /api/data/v9.2/leads?$select=${person.replace(',createdon', ',_parentcontactid_value,createdon')}&$deltatoken=…`,
      `GET /api/data/v9.2/contacts?$select=${person}&$deltatoken=…`,
    ]);
    for (const { outcome, counts } of [second, third]) {
      const nothing = { created: 0, updated: 0, linked: 0 };
      expect({ outcome, ...counts }).toMatchObject({ outcome: 'attention', toActiveCampaign: nothing, toDynamics: nothing, optOuts: 0 });
    }
  });
});

const withoutTime = (line: string) => line.replace(/(updated_after\]=|deltatoken=)[^&]+/, '$1…');

it('opt-outs that go by an import are sent first, and what follows is sent while the service works on them', async () => {
  const engine = await openEngine({ importDelayMs: 3_000 });
  const rows = Array.from({ length: 12 }, (_, number) => {
    const email = `${number}@example.com`;
    engine.office.subscribe(engine.office.create(email, { lastName: `Nr ${number}` }).id, 'Newsletter');
    return engine.sales.create('lead', { emailaddress1: email, lastname: `Nr ${number}` });
  });
  await engine.run();
  for (const row of rows) engine.sales.edit('lead', row, { donotbulkemail: true });
  engine.sales.edit('lead', rows[3] ?? '', { telephone1: '1' });
  for (let number = 20; number < 35; number += 1) {
    engine.sales.create('lead', { emailaddress1: `${number}@example.com`, lastname: `Nr ${number}` });
  }
  engine.activeCampaign.requests.clear();
  await engine.run();
  await engine.close();
  const steps = engine.activeCampaign.requests.requests.flatMap(({ method, path, body = '' }) => {
    if (path.endsWith('/bulk_import')) return [`${body.includes('"unsubscribe":') ? 'opt-outs' : 'newcomers'} are sent`];
    return path.endsWith('/import/info') ? ['asks after an import'] : method === 'PUT' ? ['writes the phone'] : [];
  });
  const left = engine.office.people().filter(({ lists }) => lists.Newsletter === 2);
  expect([[...new Set(steps)], left.length]).toEqual([
    ['opt-outs are sent', 'newcomers are sent', 'asks after an import', 'writes the phone'],
    12,
  ]);
});
