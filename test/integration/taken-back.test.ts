import { afterEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Run } from '../../main/store/runs.ts';
import { releaseHeldPlan } from '../../main/sync/held-plan.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { tagNames } from '../../shared/tags.ts';
import { openCreationThatWaits, outOfReach, sidesOf, writtenBy } from '../support/broken-off-runs.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** What an earlier run has decided and could not write, and the settings say something else since: it is taken back and planned anew. */

let engine: EngineUnderTest;
afterEach(() => engine.close());
const sides = () => sidesOf(engine);
const written = (run: Run) => writtenBy(engine, run);

async function creationThatWaits(lost?: 'the answer'): Promise<{ readonly person: number }> {
  const waiting = await openCreationThatWaits(lost);
  engine = waiting.engine;
  return waiting;
}

describe('what was committed before the settings were changed', () => {
  const email = 'ada@example.com';
  const person = () => engine.office.personByEmail(email);
  const leads = () => [...engine.sales.rows('lead')].map(({ columns }) => columns);
  const takenOut = (field: string) =>
    engine.configureLead(({ mappings }) => ({ mappings: mappings.filter(({ activeCampaign }) => activeCampaign !== field) }));
  const toActiveCampaignOnly = () => engine.configureLead(() => ({ direction: 'toActiveCampaign' }));

  /** A lead in sync with something to write to one of the services, which does not answer. */
  async function writeThatWaits(
    service: 'dynamics' | 'activeCampaign',
    edit: (ids: { readonly lead: string; readonly person: number }) => void,
    lost: 'the request' | 'the answer' = 'the request',
  ): Promise<void> {
    let reachable = true;
    const around =
      (handler: SampleHandler): SampleHandler =>
      async (request) => {
        const isWrite = request.method !== 'GET' && (service === 'activeCampaign' || (request.body ?? '').includes('If-Match'));
        if (reachable || !isWrite) return handler(request);
        if (lost === 'the answer') await handler(request);
        throw new TransportError('connection-lost', 'out of reach');
      };
    engine = await openEngine({ around: { [service]: around } });
    const lead = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', telephone1: '1', emailaddress1: email });
    await engine.run();
    edit({ lead, person: person()?.id ?? 0 });
    reachable = false;
    expect((await engine.run()).outcome).toBe('failed');
    expect(engine.store.outbox.countPending()).toBeGreaterThan(0);
    reachable = true;
  }
  const edited = ({ person: id }: { readonly person: number }) => engine.office.edit(id, { phone: '2' });

  it('is written when they are as they were', async () => {
    await writeThatWaits('dynamics', edited);
    await engine.run();
    expect(leads().map(({ telephone1 }) => telephone1)).toEqual(['2']);
  });

  it('goes to no row any more where the direction forbids it, and goes once it is allowed again', async () => {
    await writeThatWaits('dynamics', edited);
    toActiveCampaignOnly();
    await engine.run();
    expect([leads()[0]?.telephone1, engine.store.outbox.countPending()]).toEqual(['1', 0]);
    engine.configureLead(() => ({ direction: 'both' }));
    await engine.run();
    expect(leads()[0]?.telephone1).toBe('2');
  });

  it('is told where it has gone to the row without an answer', async () => {
    await writeThatWaits('dynamics', edited, 'the answer');
    toActiveCampaignOnly();
    expect(written(await engine.run())).toEqual([['dynamics', 'telephone1', '"1"', '"2"']]);
  });

  describe('and has arrived without an answer, is no edit of anybody:', () => {
    const globalSyncOff = () => engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: false } }));
    const nothing = () => undefined;

    it.each([
      ['a mapping was taken out', () => takenOut('phone'), 'Byron'],
      ['Global Sync was switched off', globalSyncOff, 'Augusta'],
    ])('what was entered in Dynamics since stays where %s', async (_what, change, inActiveCampaign) => {
      let row = '';
      const write = ({ lead }: { readonly lead: string }) => {
        row = lead;
        engine.configureLead(() => ({ conflictWinner: 'activeCampaign' }));
        engine.sales.edit('lead', lead, { firstname: 'Augusta' });
      };
      await writeThatWaits('activeCampaign', write, 'the answer');
      engine.sales.edit('lead', row, { firstname: 'Byron' });
      change();
      await engine.run();
      expect([person()?.firstName, leads()[0]?.firstname]).toEqual([inActiveCampaign, 'Byron']);
    });

    it.each([
      ['a mapping was taken out', () => takenOut('lastName')],
      ['nothing was', nothing],
    ])(
      'what was entered in ActiveCampaign since goes over where somebody has edited the rest of the row, and %s',
      async (_what, change) => {
        let ids = { lead: '', person: 0 };
        const write = (both: typeof ids) => {
          ids = both;
          engine.office.edit(both.person, { firstName: 'Augusta', phone: '2' });
        };
        await writeThatWaits('dynamics', write, 'the answer');
        engine.sales.edit('lead', ids.lead, { telephone1: '3' });
        engine.office.edit(ids.person, { firstName: 'Zoe' });
        change();
        await engine.run();
        expect([person()?.firstName, leads()[0]?.firstname, leads()[0]?.telephone1]).toEqual(['Zoe', 'Zoe', '3']);
      },
    );
  });

  it('goes to no person any more where its mapping was taken out', async () => {
    await writeThatWaits('activeCampaign', ({ lead }) => engine.sales.edit('lead', lead, { firstname: 'Augusta', telephone1: '2' }));
    takenOut('firstName');
    await engine.run();
    expect([person()?.firstName, person()?.phone]).toEqual(['Ada', '2']);
  });

  it.each([
    ['is still written where it is an opt-out', true],
    ['is not written where it is an opt-out and these are synced no more', false],
  ])('%s', async (_what, syncOptOut) => {
    await writeThatWaits('dynamics', (ids) => {
      edited(ids);
      engine.office.subscribe(ids.person, 'Newsletter');
      engine.office.unsubscribeThroughCampaign(ids.person, 'Newsletter');
    });
    toActiveCampaignOnly();
    engine.configureLead(() => ({ enabled: false }));
    engine.configure((before) => ({ ...before, consent: { syncOptOut } }));
    await engine.run();
    expect(leads().map((row) => [row.donotbulkemail, row.telephone1])).toEqual([[syncOptOut, '1']]);
  });

  it('is still written where it is an opt-out, leads are switched off, and somebody has edited the row', async () => {
    let row = '';
    await writeThatWaits('dynamics', (ids) => {
      row = ids.lead;
      engine.office.subscribe(ids.person, 'Newsletter');
      engine.office.unsubscribeThroughCampaign(ids.person, 'Newsletter');
    });
    engine.sales.edit('lead', row, { telephone1: '3' });
    engine.configureLead(() => ({ enabled: false }));
    await engine.run();
    expect(leads().map(({ donotbulkemail, telephone1 }) => [donotbulkemail, telephone1])).toEqual([[true, '3']]);
  });

  it('is created nowhere where the direction forbids it', async () => {
    await creationThatWaits();
    toActiveCampaignOnly();
    await engine.run();
    expect(sides()).toEqual({ leads: [], contacts: [], links: [] });
  });

  it('is created once, under the new settings, where these allow it', async () => {
    const { person: id } = await creationThatWaits();
    takenOut('firstName');
    await engine.run();
    expect(leads().map(({ firstname, lastname }) => [firstname ?? null, lastname])).toEqual([[null, 'Lovelace']]);
    expect(sides().links).toEqual([['lead', String(id), 'active']]);
  });

  it.each([
    ['the direction was changed', toActiveCampaignOnly],
    ['a mapping was taken out', () => takenOut('firstName')],
    ['leads were switched off', () => engine.configureLead(() => ({ enabled: false }))],
  ])('stays created and linked where only the answer never came, and %s', async (_what, change) => {
    const { person: id } = await creationThatWaits('the answer');
    change();
    const run = await engine.run();
    expect(sides()).toEqual({ leads: ['Lovelace'], contacts: [], links: [['lead', String(id), 'active']] });
    expect(run.counts.toDynamics.created).toBe(1);
    expect(written(run)).toContainEqual(['dynamics', 'lastname', 'null', '"Lovelace"']);
  });

  let takesImports: boolean;
  /** A lead is created in ActiveCampaign, and the run breaks off after this many tags. @param list that it was to join. */
  async function personWithTags(given: number, list: string | null = null): Promise<{ readonly lead: string }> {
    let tags = 0;
    takesImports = true;
    const around =
      (handler: SampleHandler): SampleHandler =>
      async (request) => {
        if (!takesImports && request.url.includes('/import/bulk_import')) throw new TransportError('connection-lost', 'out of reach');
        const answer = await handler(request);
        if (request.method === 'POST' && request.url.endsWith('/contactTags')) tags += 1;
        if (tags >= given) throw new TransportError('connection-lost', 'out of reach');
        return answer;
      };
    engine = await openEngine({ around: { activeCampaign: around } });
    if (list !== null) namesList(list);
    const lead = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: email });
    expect((await engine.run()).outcome).toBe('failed');
    tags = Number.NEGATIVE_INFINITY;
    return { lead };
  }
  const namesList = (list: string | null) =>
    engine.configureLead(() => ({ listId: list === null ? null : String(engine.office.listId(list)) }));
  const globalSyncOff = () => engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: false } }));

  it.each([
    ['a mapping was taken out', () => takenOut('firstName')],
    ['Global Sync was switched off', globalSyncOff],
  ])('stays the person who was created without an answer, where %s', async (_what, change) => {
    await personWithTags(2);
    change();
    const run = await engine.run();
    expect(run.counts.toActiveCampaign.created).toBe(1);
    expect(written(run)).toContainEqual(['activeCampaign', 'lastName', 'null', '"Lovelace"']);
    expect(sides().links).toEqual([['lead', String(person()?.id), 'active']]);
  });

  it('is told of a person who was half created, and who is joined under the new settings', async () => {
    await personWithTags(1);
    takenOut('firstName');
    const run = await engine.run();
    expect(written(run)).toContainEqual(['activeCampaign', 'lastName', 'null', '"Lovelace"']);
    expect(person()?.tags).toEqual(expect.arrayContaining([tagNames.lead, tagNames.pushed]));
    expect(sides().links).toEqual([['lead', String(person()?.id), 'active']]);
  });

  describe('leaves a half-made pair', () => {
    const globalSyncOn = () => engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: true } }));
    const topicChanged = () => engine.configureLead(() => ({ topicTemplate: 'From ActiveCampaign: {name}' }));
    const linked = () => [['lead', String(person()?.id), 'active']];
    const isWriteToPerson = ({ method, url }: Parameters<SampleHandler>[0]) => method !== 'GET' && url.includes('/contact');

    /** A person and a lead meet, the row is written, and ActiveCampaign refuses every write until it is let go. */
    async function rowWrittenOnly(): Promise<{ readonly lead: string; readonly id: number; readonly letGo: () => void }> {
      const writes = outOfReach(isWriteToPerson);
      engine = await openEngine({ around: { activeCampaign: writes.around } });
      const lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email });
      const { id } = engine.office.create(email, { firstName: 'Ada', lastName: 'Lovelace' });
      expect((await engine.run()).outcome).toBe('failed');
      expect(leads().map(({ firstname }) => firstname)).toEqual(['Ada']);
      return { lead, id, letGo: writes.letGo };
    }
    const names = () => [person()?.firstName, person()?.lastName, leads()[0]?.firstname, leads()[0]?.lastname];

    it.each([
      ['it does not meet for the first time', { firstName: 'Zoe' }, ['Zoe', 'Lovelace', 'Zoe', 'Lovelace']],
      ['also where both sides had the same', { lastName: 'King' }, ['Ada', 'King', 'Ada', 'King']],
    ])('of which an edit in ActiveCampaign goes over: %s', async (_what, edit, expected) => {
      const { id, letGo } = await rowWrittenOnly();
      engine.office.edit(id, edit);
      letGo();
      topicChanged();
      await engine.run();
      expect([names(), sides().links]).toEqual([expected, linked()]);
    });

    it('of which an edit in Dynamics goes over where ActiveCampaign wins conflicts', async () => {
      const { lead, letGo } = await rowWrittenOnly();
      engine.sales.edit('lead', lead, { firstname: 'Zoe' });
      letGo();
      engine.configureLead(() => ({ conflictWinner: 'activeCampaign' }));
      await engine.run();
      expect(names()).toEqual(['Zoe', 'Lovelace', 'Zoe', 'Lovelace']);
    });

    it('of which an edit goes over once Global Sync is on again', async () => {
      const { id, letGo } = await rowWrittenOnly();
      letGo();
      globalSyncOff();
      await engine.run();
      expect(sides().links).toEqual([]);
      engine.office.edit(id, { firstName: 'Zoe' });
      await engine.run();
      globalSyncOn();
      await engine.run();
      expect([names(), sides().links]).toEqual([['Zoe', 'Lovelace', 'Zoe', 'Lovelace'], linked()]);
    });

    it('of which an edit goes over that is made when the pair is linked, whatever has not changed since', async () => {
      const { id, letGo } = await rowWrittenOnly();
      letGo();
      topicChanged();
      await engine.run();
      engine.office.edit(id, { firstName: 'Zoe' });
      await engine.run();
      expect([names(), engine.store.halfMade.page(0, 10)]).toEqual([['Zoe', 'Lovelace', 'Zoe', 'Lovelace'], []]);
    });

    it('of which an edit goes over though the settings are changed twice before it is linked', async () => {
      const { id } = await rowWrittenOnly();
      topicChanged();
      expect((await engine.run()).outcome).toBe('failed');
      engine.office.edit(id, { firstName: 'Zoe' });
      takenOut('phone');
      expect((await engine.run()).outcome).toBe('failed');
      expect([leads()[0]?.firstname, person()?.firstName]).toEqual(['Zoe', 'Zoe']);
    });

    it('of which options that are paired otherwise since are nobody’s edit, and another field’s edit still is one', async () => {
      const writes = outOfReach(isWriteToPerson);
      engine = await openEngine({ around: { activeCampaign: writes.around } });
      const field = `field:${engine.office.fieldId('Preferred products')}`;
      const pair = (first: string, second: string) =>
        engine.configureLead(({ mappings }) => ({
          mappings: [
            ...mappings.filter(({ dynamics }) => dynamics !== 'new_interests'),
            {
              dynamics: 'new_interests',
              activeCampaign: field,
              direction: 'both',
              options: [
                { dynamics: 1, activeCampaign: first },
                { dynamics: 2, activeCampaign: second },
              ],
            },
          ],
        }));
      pair('Training', 'Spare parts');
      engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email });
      const { id } = engine.office.create(email, { firstName: 'Ada', fields: { 'Preferred products': '||Training||' } });
      expect((await engine.run()).outcome).toBe('failed');
      expect(leads()[0]?.new_interests).toBe('1');
      pair('Spare parts', 'Training');
      engine.office.edit(id, { firstName: 'Zoe' });
      writes.letGo();
      await engine.run();
      expect([leads()[0]?.firstname, leads()[0]?.new_interests]).toEqual(['Zoe', '1']);
    });

    it.each([
      ['one tag', 1, () => takenOut('firstName'), 'Newsletter', { Newsletter: 1 }],
      ['both tags', 2, () => takenOut('firstName'), 'Newsletter', { Newsletter: 1 }],
      ['one tag, and the settings name another list', 1, () => namesList('Customers'), 'Newsletter', { Customers: 1 }],
      ['both tags, and the settings name another list', 2, () => namesList('Customers'), 'Newsletter', { Customers: 1 }],
      ['one tag, and the settings name no list any more', 1, () => namesList(null), 'Newsletter', {}],
      ['both tags, and the settings name no list any more', 2, () => namesList(null), 'Newsletter', {}],
    ])('whose person joins the list for new people that there is now, after %s', async (_what, tags, change, list, lists) => {
      await personWithTags(tags, list);
      change();
      await engine.run();
      expect([person()?.lists, sides().links]).toEqual([lists, linked()]);
      expect(person()?.tags).toEqual(expect.arrayContaining([tagNames.lead, tagNames.pushed]));
    });

    it.each([1, 2])('whose person joins the list once Global Sync is on again, after %i of the tags', async (tags) => {
      await personWithTags(tags, 'Newsletter');
      globalSyncOff();
      await engine.run();
      expect(person()?.lists).toEqual({});
      globalSyncOn();
      await engine.run();
      expect([person()?.lists, sides().links]).toEqual([{ Newsletter: 1 }, linked()]);
    });

    it('whose person joins the list where they were edited since', async () => {
      await personWithTags(1, 'Newsletter');
      globalSyncOff();
      await engine.run();
      engine.office.edit(person()?.id ?? 0, { firstName: 'Zoe' });
      globalSyncOn();
      await engine.run();
      expect([person()?.lists, leads()[0]?.firstname]).toEqual([{ Newsletter: 1 }, 'Zoe']);
    });

    const leaves = (list: string) => () => {
      engine.office.subscribe(person()?.id ?? 0, list);
      engine.office.unsubscribe(person()?.id ?? 0, list);
    };
    const staysOnAnother = () => {
      engine.office.subscribe(person()?.id ?? 0, 'Customers');
      leaves('Newsletter')();
    };
    const optsOut = (lead: string) => engine.sales.optOut('lead', lead);
    const optOuts = [
      ['they have left it', leaves('Newsletter'), { Newsletter: 2 }],
      ['they have left it, and are on another one', staysOnAnother, { Newsletter: 2, Customers: 1 }],
      ['they have left another one', leaves('Customers'), { Customers: 2 }],
      ['the row has opted out', optsOut, {}],
    ] as const;

    it.each([1, 2].flatMap((tags) => optOuts.map(([what, act, lists]) => ({ tags, what, act, lists }))))(
      'whose person joins no list after $tags of the tags where $what',
      async ({ tags, act, lists }) => {
        const { lead } = await personWithTags(tags, 'Newsletter');
        act(lead);
        takenOut('firstName');
        await engine.run();
        expect([person()?.lists, sides().links]).toEqual([lists, linked()]);
      },
    );

    it('whose person joins no list by an import that is taken up, where they have opted out since it was planned', async () => {
      await personWithTags(1, 'Newsletter');
      for (let number = 0; number < 12; number += 1)
        engine.sales.create('lead', { lastname: `Row ${number}`, emailaddress1: `row${number}@example.com` });
      takenOut('firstName');
      takesImports = false;
      expect((await engine.run()).outcome).toBe('failed');
      leaves('Customers')();
      takesImports = true;
      await engine.run();
      expect([person()?.lists, engine.office.personByEmail('row3@example.com')?.lists]).toEqual([{ Customers: 2 }, { Newsletter: 1 }]);
      expect(engine.store.links.ofPerson(activeCampaignId(person()?.id ?? 0))?.state).toBe('active');
    });

    it.each(optOuts)('whose person joins no list once Global Sync is on again where %s meanwhile', async (_what, act, lists) => {
      const { lead } = await personWithTags(2, 'Newsletter');
      globalSyncOff();
      await engine.run();
      act(lead);
      globalSyncOn();
      await engine.run();
      expect([person()?.lists, sides().links]).toEqual([lists, linked()]);
    });
  });

  it('is judged anew by the guards where one of them held it, and it was let go', async () => {
    await writeThatWaits('dynamics', edited);
    await engine.run();
    engine.configure((before) => ({ ...before, safety: { ...before.safety, maxUpdatesPercent: 0, minimumRecords: 1 } }));
    engine.office.edit(person()?.id ?? 0, { firstName: 'Augusta', phone: '3' });
    expect((await engine.run()).outcome).toBe('held');
    takenOut('firstName');
    releaseHeldPlan(engine.store);
    expect((await engine.run()).outcome).toBe('held');
    expect(leads().map(({ firstname, telephone1 }) => [firstname, telephone1])).toEqual([['Ada', '2']]);
    releaseHeldPlan(engine.store);
    await engine.run();
    expect(leads().map(({ firstname, telephone1 }) => [firstname, telephone1])).toEqual([['Ada', '3']]);
  });
});

describe('an import that is under way when the settings are changed, and longer than a run follows it,', () => {
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  const address = (number: number) => `row${number}@example.com`;
  const rows = () => [...engine.sales.rows('lead')];
  const phones = () => new Set(rows().map(({ columns }) => columns.telephone1));
  const globalSyncOff = () => engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: false } }));
  const minuteMs = 60_000;
  let status: 'active' | 'interrupted' | null;
  let interruptedAt: number;
  let imports: string[];
  let writesRows: boolean;
  /** The service knows of no end of an import, and shows nobody of it. */
  let isHidden: boolean;

  async function twelveLeads(): Promise<void> {
    status = null;
    interruptedAt = Number.POSITIVE_INFINITY;
    imports = [];
    writesRows = true;
    isHidden = false;
    const answer = (body: unknown) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    engine = await openEngine({
      around: {
        dynamics: (handler) => async (request) => {
          if (!writesRows && request.body?.includes('If-Match')) throw new TransportError('connection-lost', 'out of reach');
          return handler(request);
        },
        activeCampaign: (handler) => async (request) => {
          if (engine.clock.now() >= interruptedAt) status = 'interrupted';
          if (isHidden && request.url.includes('/import/info')) return answer({ status: 'active', success: [], failure: [] });
          if (isHidden && request.url.includes('/contacts?')) return answer({ contacts: [], meta: { total: '0' } });
          if (request.url.includes('/import/info') && status !== null) return answer({ status, success: [], failure: [] });
          if (!request.url.endsWith('/bulk_import')) return handler(request);
          imports.push(request.body ?? '');
          if (status === null) return handler(request);
          return answer({ Success: 1, queued_contacts: numbers.length, batchId: 'slow', message: 'Contact import queued' });
        },
      },
    });
    for (const number of numbers)
      engine.sales.create('lead', { firstname: 'Ada', lastname: `Row ${number}`, telephone1: '1', emailaddress1: address(number) });
  }

  it('is not sent once more as it was where it fails in the end', async () => {
    await twelveLeads();
    status = 'active';
    await engine.run();
    engine.configureLead(({ mappings }) => ({ mappings: mappings.filter(({ activeCampaign }) => activeCampaign !== 'firstName') }));
    await engine.run();
    expect([imports.length, engine.store.outbox.countPending()]).toEqual([1, 12]);
    status = 'interrupted';
    await engine.run();
    status = null;
    await engine.run();
    expect(numbers.map((number) => engine.office.personByEmail(address(number))?.firstName)).toEqual(numbers.map(() => ''));
  });

  it('is not sent once more while Global Sync is off', async () => {
    await twelveLeads();
    status = 'active';
    await engine.run();
    globalSyncOff();
    // An hour lies between two runs; this one follows it twice, for twenty minutes each.
    interruptedAt = engine.clock.now() + 90 * minuteMs;
    await engine.run();
    expect([status, imports.length, engine.store.outbox.countPending()]).toEqual(['interrupted', 1, 0]);
  });

  it('changes no row where options were paired otherwise since: nobody has touched what it has brought', async () => {
    await twelveLeads();
    const field = `field:${engine.office.fieldId('Preferred products')}`;
    const pair = (first: string, second: string) =>
      engine.configureLead(() => ({
        mappings: [
          { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
          {
            dynamics: 'new_interests',
            activeCampaign: field,
            direction: 'both',
            options: [
              { dynamics: 1, activeCampaign: first },
              { dynamics: 2, activeCampaign: second },
            ],
          },
        ],
      }));
    for (const { id } of rows()) engine.sales.edit('lead', id, { new_interests: '1' });
    isHidden = true;
    pair('Training', 'Spare parts');
    await engine.run();
    pair('Spare parts', 'Training');
    await engine.run();
    expect(engine.store.outbox.countPending()).toBe(12);
    isHidden = false;
    await engine.run();
    const products = numbers.map((number) => engine.office.personByEmail(address(number))?.fields['Preferred products']);
    expect([new Set(rows().map(({ columns }) => columns.new_interests)), new Set(products)]).toEqual([
      new Set(['1']),
      new Set(['||Spare parts||']),
    ]);
  });

  it('keeps nothing else that waits for the same people from being taken back', async () => {
    await twelveLeads();
    await engine.run();
    for (const { id, columns } of rows()) {
      const person = engine.office.personByEmail(String(columns.emailaddress1))?.id ?? 0;
      engine.office.subscribe(person, 'Newsletter');
      engine.office.edit(person, { phone: '2' });
      engine.sales.optOut('lead', id);
    }
    engine.configure((before) => ({ ...before, safety: { ...before.safety, maxUpdatesPercent: 100, maxOptOutsPercent: 100 } }));
    status = 'active';
    writesRows = false;
    expect((await engine.run()).outcome).toBe('failed');
    writesRows = true;
    engine.configureLead(() => ({ direction: 'toActiveCampaign' }));
    await engine.run();
    expect([phones(), engine.store.outbox.countPending()]).toEqual([new Set(['1']), 12]);
  });
});
