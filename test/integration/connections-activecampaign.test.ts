import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ActiveCampaignCheckOptions, activeCampaignChecks } from '../../main/connections/activecampaign/check.ts';
import { createActiveCampaignClient } from '../../main/connections/activecampaign/client.ts';
import type { ActiveCampaignClient, ImportRow } from '../../main/connections/activecampaign/types.ts';
import { runChecklist } from '../../main/connections/checklist.ts';
import { createSampleActiveCampaign, type SampleActiveCampaign } from '../../main/demo/activecampaign/service.ts';
import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import { type ActiveCampaignId, activeCampaignId } from '../../shared/ids.ts';
import { tagNames } from '../../shared/tags.ts';
import { faultsAt, htmlFault, statusFault, throttledFault, withFaults } from '../sample-services/faults.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Connected, connect } from './connections-under-test.ts';

const { people } = createDataSet(3, { leads: 20, contacts: 20, people: 230 });
const serviceClock = fakeClock('2026-07-01T12:00:00Z');
let connected: Connected;
let sample: SampleActiveCampaign;
let client: ActiveCampaignClient;

async function start(
  options: {
    readonly variant?: Partial<ActiveCampaignVariant>;
    readonly around?: (handler: SampleHandler) => SampleHandler;
    readonly apiKey?: string;
    readonly limits?: boolean;
  } = {},
): Promise<void> {
  const { variant = {}, around = (handler) => handler, apiKey = 'right-key', limits = false } = options;
  sample = createSampleActiveCampaign({
    store: createMemoryStore(),
    clock: serviceClock,
    random: seededRandom(5),
    apiKey: 'right-key',
    people,
    limits,
    variant,
  });
  connected = await connect(around(sample.handle));
  client = createActiveCampaignClient({ ...connected.ports, apiUrl: `${connected.server.url}/api/3/`, apiKey });
}

async function restart(options: Parameters<typeof start>[0]): Promise<void> {
  await connected.server.close();
  await start(options);
}

/** What went wrong, as code and status. */
async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'no error',
    (error: unknown) => error,
  );
}

function firstId(): ActiveCampaignId {
  const [first] = people;
  if (first === undefined) throw new Error('the data set is empty');
  return first.id;
}

beforeEach(() => start());
afterEach(() => connected.server.close());

describe('reading people', () => {
  test('pages by id, with tags, fields and lists, exactly as somebody sees them in ActiveCampaign', async () => {
    const read = [];
    let afterId: ActiveCampaignId | undefined;
    for (;;) {
      const page = await client.people(afterId === undefined ? {} : { afterId });
      read.push(...page.people);
      if (page.people.length < 100) break;
      afterId = page.people.at(-1)?.id;
    }
    expect(connected.log.lines()).toEqual([
      'GET /api/3/contacts?limit=100&orders[id]=ASC&include=contactTags,fieldValues,contactLists',
      `GET /api/3/contacts?limit=100&orders[id]=ASC&id_greater=${read[99]?.id}&include=contactTags,fieldValues,contactLists`,
      `GET /api/3/contacts?limit=100&orders[id]=ASC&id_greater=${read[199]?.id}&include=contactTags,fieldValues,contactLists`,
    ]);
    const [fields, tags, lists] = [await client.fields(), await client.tags(''), await client.lists()];
    const seen = read.map((person) => ({
      id: Number(person.id),
      email: person.email,
      firstName: person.firstName,
      lastName: person.lastName,
      phone: person.phone,
      fields: Object.fromEntries(
        Object.entries(person.fields).map(([id, value]): [string, string] => [fields.find((field) => field.id === id)?.title ?? id, value]),
      ),
      tags: person.tags.map(({ tagId }) => tags.find(({ id }) => id === tagId)?.name).toSorted((a = '', b = '') => a.localeCompare(b)),
      lists: Object.fromEntries(
        person.lists.map(({ listId, status }): [string, number] => [lists.find(({ id }) => id === listId)?.name ?? listId, status]),
      ),
      bounced: person.bounced,
      createdAt: person.createdAt,
      updatedAt: person.updatedAt,
    }));
    const expected = sample.office
      .people()
      .map((person) => ({ ...person, tags: person.tags.toSorted((a, b) => a.localeCompare(b)) }))
      .toSorted((a, b) => a.id - b.id);
    expect(seen).toEqual(expected);
  });

  test('says who was unsubscribed through a campaign', async () => {
    const throughCampaign = new Set(people.filter(({ lists }) => lists.some((list) => list.throughCampaign)).map(({ id }) => id));
    const found = new Set<ActiveCampaignId>();
    for (let afterId = activeCampaignId(1), last = false; !last; ) {
      const page = await client.people({ afterId, status: -1 });
      for (const person of page.people) if (person.lists.some((list) => list.throughCampaign)) found.add(person.id);
      last = page.people.length < 100;
      afterId = page.people.at(-1)?.id ?? afterId;
    }
    found.delete(activeCampaignId(1));
    throughCampaign.delete(activeCampaignId(1));
    expect(found).toEqual(throughCampaign);
  });

  test('passes every filter on as it is, and takes the time of the service from its Date header', async () => {
    const page = await client.people({
      updatedAfter: '2026-06-30T12:00:00-05:00',
      tagId: '2',
      ids: [activeCampaignId(1), activeCampaignId(2)],
      email: "o'brien+1@example.com",
      limit: 5,
    });
    expect({ serverTime: page.serverTime, lines: connected.log.lines() }).toEqual({
      serverTime: serviceClock.now(),
      lines: [
        "GET /api/3/contacts?limit=5&orders[id]=ASC&filters[updated_after]=2026-06-30T12:00:00-05:00&tagid=2&email=o'brien+1@example.com&ids[]=1&ids[]=2&include=contactTags,fieldValues,contactLists",
      ],
    });
  });

  test('an account that does not sideload is noticed, and the nested reads bring the same', async () => {
    const sideloaded = (await client.people({ limit: 20 })).people;
    await restart({ variant: { include: 'ignored' } });
    const page = await client.people({ limit: 20 });
    const nested = [];
    for (const person of page.people) nested.push(await client.withNestedReads(person));
    expect({ sideloaded: page.sideloaded, nested }).toEqual({ sideloaded: false, nested: sideloaded });
  });

  test('counts by status', async () => {
    expect(await client.countPeople(-1)).toBe(people.length);
  });
});

describe('tags', () => {
  test('more tags than a page holds are all read', async () => {
    for (let each = 0; each < 130; each += 1) sample.office.addTag(Number(firstId()), `campaign ${each}`);
    expect(await client.tags('campaign ')).toHaveLength(130);
  });

  test.each(['answered', 'refused'] as const)(
    'creating one that exists in other letters answers it, where the service %s it',
    async (existingTag) => {
      await restart({ variant: { existingTag } });
      sample.office.addTag(Number(firstId()), 'd365: lead');
      const [existing] = await client.tags('d365: lead');
      const { id } = await client.createTag(tagNames.lead);
      expect(id).toBe(existing?.id);
    },
  );

  test('a tag is given once, however often, and taken away without a complaint when it is gone already', async () => {
    const tag = await client.createTag('vip guest');
    const first = await client.addTag(firstId(), tag.id);
    const again = await client.addTag(firstId(), tag.id);
    await client.removeTag(first.linkId);
    await client.removeTag(first.linkId);
    expect(again).toEqual(first);
    expect(sample.office.person(Number(firstId()))?.tags).not.toContain('vip guest');
  });

  test('a person who is gone is not found', async () => {
    const tag = await client.createTag('vip guest');
    expect(await refusal(client.addTag(activeCampaignId(999_999), tag.id))).toMatchObject({ code: 'not-found', details: { status: 404 } });
  });
});

describe('writing a person', () => {
  test('upserts by e-mail: keys that are absent stay, empty ones clear', async () => {
    const [field] = await client.fields();
    const created = await client.syncPerson({
      email: 'new@example.com',
      firstName: 'Åse',
      phone: '1',
      fields: { [field?.id ?? '']: 'Acme' },
    });
    const again = await client.syncPerson({ email: 'new@example.com', phone: '' });
    expect({ created: created.created, again }).toEqual({ created: true, again: { id: created.id, created: false } });
    expect(sample.office.person(Number(created.id))).toMatchObject({
      firstName: 'Åse',
      phone: '',
      fields: { [field?.title ?? '']: 'Acme' },
    });
  });

  test('changes an e-mail by id, and says when another person has it', async () => {
    const [one, other] = [await client.syncPerson({ email: 'one@example.com' }), await client.syncPerson({ email: 'other@example.com' })];
    await client.updatePerson(one.id, { email: 'renamed@example.com' });
    expect(sample.office.person(Number(one.id))?.email).toBe('renamed@example.com');
    expect(await refusal(client.updatePerson(other.id, { email: 'renamed@example.com' }))).toMatchObject({
      code: 'already-exists',
      details: { serviceCode: 'duplicate' },
    });
  });

  test('an e-mail that is none is refused with the words of the service', async () => {
    expect(await refusal(client.syncPerson({ email: 'not an e-mail' }))).toMatchObject({
      code: 'refused-value',
      details: { serviceCode: 'email_invalid', serviceMessage: 'Email address is not valid' },
    });
  });

  test('subscribes and unsubscribes', async () => {
    const { id } = await client.syncPerson({ email: 'reader@example.com' });
    const [list] = await client.lists();
    await client.setListStatus(id, list?.id ?? '', 1);
    await client.setListStatus(id, list?.id ?? '', 2);
    expect(sample.office.person(Number(id))?.lists).toEqual({ [list?.name ?? '']: 2 });
  });
});

describe('the bulk import', () => {
  const row = (email: string, more: Partial<ImportRow> = {}): ImportRow => ({
    email,
    tags: [],
    subscribeTo: [],
    unsubscribeFrom: [],
    ...more,
  });

  test.each(['success', 'Success'] as const)('is followed to its end, in an account that says "%s"', async (importSuccessKey) => {
    await restart({ variant: { importSuccessKey } });
    const [field, list] = [(await client.fields())[0], (await client.lists())[0]];
    const rows = Array.from({ length: 12 }, (_, index) =>
      row(`import${index}@example.com`, {
        firstName: 'Ida',
        fields: { [field?.id ?? '']: `Company ${index}` },
        tags: [tagNames.lead, tagNames.pushed],
        subscribeTo: [list?.id ?? ''],
      }),
    );
    const submission = await client.importPeople(rows, { excludeAutomations: false });
    if (submission.kind === 'rejected') throw new Error('rejected');
    const before = await client.importProgress(submission.batchId);
    await serviceClock.advance(10_000);
    const after = await client.importProgress(submission.batchId);
    expect({ queued: submission.queued, before: before.succeeded, after }).toMatchObject({
      queued: 12,
      before: [],
      after: { status: 'completed', failed: [] },
    });
    expect(after.succeeded).toHaveLength(12);
    expect(sample.office.personByEmail('import3@example.com')).toMatchObject({
      firstName: 'Ida',
      fields: { [field?.title ?? '']: 'Company 3' },
      tags: [tagNames.lead, tagNames.pushed],
      lists: { [list?.name ?? '']: 1 },
    });
  });

  test('one malformed row rejects them all, and is named by its place from 0', async () => {
    const submission = await client.importPeople([row('a@example.com'), row('broken'), row('c@example.com'), row('also@broken')], {
      excludeAutomations: false,
    });
    expect(submission).toEqual({
      kind: 'rejected',
      rows: [
        { index: 1, reason: 'Email address "broken" is invalid.' },
        { index: 3, reason: 'Email address "also@broken" is invalid.' },
      ],
    });
  });

  test.each(['top-level', 'per-contact'] as const)(
    'keeps automations out where the account looks for it %s',
    async (excludeAutomations) => {
      await restart({ variant: { excludeAutomations } });
      await client.importPeople([row('quiet@example.com', { tags: ['VIP'] })], { excludeAutomations: true });
      await client.importPeople([row('loud@example.com', { tags: ['VIP'] })], { excludeAutomations: false });
      await serviceClock.advance(10_000);
      await client.importProgress('any');
      const tagsOf = (email: string) => sample.office.personByEmail(email)?.tags;
      expect([tagsOf('quiet@example.com'), tagsOf('loud@example.com')]).toEqual([['VIP'], ['VIP', 'thanked']]);
    },
  );

  test('a used-up quota, which answers 400, is waited for', async () => {
    let refusals = 1;
    await restart({
      around: (handler) => (request) =>
        request.url.endsWith('/bulk_import') && refusals-- > 0
          ? Promise.resolve({
              status: 400,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ success: 0, message: 'Rate limit exceeded.', failureReasons: ['Rate limit exceeded.'] }),
            })
          : handler(request),
    });
    const submission = await client.importPeople([row('a@example.com')], { excludeAutomations: false });
    expect(submission.kind).toBe('queued');
    expect(connected.clock.sleeps[0]).toBeGreaterThanOrEqual(20_000);
  });
});

describe('when something goes wrong on the way', () => {
  test('a time-out, a cut answer, half an answer and 503 are tried again, and each try is counted', async () => {
    const plan = faultsAt({ 1: { kind: 'lost', when: 'after' }, 2: { kind: 'cut' }, 3: { kind: 'half' }, 4: statusFault(503) });
    await restart({ around: (handler) => withFaults(handler, plan, serviceClock) });
    const { id } = await client.syncPerson({ email: 'once@example.com', firstName: 'Once' });
    expect(connected.counted).toHaveLength(5);
    expect(sample.office.people().filter(({ email }) => email === 'once@example.com')).toMatchObject([{ id: Number(id) }]);
  });

  test('429 is waited for as long as the service asks', async () => {
    await restart({ around: (handler) => withFaults(handler, faultsAt({ 1: throttledFault(30) }), serviceClock) });
    await client.whoAmI();
    expect(connected.clock.sleeps).toEqual([expect.toSatisfy((waitMs: number) => waitMs >= 30_000 && waitMs <= 31_000)]);
  });

  test('retries end: a service that stays down is reported as down', async () => {
    await restart({ around: () => () => Promise.resolve({ status: 503, headers: {}, body: '' }) });
    expect(await refusal(client.lists())).toMatchObject({ code: 'service-down', details: { status: 503 } });
    expect(connected.counted).toHaveLength(5);
  });

  test('a refusal that ActiveCampaign sends now and then does no harm', async () => {
    await restart({ around: (handler) => withFaults(handler, faultsAt({ 1: statusFault(403) }), serviceClock) });
    expect(await client.lists()).not.toHaveLength(0);
  });

  test('a wrong key is told from a missing right', async () => {
    await restart({ apiKey: 'wrong-key' });
    expect(await refusal(client.lists())).toMatchObject({ code: 'bad-credentials' });
    await restart({
      around: (handler) => (request) =>
        request.url.includes('/lists')
          ? Promise.resolve({ status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' })
          : handler(request),
    });
    expect(await refusal(client.lists())).toMatchObject({ code: 'no-right' });
  });

  test('a web page is not the service', async () => {
    await restart({ around: (handler) => withFaults(handler, () => htmlFault(), serviceClock) });
    expect(await refusal(client.lists())).toMatchObject({
      code: 'not-the-service',
      message: `What answers at ${new URL(connected.server.url).host} is not the ActiveCampaign API: it sent a web page.`,
    });
  });

  test('a stop ends the wait for a throttled service', async () => {
    await restart({ around: () => () => Promise.resolve({ status: 503, headers: {}, body: '' }) });
    const stop = new AbortController();
    const stoppable = createActiveCampaignClient({
      ...connected.ports,
      // Somebody stops the run while the client waits for its second try.
      clock: {
        ...connected.clock,
        async sleep(delayMs, signal) {
          stop.abort(new Error('stopped by the user'));
          await connected.clock.sleep(delayMs, signal);
        },
      },
      signal: stop.signal,
      apiUrl: connected.server.url,
      apiKey: 'right-key',
    });
    await expect(stoppable.lists()).rejects.toThrow('stopped by the user');
  });
});

describe('checking the connection', () => {
  const options = (changes: Partial<ActiveCampaignCheckOptions> = {}): ActiveCampaignCheckOptions => ({
    ...connected.ports,
    apiUrl: connected.server.url,
    apiKey: 'right-key',
    mappings: [],
    ...changes,
  });
  const check = (changes: Partial<ActiveCampaignCheckOptions> = {}) =>
    runChecklist(activeCampaignChecks(options(changes)), () => undefined);

  test('lists what was proved and creates the tags that are missing', async () => {
    const lines = await check();
    const again = await check();
    expect(lines.map(({ id, outcome }) => `${id.replace('activeCampaign.', '')} ${outcome}`)).toEqual(
      ['reachable', 'signedIn', 'people', 'sideloading', 'updatedAfter', 'tags', 'fields', 'lists', 'clock'].map((id) => `${id} passed`),
    );
    expect(lines[1]?.message).toBe('Signed in to leadferry-sample.activehosted.com as integration (integration@example.com).');
    expect(again.find(({ id }) => id === 'activeCampaign.tags')?.message).toBe('All four are there.');
    expect((await client.tags('D365')).map(({ name }) => name).toSorted()).toEqual(Object.values(tagNames).toSorted());
  });

  test('a mapped field that is not in the account is named', async () => {
    const lines = await check({ mappings: [{ dynamics: 'jobtitle', activeCampaign: 'field:987', direction: 'both' }] });
    expect(lines.find(({ id }) => id === 'activeCampaign.fields')).toMatchObject({
      outcome: 'failed',
      message: 'The custom field with the id 987 is mapped, but not in this account.',
    });
  });

  const sentence: unknown = expect.stringMatching(/\.$/);

  test.each([
    ['a wrong key', { apiKey: 'wrong-key' }, 'activeCampaign.signedIn'],
    ['an address where nothing listens', { apiUrl: 'http://127.0.0.1:1' }, 'activeCampaign.reachable'],
  ])('says what is wrong and what to do: %s', async (_, wrong, id) => {
    const lines = await check(wrong);
    expect(lines.find(({ outcome }) => outcome === 'failed')).toMatchObject({ id, message: sentence, advice: sentence });
    expect(lines.slice(lines.findIndex((line) => line.id === id) + 1).every(({ outcome }) => outcome === 'notTried')).toBe(true);
  });

  test('an address without encryption is refused before anything is sent', () => {
    expect(() => activeCampaignChecks(options({ apiUrl: 'http://acme.api-us1.com' }))).toThrow('is not encrypted');
  });
});
