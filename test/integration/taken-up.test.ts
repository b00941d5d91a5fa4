import { afterEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Run } from '../../main/store/runs.ts';
import { releaseHeldPlan } from '../../main/sync/held-plan.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { tagNames } from '../../shared/tags.ts';
import { openCreationThatWaits, outOfReach, sidesOf, writtenBy } from '../support/broken-off-runs.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** A run takes up what an earlier one has decided and could not write. Others have worked in between. */

let engine: EngineUnderTest;
afterEach(() => engine.close());
const sides = () => sidesOf(engine);
const written = (run: Run) => writtenBy(engine, run);

async function creationThatWaits(lost?: 'the answer'): Promise<{ readonly person: number }> {
  const waiting = await openCreationThatWaits(lost);
  engine = waiting.engine;
  return waiting;
}

describe('a creation that waits', () => {
  it('is made when nothing has changed', async () => {
    const { person } = await creationThatWaits();
    await engine.run();
    expect(sides()).toEqual({ leads: ['Lovelace'], contacts: [], links: [['lead', String(person), 'active']] });
  });

  it.each([
    { table: 'lead', leads: ['Byron'], contacts: [] },
    { table: 'contact', leads: [], contacts: ['Byron'] },
  ] as const)('gives way to a $table that somebody has made for the same address', async ({ table, leads, contacts }) => {
    const { person } = await creationThatWaits();
    engine.sales.create(table, { lastname: 'Byron', emailaddress1: 'Ada@Example.com' });
    await engine.run();
    expect(sides()).toEqual({ leads, contacts, links: [[table, String(person), 'active']] });
    expect(engine.office.person(person)?.lastName).toBe('Byron');
  });

  it('is taken for made when it was, though the row has become a contact under the same address since', async () => {
    const { person } = await creationThatWaits('the answer');
    engine.configure((settings) => ({
      ...settings,
      dataConfiguration: { ...settings.dataConfiguration, contact: { ...settings.dataConfiguration.contact, enabled: false } },
    }));
    engine.sales.qualify([...engine.sales.rows('lead')][0]?.id ?? '');
    await engine.run();
    expect(sides()).toEqual({ leads: ['Lovelace'], contacts: ['Lovelace'], links: [['lead', String(person), 'active']] });
  });

  it.each([
    ['are taken away', (person: number) => engine.office.removeTag(person, tagNames.lead)],
    ['go with the person', (person: number) => engine.office.delete(person)],
  ])('is not made any more once the tags %s', async (_how, act) => {
    const { person } = await creationThatWaits();
    act(person);
    await engine.run();
    expect(sides()).toEqual({ leads: [], contacts: [], links: [] });
  });

  it('is held when several rows have got the address', async () => {
    await creationThatWaits();
    for (const lastname of ['Byron', 'King']) engine.sales.create('lead', { lastname, emailaddress1: 'ada@example.com' });
    const run = await engine.run();
    expect(sides()).toEqual({ leads: ['Byron', 'King'], contacts: [], links: [] });
    expect(run).toMatchObject({ outcome: 'attention', counts: { toDynamics: { created: 0, linked: 0 } } });
  });
});

it('an Initial Sync that goes on knows of what was edited since it had read the first people', async () => {
  const secondPage = outOfReach(({ url }) => url.includes('id_greater'));
  engine = await openEngine({ around: { activeCampaign: secondPage.around } });
  engine.sales.create('lead', { lastname: 'Lovelace', telephone1: '1', emailaddress1: 'ada@example.com' });
  const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace' });
  for (let number = 0; number < 100; number += 1) engine.office.create(`${number}@example.com`);
  expect((await engine.run()).outcome).toBe('failed');
  engine.office.edit(id, { phone: '2' });
  secondPage.letGo();
  const run = await engine.run();
  expect(engine.office.person(id)?.phone).toBe('1');
  expect(written(run)).toContainEqual(['activeCampaign', 'phone', '"2"', '"1"']);
});

it('what was written before a refusal is told, and goes on when it is over', async () => {
  let deleted = false;
  const deletingTheTag =
    (handler: SampleHandler): SampleHandler =>
    (request) => {
      if (!deleted && request.method === 'POST' && request.url.endsWith('/contactTags')) {
        deleted = true;
        engine.office.deleteTag(tagNames.pushed);
      }
      return handler(request);
    };
  engine = await openEngine({ around: { activeCampaign: deletingTheTag } });
  engine.sales.create('lead', { lastname: 'Lovelace', telephone1: '1', emailaddress1: 'ada@example.com' });
  const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace', phone: '2' });
  const refused = await engine.run();
  expect([refused.counts.failed, engine.office.person(id)?.phone]).toEqual([1, '1']);
  expect(written(refused)).toEqual([['activeCampaign', 'phone', '"2"', '"1"']]);
  await engine.run();
  expect(sides().links).toEqual([['lead', String(id), 'active']]);
});

it('an import that waits puts nobody on a list who has got a newcomer’s address and opted out since', async () => {
  const imports = outOfReach(({ url }) => url.includes('/import/bulk_import'));
  engine = await openEngine({
    around: { activeCampaign: imports.around },
    settings: (settings) => ({
      ...settings,
      dataConfiguration: { ...settings.dataConfiguration, lead: { ...settings.dataConfiguration.lead, listId: '1' } },
    }),
  });
  for (let number = 0; number < 12; number += 1)
    engine.sales.create('lead', { lastname: `Row ${number}`, emailaddress1: `row${number}@example.com` });
  const { id } = engine.office.create('old@example.com', { firstName: 'Ada' });
  expect((await engine.run()).outcome).toBe('failed');
  engine.office.edit(id, { email: 'row3@example.com' });
  engine.office.subscribe(id, 'Customers');
  engine.office.unsubscribeThroughCampaign(id, 'Customers');
  imports.letGo();
  await engine.run();
  expect(engine.office.person(id)?.lists).toEqual({ Customers: 2 });
  expect(engine.store.links.ofPerson(activeCampaignId(id))?.entity).toBe('lead');
});

it('a row without versions that is edited while a write to it waits is planned on the edit', async () => {
  const batches = outOfReach(({ method, body = '' }) => method === 'POST' && body.includes('"telephone1":"2"'));
  engine = await openEngine({ around: { dynamics: batches.around }, dynamics: { optimisticConcurrency: false } });
  const row = engine.sales.create('lead', { lastname: 'Lovelace', telephone1: '1', emailaddress1: 'ada@example.com' });
  await engine.run();
  const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
  engine.office.edit(id, { phone: '2' });
  expect((await engine.run()).outcome).toBe('failed');
  engine.sales.edit('lead', row, { telephone1: '3' });
  batches.letGo();
  await engine.run();
  expect([engine.sales.row('lead', row)?.columns.telephone1, engine.office.person(id)?.phone]).toEqual(['3', '3']);
});

describe('what waits to be written to ActiveCampaign', () => {
  const email = 'ada@example.com';
  /** Statuses on lists, as they were asked for. */
  let listed: string[];
  let reachable: boolean;
  let lead: string;

  /** Of a lead who is in sync, and a new one; both wait for ActiveCampaign to be in reach. */
  async function writesThatWait(): Promise<void> {
    listed = [];
    reachable = true;
    engine = await openEngine({
      around: {
        activeCampaign: (handler) => async (request) => {
          if (request.method !== 'GET' && !reachable) throw new TransportError('connection-lost', 'ActiveCampaign is out of reach');
          if (request.url.includes('contactLists')) listed.push(request.body ?? '');
          return handler(request);
        },
      },
    });
    engine.configureLead(() => ({ listId: String(engine.office.listId('Newsletter')) }));
    lead = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: email });
    await engine.run();
    listed = [];
    reachable = false;
  }
  const firstName = () => engine.office.personByEmail(email)?.firstName;
  const globalSync = (on: boolean) =>
    engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: on } }));

  it('waits for Global Sync where that was switched off since, and goes over once it is on', async () => {
    await writesThatWait();
    engine.sales.edit('lead', lead, { firstname: 'Augusta' });
    expect((await engine.run()).outcome).toBe('failed');
    reachable = true;
    globalSync(false);
    await engine.run();
    expect(firstName()).toBe('Ada');
    globalSync(true);
    await engine.run();
    expect(firstName()).toBe('Augusta');
  });

  it('waits for Global Sync also where a guard held it, and it was let go after that was switched off', async () => {
    await writesThatWait();
    reachable = true;
    engine.configure((before) => ({ ...before, safety: { ...before.safety, maxUpdatesPercent: 0, minimumRecords: 1 } }));
    engine.sales.edit('lead', lead, { firstname: 'Augusta' });
    expect((await engine.run()).outcome).toBe('held');
    globalSync(false);
    releaseHeldPlan(engine.store);
    await engine.run();
    expect([firstName(), engine.store.outbox.countPending()]).toEqual(['Ada', 0]);
  });

  it('puts nobody on a list who has opted out in Dynamics since', async () => {
    await writesThatWait();
    const opting = engine.sales.create('lead', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
    engine.sales.create('lead', { lastname: 'Shelley', emailaddress1: 'mary@example.com' });
    expect((await engine.run()).outcome).toBe('failed');
    reachable = true;
    engine.sales.optOut('lead', opting);
    await engine.run();
    expect(listed.filter((body) => body.includes('"status":1')).length).toBe(1);
    expect(['grace', 'mary'].map((name) => engine.office.personByEmail(`${name}@example.com`)?.lists)).toEqual([{}, { Newsletter: 1 }]);
  });
});
