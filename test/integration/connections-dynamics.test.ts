import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runChecklist } from '../../main/connections/checklist.ts';
import { type DynamicsCheckOptions, dynamicsChecks } from '../../main/connections/dynamics/check.ts';
import { createDynamicsClient, type DynamicsClientOptions } from '../../main/connections/dynamics/client.ts';
import type { AccessTokens } from '../../main/connections/dynamics/requests.ts';
import type { ChangePage, DynamicsClient, DynamicsWrite, DynamicsWriteResult, RowPage } from '../../main/connections/dynamics/types.ts';
import type { HttpResponse } from '../../main/connections/http/transport.ts';
import { createApplicationSignIn } from '../../main/connections/signin/application-sign-in.ts';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { organizationId, users, views } from '../../main/demo/dynamics/environment.ts';
import { createSampleDynamics, type SampleDynamics } from '../../main/demo/dynamics/service.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import { sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import { createSampleEntra } from '../../main/demo/entra/service.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Mapping } from '../../shared/settings.ts';
import { type FaultPlan, faultsAt, htmlFault, statusFault, throttledFault, withFaults } from '../sample-services/faults.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Connected, connect } from './connections-under-test.ts';

const data = createDataSet(11, { leads: 60, contacts: 40, people: 5 });
/** Tokens are good by this machine's clock, since MSAL reads no other. */
const serviceClock = fakeClock(Date.now());
const sampleEntra = createSampleEntra({ clock: serviceClock, random: systemRandom });

let connected: Connected;
let entra: Connected;
let sample: SampleDynamics;
let client: DynamicsClient;
let tokens: AccessTokens;

interface Start {
  readonly variant?: Partial<DynamicsVariant>;
  readonly around?: (handler: SampleHandler) => SampleHandler;
  readonly pageSize?: number;
}

async function start({ variant = {}, around = (handler) => handler, pageSize = 5_000 }: Start = {}): Promise<void> {
  sample = createSampleDynamics({
    store: createMemoryStore(),
    clock: serviceClock,
    random: seededRandom(5),
    verifyToken: sampleEntra.verifyToken,
    data,
    variant,
  });
  connected = await connect(around(sample.handle));
  entra = await connect(sampleEntra.handle);
  tokens = createApplicationSignIn({
    tenantId: sampleDirectory.tenantId,
    clientId: sampleApplication.clientId,
    clientSecret: sampleApplication.secret,
    environmentUrl: connected.server.url,
    entraUrl: entra.server.url,
    networkTransport: entra.ports.transport,
    clock: entra.clock,
    random: entra.ports.random,
  });
  client = createDynamicsClient(clientOptions(pageSize));
}

function clientOptions(pageSize = 5_000): DynamicsClientOptions {
  return { ...connected.ports, environmentUrl: `${connected.server.url}/`, tokens, pageSize };
}

async function restart(options: Start): Promise<void> {
  await stop();
  await start(options);
}

async function stop(): Promise<void> {
  await connected.server.close();
  await entra.server.close();
}

async function all<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const read: Page[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

const idsOf = (pages: readonly (RowPage | ChangePage)[]) => pages.flatMap((page) => page.rows.map((row) => row.id));

function leadId(index: number): DynamicsId {
  const lead = data.leads[index];
  if (lead === undefined) throw new Error('the data set has no such lead');
  return lead.id;
}

function create(number: number, columns: DynamicsWrite['columns'] = {}): DynamicsWrite {
  const id = dynamicsId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  return { kind: 'create', entity: 'lead', id, columns: { lastname: `Person ${number}`, ...columns }, returning: ['lastname'] };
}

function outcome(result: DynamicsWriteResult): string {
  switch (result.kind) {
    case 'done':
    case 'unanswered':
      return result.kind;
    case 'refused':
      return result.error.code;
  }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

beforeEach(() => start());
afterEach(stop);

describe('change tracking', () => {
  test('the first load brings every row over all pages, and the delta link comes with the last one', async () => {
    await restart({ pageSize: 25 });
    const pages = await all(client.changes('lead', ['lastname', 'emailaddress1'], null));
    expect(pages.map(({ rows, last, deltaLink }) => [rows.length, last, deltaLink === null])).toEqual([
      [25, false, true],
      [25, false, true],
      [10, true, false],
    ]);
    expect(new Set(idsOf(pages))).toEqual(new Set(data.leads.map(({ id }) => id)));
    expect(pages.map(({ serverTime }) => serverTime)).toEqual(Array(3).fill(Math.floor(serviceClock.now() / 1_000) * 1_000));
  });

  test('afterwards only what changed and what was deleted', async () => {
    const [first] = await all(client.changes('lead', ['lastname'], null));
    sample.salesPeople.edit('lead', leadId(3), { lastname: 'Changed' });
    sample.salesPeople.delete('lead', leadId(4));
    const pages = await all(client.changes('lead', ['lastname'], first?.deltaLink ?? null));
    const [again] = await all(client.changes('lead', ['lastname'], pages.at(-1)?.deltaLink ?? null));
    expect(pages.map(({ rows, deleted }) => ({ rows: rows.map(({ id, columns }) => [id, columns.lastname]), deleted }))).toEqual([
      { rows: [[leadId(3), 'Changed']], deleted: [leadId(4)] },
    ]);
    expect(again).toMatchObject({ rows: [], deleted: [], last: true });
  });

  test('the page size goes with each page of the changes too', async () => {
    await restart({ pageSize: 10 });
    const first = await all(client.changes('lead', ['lastname'], null));
    for (let index = 0; index < 25; index += 1) sample.salesPeople.edit('lead', leadId(index), { lastname: `Changed ${index}` });
    const pages = await all(client.changes('lead', ['lastname'], first.at(-1)?.deltaLink ?? null));
    expect(pages.map(({ rows }) => rows.length)).toEqual([10, 10, 5]);
  });

  test.each([400, 410] as const)(
    'an expired delta link is told from everything else, whatever its status (%i)',
    async (expiredTokenStatus) => {
      await restart({ variant: { expiredTokenStatus } });
      const [first] = await all(client.changes('lead', ['lastname'], null));
      sample.expireChangeTracking('lead');
      await expect(all(client.changes('lead', ['lastname'], first?.deltaLink ?? null))).rejects.toMatchObject({
        code: 'cursor-expired',
        details: { serviceCode: '0x80044352', status: expiredTokenStatus },
      });
    },
  );

  test('a delta link of another address is not followed: everything is read again', async () => {
    await expect(all(client.changes('lead', ['lastname'], 'https://evil.example/api/data/v9.2/leads?$deltatoken=1'))).rejects.toMatchObject(
      {
        code: 'cursor-expired',
      },
    );
    expect(connected.log.requests).toEqual([]);
  });

  test('a link to another host is not followed, and no token leaves', async () => {
    await restart({
      pageSize: 10,
      around: (handler) => async (request) => {
        const response = await handler(request);
        return { ...response, body: response.body.replace(/"@odata.nextLink":"[^"]*"/, '"@odata.nextLink":"https://evil.example/next"') };
      },
    });
    await expect(all(client.changes('lead', ['lastname'], null))).rejects.toMatchObject({ code: 'not-the-service' });
  });

  test('where it is off, or the user may not read the whole organisation, that is what is said', async () => {
    await restart({ variant: { contactChangeTracking: false } });
    await expect(all(client.changes('contact', ['lastname'], null))).rejects.toMatchObject({ code: 'not-available' });
    await restart({ variant: { organizationLevelRead: false } });
    await expect(all(client.changes('lead', ['lastname'], null))).rejects.toMatchObject({ code: 'no-right' });
  });
});

describe('queries', () => {
  test('filter, order and pages; literals arrive as they are meant', async () => {
    await restart({ pageSize: 10 });
    sample.salesPeople.edit('lead', leadId(0), { emailaddress1: "o'brien+news@example.com" });
    const filtered = await all(client.rows('lead', { select: ['emailaddress1'], filter: "emailaddress1 eq 'o''brien+news@example.com'" }));
    const ordered = await all(client.rows('lead', { select: ['createdon'], orderBy: 'createdon asc,leadid asc' }));
    const top = await all(client.rows('lead', { select: ['createdon'], top: 3 }));
    expect(idsOf(filtered)).toEqual([leadId(0)]);
    expect(ordered.map(({ rows }) => rows.length)).toEqual([10, 10, 10, 10, 10, 10]);
    expect(new Set(idsOf(ordered)).size).toBe(60);
    expect(idsOf(top)).toHaveLength(3);
  });

  test('an address that is too long for a GET travels inside a batch', async () => {
    const emails = Array.from({ length: 1_000 }, (_, index) => `"someone.with.a.long.address.${index}@example.com"`);
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='emailaddress1',PropertyValues=[${emails.join(',')}])`;
    expect(idsOf(await all(client.rows('lead', { select: ['emailaddress1'], filter })))).toEqual([]);
    expect(connected.log.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/data/v9.2/$batch']);
  });

  test('the rows of a view come over all pages, each once', async () => {
    await restart({ pageSize: 7 });
    const system = await client.views('lead');
    const view = system.find(({ id }) => id === views.allLeads);
    const pages = await all(client.rowsByFetchXml('lead', view?.fetchXml ?? ''));
    expect(pages.length).toBeGreaterThan(5);
    expect(idsOf(pages).toSorted()).toEqual(data.leads.map(({ id }) => id).toSorted());
  });

  test('a view without a query is refused with a way out', async () => {
    await expect(all(client.rowsByFetchXml('lead', '<savedquery/>'))).rejects.toMatchObject({ code: 'refused-value' });
  });

  test('views are the list views of the system and the user, without lookups', async () => {
    const ids = (await client.views('lead')).map(({ id, type }) => `${type} ${id}`);
    expect(ids.toSorted()).toEqual(
      [
        `personal ${views.myHotLeads}`,
        `system ${views.allLeads}`,
        `system ${views.leadsFromNorway}`,
        `system ${views.openLeads}`,
      ].toSorted(),
    );
  });

  test('counts', async () => {
    sample.salesPeople.edit('lead', leadId(0), { lastname: 'Counted' });
    sample.salesPeople.edit('lead', leadId(1), { lastname: 'Counted' });
    const first = await client.firstRows('lead', { select: ['lastname'], filter: "lastname eq 'Counted'", orderBy: 'leadid', top: 1 });
    expect([first.count, first.exact, first.rows.map(({ columns }) => columns.lastname)]).toEqual([2, true, ['Counted']]);
  });

  test('counts a view; one that is limited to its first rows as it stands', async () => {
    const counted = (name: string, attributes = '') => {
      const filter = `<filter><condition attribute="lastname" operator="eq" value="${name}" /></filter>`;
      const view = `<fetch ${attributes}><entity name="lead"><attribute name="leadid" />${filter}</entity></fetch>`;
      return client.firstRowsByFetchXml('lead', view, 1);
    };
    for (const index of [2, 3, 4]) sample.salesPeople.edit('lead', leadId(index), { lastname: 'Viewed' });
    const whole = await counted('Viewed', 'count="50" page="3"');
    const limited = await counted('Viewed', 'top="2"');
    expect([whole.count, whole.exact, whole.rows.length]).toEqual([3, true, 1]);
    expect([limited.count, limited.exact, limited.rows.length]).toEqual([2, true, 1]);
  });

  test('rows by id: one that does not exist is left out', async () => {
    const rows = await client.rowsById('lead', [leadId(5), create(1).id, leadId(6)], ['lastname']);
    expect(rows.map(({ id }) => id)).toEqual([leadId(5), leadId(6)]);
  });
});

describe('the definition of a table', () => {
  test('is read with one request, and describes each kind of column', async () => {
    const table = await client.table('lead');
    expect(connected.counted).toHaveLength(1);
    const column = (name: string) => table.columns.find((each) => each.name === name);
    expect({ ...table, columns: [] }).toEqual({
      entity: 'lead',
      entitySetName: 'leads',
      changeTracking: true,
      optimisticConcurrency: true,
      columns: [],
    });
    expect(column('emailaddress1')).toMatchObject({
      type: { kind: 'text', maxLength: 100 },
      readable: true,
      creatable: true,
      updatable: true,
    });
    expect(column('description')).toMatchObject({ type: { kind: 'multilineText', maxLength: 2_000 } });
    expect(column('donotbulkemail')).toMatchObject({ type: { kind: 'twoOptions', trueLabel: 'Do Not Allow', falseLabel: 'Allow' } });
    expect(column('fullname')).toMatchObject({ creatable: false, updatable: false });
    expect(new Set(table.columns.map(({ type }) => type.kind))).toEqual(
      new Set([
        'text',
        'multilineText',
        'wholeNumber',
        'bigInteger',
        'decimal',
        'float',
        'money',
        'twoOptions',
        'dateTime',
        'choice',
        'choices',
        'lookup',
      ]),
    );
    expect(table.columns.filter(({ name }) => name.endsWith('_base') || name.endsWith('name_virtual'))).toEqual([]);
    expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
  });

  test('an environment without the Sales app has no leads', async () => {
    await restart({ variant: { leadTable: false } });
    await expect(client.table('lead')).rejects.toMatchObject({ code: 'not-available' });
  });
});

describe('writing', () => {
  test('creates and updates in order, and answers the row as it is afterwards', async () => {
    const [row] = await client.rowsById('lead', [leadId(0)], ['lastname']);
    const update: DynamicsWrite = {
      kind: 'update',
      entity: 'lead',
      id: leadId(0),
      etag: row?.etag ?? null,
      columns: { lastname: "D'Arc ✓" },
      returning: ['lastname'],
    };
    const results = await client.write([create(1), update, create(2)]);
    expect(results.map((result) => (result.kind === 'done' ? result.row?.columns.lastname : result))).toEqual([
      'Person 1',
      "D'Arc ✓",
      'Person 2',
    ]);
    const [, updated] = results;
    const [read] = await client.rowsById('lead', [leadId(0)], ['lastname']);
    expect(updated?.kind === 'done' ? updated.row?.etag : null).toBe(read?.etag);
  });

  test('a row version that moved, a row that is gone and a key that is taken are told apart, and stop nobody else', async () => {
    const [row] = await client.rowsById('lead', [leadId(0)], ['lastname']);
    sample.salesPeople.edit('lead', leadId(0), { lastname: 'Somebody was faster' });
    sample.salesPeople.delete('lead', leadId(1));
    const update = (id: DynamicsId, etag: string | null): DynamicsWrite => ({
      kind: 'update',
      entity: 'lead',
      id,
      etag,
      columns: { lastname: 'Mine' },
      returning: [],
    });
    const results = await client.write([
      update(leadId(0), row?.etag ?? null),
      update(leadId(1), null),
      { ...create(1), id: leadId(2) },
      create(3, { emailaddress1: `${'x'.repeat(200)}@example.com` }),
      create(4),
    ]);
    expect(results.map(outcome)).toEqual(['changed-meanwhile', 'not-found', 'already-exists', 'refused-value', 'done']);
    expect(sample.salesPeople.row('lead', leadId(1))).toBeNull();
    expect(sample.salesPeople.row('lead', leadId(0))?.columns.lastname).toBe('Somebody was faster');
  });

  test('batches grow while the service is quick', async () => {
    await client.write(Array.from({ length: 150 }, (_, index) => create(index)));
    const sizes = connected.log.requests.map(({ body }) => body?.match(/^PATCH /gm)?.length);
    expect(sizes).toEqual([20, 40, 80, 10]);
  });

  test('a creation whose answer was lost is sent again and found to be done, never doubled', async () => {
    await restart({ around: (handler) => withFaults(handler, faultsAt({ 1: { kind: 'lost', when: 'after' } }), serviceClock) });
    const results = await client.write([create(1), create(2)]);
    expect(results.map(outcome)).toEqual(['already-exists', 'already-exists']);
    expect(sample.salesPeople.count('lead')).toBe(62);
  });

  test('parts whose answers were cut off are sent again', async () => {
    await restart({ around: (handler) => withFaults(handler, faultsAt({ 1: { kind: 'half' } }), serviceClock) });
    const results = await client.write(Array.from({ length: 10 }, (_, index) => create(index)));
    const outcomes = results.map(outcome);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'already-exists']));
    expect(outcomes.toSorted((a, b) => b.localeCompare(a))).toEqual(outcomes);
    expect(sample.salesPeople.count('lead')).toBe(70);
  });

  test('parts that were throttled inside a batch are sent again after the pause, in smaller batches', async () => {
    let rounds = 0;
    await restart({
      around: (handler) => async (request) => {
        const response = await handler(request);
        rounds += 1;
        if (rounds > 1) return response;
        // Every second part of the first batch is answered with 429, although it was carried out.
        let part = 0;
        return {
          ...response,
          body: response.body.replace(/HTTP\/1\.1 201 Created/g, (status) => {
            part += 1;
            return part % 2 === 0 ? 'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 40' : status;
          }),
        };
      },
    });
    const results = await client.write(Array.from({ length: 30 }, (_, index) => create(index)));
    expect(results.map(outcome).filter((each) => each === 'done')).toHaveLength(20);
    expect(results.map(outcome).filter((each) => each === 'already-exists')).toHaveLength(10);
    expect(connected.log.requests.map(({ body }) => body?.match(/^PATCH /gm)?.length)).toEqual([20, 10, 10]);
    expect(connected.clock.sleeps[0]).toBeGreaterThanOrEqual(40_000);
  });

  test('when the service goes down on the way, what was answered is kept and the rest is unanswered', async () => {
    const plan: FaultPlan = (_, number) => (number === 1 ? null : statusFault(503));
    await restart({ around: (handler) => withFaults(handler, plan, serviceClock) });
    const results = await client.write(Array.from({ length: 30 }, (_, index) => create(index)));
    expect(results.map(outcome)).toEqual([...Array<string>(20).fill('done'), ...Array<string>(10).fill('unanswered')]);
  });

  test('when it was never there, that is an error', async () => {
    await restart({ around: (handler) => withFaults(handler, () => statusFault(503), serviceClock) });
    await expect(client.write([create(1)])).rejects.toMatchObject({ code: 'service-down', details: { status: 503 } });
  });
});

describe('the sign-in', () => {
  test('a token that was revoked is renewed once, and the request goes on', async () => {
    let refusals = 1;
    await restart({
      around: (handler) => (request) =>
        refusals-- > 0
          ? Promise.resolve(json(401, { error: { code: '0x80040220', message: 'Authorization Required' } }))
          : handler(request),
    });
    expect(await client.whoAmI()).toEqual({ organizationId, userId: users.application });
    expect(connected.counted).toHaveLength(2);
    expect(entra.log.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(2);
  });

  test('one that is refused again is a matter for a person', async () => {
    await restart({ around: () => () => Promise.resolve(json(401, { error: { code: '', message: 'Unauthorized' } })) });
    await expect(client.whoAmI()).rejects.toMatchObject({ code: 'bad-credentials' });
    expect(connected.counted).toHaveLength(2);
  });

  test('an application that nobody added to the environment is told what to do', async () => {
    await restart({
      around: () => () =>
        Promise.resolve(json(403, { error: { code: '0x80072560', message: 'The user is not a member of the organization.' } })),
    });
    await expect(client.whoAmI()).rejects.toMatchObject({
      code: 'bad-credentials',
      details: { advice: expect.stringContaining('Add an application user') as unknown },
    });
  });
});

describe('throttling', () => {
  test('429 holds the whole connection back for as long as the service asks', async () => {
    await restart({ around: (handler) => withFaults(handler, faultsAt({ 1: throttledFault(25) }), serviceClock) });
    await client.whoAmI();
    expect(connected.clock.sleeps).toEqual([expect.toSatisfy((waitMs: number) => waitMs >= 25_000 && waitMs <= 26_000)]);
  });

  test('service protection that does not end is reported as what it is', async () => {
    await restart({ variant: { serviceProtection: { requests: 3, executionMs: 1_000_000, concurrentRequests: 10, windowMs: 300_000 } } });
    await Promise.all([client.whoAmI(), client.whoAmI(), client.whoAmI()]);
    // The clock of the service stands still: its window never ends.
    await expect(client.whoAmI()).rejects.toMatchObject({ code: 'too-many-requests', details: { status: 429 } });
    expect(connected.clock.sleeps.every((waitMs) => waitMs >= 300_000)).toBe(true);
  });
});

describe('checking the connection', () => {
  const mappings: readonly Mapping[] = [{ dynamics: 'jobtitle', activeCampaign: 'field:1', direction: 'both' }];
  const options = (changes: Partial<DynamicsCheckOptions> = {}): DynamicsCheckOptions => ({
    ...clientOptions(),
    clock: { ...connected.clock, now: () => serviceClock.now() },
    mappings: { lead: mappings, contact: mappings },
    who: 'the application user',
    secretEndsOn: null,
    ...changes,
  });
  const check = (changes: Partial<DynamicsCheckOptions> = {}) => runChecklist(dynamicsChecks(options(changes)), () => undefined);
  const outcomes = async (changes: Partial<DynamicsCheckOptions> = {}) =>
    (await check(changes)).map(({ id, outcome: each }) => `${id.replace('dynamics.', '')} ${each}`);
  const troubled = async () => (await check()).filter(({ outcome: each }) => each !== 'passed');

  test('lists what was proved, and writes nothing', async () => {
    expect(await outcomes()).toEqual([
      'reachable passed',
      'signedIn passed',
      ...['lead', 'contact'].flatMap((entity) => [
        `${entity}.present passed`,
        `${entity}.read passed`,
        `${entity}.create passed`,
        `${entity}.write passed`,
        `${entity}.changeTracking passed`,
        `${entity}.columns passed`,
      ]),
      'clock passed',
    ]);
    expect(connected.log.requests.filter(({ body }) => body?.includes('PATCH '))).toEqual([]);
  });

  test('tells of each line as it comes', async () => {
    const told: string[] = [];
    await runChecklist(dynamicsChecks(options()).slice(0, 2), (lines) => told.push(lines.map(({ outcome: each }) => each).join(' ')));
    expect(told).toEqual(['running waiting', 'passed running', 'passed passed']);
  });

  test('names a right that is missing, and what to give to whom', async () => {
    await restart({ variant: { privileges: { prvWriteLead: null, prvCreateContact: null } } });
    expect(await troubled()).toEqual([
      {
        id: 'dynamics.lead.write',
        label: 'May change leads',
        outcome: 'failed',
        message: 'The right prvWriteLead is missing.',
        advice:
          'Give the application user a security role with Write on Lead at Organization level. (Power Platform admin center > Security roles.)',
      },
      {
        id: 'dynamics.contact.create',
        label: 'May create contacts',
        outcome: 'failed',
        message: 'The right prvCreateContact is missing.',
        advice:
          'Give the application user a security role with Create on Contact at Organization level. (Power Platform admin center > Security roles.)',
      },
    ]);
  });

  test('says how far a right reaches that is not for the whole organisation', async () => {
    await restart({ variant: { privileges: { prvWriteLead: 'Basic' } } });
    expect(await troubled()).toMatchObject([
      {
        id: 'dynamics.lead.write',
        outcome: 'warning',
        message: 'prvWriteLead reaches only those of its own: changes to others are refused.',
      },
    ]);
  });

  test('what may not be asked is left to the first write', async () => {
    await restart({ variant: { privilegesReadable: false } });
    expect((await troubled()).map(({ id, outcome: each, message }) => [id, each, message])).toEqual(
      ['lead', 'contact'].flatMap((entity) =>
        ['create', 'write'].map((right) => [`dynamics.${entity}.${right}`, 'notTried', 'Will be proved by the first write.']),
      ),
    );
  });

  test('says what is missing without stopping at it', async () => {
    await restart({ variant: { leadTable: false, contactChangeTracking: false } });
    expect((await troubled()).map(({ id, outcome: each }) => `${id} ${each}`)).toEqual([
      'dynamics.lead.present failed',
      ...['read', 'create', 'write', 'changeTracking', 'columns'].map((rest) => `dynamics.lead.${rest} notTried`),
      'dynamics.contact.changeTracking warning',
    ]);
  });

  test('a user without organisation-level read can still sync', async () => {
    await restart({ variant: { organizationLevelRead: false } });
    expect((await troubled()).map(({ id, outcome: each }) => `${id} ${each}`)).toEqual([
      'dynamics.lead.read warning',
      'dynamics.lead.changeTracking warning',
      'dynamics.contact.read warning',
      'dynamics.contact.changeTracking warning',
    ]);
  });

  test('mapped columns that are secured, or are not there, are named', async () => {
    await restart({ variant: { securedColumns: { lead: ['jobtitle'], contact: [] } } });
    const lines = await check({
      mappings: { lead: mappings, contact: [{ dynamics: 'new_gone', activeCampaign: 'phone', direction: 'both' }] },
    });
    expect(lines.filter(({ id }) => id.endsWith('.columns')).map(({ outcome: each, message }) => [each, message])).toEqual([
      ['warning', 'Under column security: jobtitle. Whether they may be read and changed shows with the first person.'],
      ['failed', 'Mapped, but not to be read here: new_gone.'],
    ]);
  });

  test('a clock that is off by more than five minutes is told, and the end of the secret', async () => {
    const ahead = { ...connected.clock, now: () => serviceClock.now() + 12 * 60_000 };
    const day = new Date(ahead.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const lines = (await check({ clock: ahead, secretEndsOn: day })).slice(-2);
    expect(lines.map(({ id, outcome: each, message }) => [id, each, message])).toEqual([
      ['dynamics.clock', 'warning', 'The clock of this computer is 12 minutes ahead of that of Dynamics 365.'],
      ['dynamics.secretEnd', 'warning', 'The client secret of Dynamics 365 ends in 10 days.'],
    ]);
  });

  test.each([
    ['a web page', (): Start => ({ around: (handler) => withFaults(handler, () => htmlFault(), serviceClock) })],
    ['another program', (): Start => ({ around: () => () => Promise.resolve(json(404, { message: 'no route' })) })],
  ])('%s is not the service, and nothing else is tried', async (_, begin) => {
    await restart(begin());
    const [first, ...others] = await outcomes();
    expect([first, new Set(others.map((line) => line.split(' ')[1]))]).toEqual(['reachable failed', new Set(['notTried'])]);
  });

  test('an address where nothing listens stands in the message', async () => {
    const [first] = await check({ environmentUrl: 'http://127.0.0.1:1' });
    expect(first).toMatchObject({ outcome: 'failed', message: 'Dynamics 365 could not be reached at 127.0.0.1:1.' });
  });

  test('an address without encryption is refused before anything is sent', () => {
    expect(() => dynamicsChecks(options({ environmentUrl: 'http://acme.crm4.dynamics.com' }))).toThrow(
      '"http://acme.crm4.dynamics.com" is not encrypted.',
    );
  });
});
