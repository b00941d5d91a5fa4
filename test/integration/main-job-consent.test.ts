import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Consent is a ratchet: an opt-out goes to the other side, and nothing ever takes one back. */

let engine: EngineUnderTest;
/** Of one lead who is linked and subscribed to both lists. */
let lead: string;
let id: number;

beforeEach(async () => {
  engine = await openEngine();
  lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  id = engine.office.create('ada@example.com', { lastName: 'Lovelace' }).id;
  engine.office.subscribe(id, 'Newsletter');
  engine.office.subscribe(id, 'Customers');
  await engine.run();
});
afterEach(() => engine.close());

const lists = () => engine.office.person(id)?.lists;
const optedOut = () => engine.sales.row('lead', lead)?.columns.donotbulkemail;
const told = () => engine.logged.filter(({ event }) => event === 'person.optedOut').map(({ details }) => details?.service);

describe('an opt-out in ActiveCampaign', () => {
  it('from every list opts the row out of bulk e-mail', async () => {
    engine.office.unsubscribe(id, 'Newsletter');
    engine.office.unsubscribe(id, 'Customers');
    const run = await engine.run();
    expect([optedOut(), told(), run.counts.optOuts]).toEqual([true, ['dynamics'], 1]);
  });

  it('through a campaign counts, whatever other list there is', async () => {
    engine.office.unsubscribeThroughCampaign(id, 'Newsletter');
    await engine.run();
    expect([optedOut(), lists()]).toEqual([true, { Newsletter: 2, Customers: 2 }]);
  });

  it('from one list of several is none', async () => {
    engine.office.unsubscribe(id, 'Newsletter');
    await engine.run();
    expect([optedOut(), lists()]).toEqual([false, { Newsletter: 2, Customers: 1 }]);
  });

  it('is not taken back in Dynamics when the person subscribes again', async () => {
    engine.office.unsubscribe(id, 'Newsletter');
    engine.office.unsubscribe(id, 'Customers');
    await engine.run();
    engine.office.subscribe(id, 'Newsletter');
    await engine.run();
    expect(optedOut()).toBe(true);
  });
});

it('an opt-out in Dynamics takes somebody off a list too that they are put on while it is carried over', async () => {
  await engine.close();
  let puts = (): void => undefined;
  const puttingOn =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      if (request.method === 'POST' && request.url.endsWith('/contactLists')) puts();
      return handler(request);
    };
  engine = await openEngine({ around: { activeCampaign: puttingOn } });
  lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  id = engine.office.create('ada@example.com', { lastName: 'Lovelace' }).id;
  engine.office.subscribe(id, 'Newsletter');
  await engine.run();
  engine.sales.optOut('lead', lead);
  puts = () => {
    puts = () => undefined;
    engine.office.subscribe(id, 'Customers');
  };
  await engine.run();
  expect(lists()).toEqual({ Newsletter: 2, Customers: 2 });
});

it('an opt-out in Dynamics takes a new person off a list that somebody adds while the person is made', async () => {
  await engine.close();
  const subscribing =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      const answer = await handler(request);
      const bo = request.url.endsWith('/contactTags') ? engine.office.personByEmail('bo@example.com') : null;
      if (bo !== null) engine.office.subscribe(bo.id, 'Newsletter');
      return answer;
    };
  engine = await openEngine({ around: { activeCampaign: subscribing } });
  engine.sales.create('lead', { lastname: 'Bo', emailaddress1: 'bo@example.com', donotbulkemail: true });
  await engine.run();
  expect(engine.office.personByEmail('bo@example.com')?.lists).toEqual({ Newsletter: 2 });
});

describe('an opt-out in Dynamics', () => {
  it.each(['donotbulkemail', 'donotemail'])('by %s takes the person off every list', async (column) => {
    engine.sales.edit('lead', lead, { [column]: true });
    const run = await engine.run();
    expect(lists()).toEqual({ Newsletter: 2, Customers: 2 });
    expect([told(), run.counts.optOuts]).toEqual([['activeCampaign'], 1]);
  });

  it('that is taken back subscribes nobody', async () => {
    engine.sales.optOut('lead', lead);
    await engine.run();
    engine.sales.edit('lead', lead, { donotbulkemail: false });
    await engine.run();
    await engine.run();
    expect(lists()).toEqual({ Newsletter: 2, Customers: 2 });
  });
});

describe('who has opted out', () => {
  const joining = (email: string) => {
    engine.configure((settings) => ({
      ...settings,
      dataConfiguration: {
        ...settings.dataConfiguration,
        lead: { ...settings.dataConfiguration.lead, listId: String(engine.office.listId('Newsletter')) },
      },
    }));
    return engine.sales.create('lead', { lastname: 'New', emailaddress1: email, donotbulkemail: email.startsWith('out') });
  };

  it('in Dynamics joins no list as a new person', async () => {
    joining('out@example.com');
    joining('in@example.com');
    await engine.run();
    expect(engine.office.personByEmail('out@example.com')?.lists).toEqual({});
    expect(engine.office.personByEmail('in@example.com')?.lists).toEqual({ Newsletter: 1 });
  });

  it('in ActiveCampaign is created in Dynamics as opted out, and leaves the other lists', async () => {
    const person = engine.office.create('pulled@example.com', { lastName: 'Pulled' });
    for (const list of ['Newsletter', 'Customers']) engine.office.subscribe(person.id, list);
    engine.office.unsubscribeThroughCampaign(person.id, 'Newsletter');
    for (const tag of ['D365: Lead', 'D365: Pulled from ActiveCampaign']) engine.office.addTag(person.id, tag);
    await engine.run();
    const row = [...engine.sales.rows('lead')].find(({ columns }) => columns.emailaddress1 === 'pulled@example.com');
    expect(row?.columns.donotbulkemail).toBe(true);
    expect(engine.office.person(person.id)?.lists).toEqual({ Newsletter: 2, Customers: 2 });
  });
});

it('opt-outs are written before anything else', async () => {
  engine.sales.edit('lead', lead, { firstname: 'Ada', donotbulkemail: true });
  engine.activeCampaign.requests.clear();
  await engine.run();
  const writes = engine.activeCampaign.requests.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
  expect(writes).toEqual(['POST /api/3/contactLists', 'POST /api/3/contactLists', `PUT /api/3/contacts/${id}`]);
});

it('with consent.syncOptOut off, opt-outs stay where they are', async () => {
  engine.configure((settings) => ({ ...settings, consent: { syncOptOut: false } }));
  engine.sales.optOut('lead', lead);
  await engine.run();
  expect(lists()).toEqual({ Newsletter: 1, Customers: 1 });
});

it('consent.syncOptOut that is switched on carries over the opt-outs of before, also of who waits for Global Sync', async () => {
  engine.configure((settings) => ({
    ...settings,
    consent: { syncOptOut: false },
    syncSettings: { ...settings.syncSettings, globalSync: false },
  }));
  for (const list of ['Newsletter', 'Customers']) engine.office.unsubscribe(id, list);
  engine.sales.edit('lead', lead, { firstname: 'Ada' });
  await engine.run();
  expect(optedOut()).not.toBe(true);
  engine.configure((settings) => ({ ...settings, consent: { syncOptOut: true } }));
  await engine.run();
  expect(optedOut()).toBe(true);
});
