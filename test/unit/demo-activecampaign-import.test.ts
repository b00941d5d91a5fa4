import { afterEach, describe, expect, test } from 'vitest';
import type { SampleActiveCampaignOptions } from '../../main/demo/activecampaign/service.ts';
import { type AccountUnderTest, startAccount } from '../sample-services/activecampaign-account.ts';

let account: AccountUnderTest;
afterEach(() => account.close());

async function start(options: Partial<SampleActiveCampaignOptions> = {}): Promise<void> {
  account = await startAccount(options);
}

const submit = (contacts: unknown, more: object = {}) => account.request('POST', '/import/bulk_import', { contacts, ...more });
const progress = (batchId: unknown) => account.request('GET', `/import/info?batchId=${String(batchId)}`);

/** Submits and lets the time pass until the batch is over. */
async function imported(contacts: unknown, more: object = {}): Promise<unknown> {
  const batchId = (await submit(contacts, more)).at('batchId');
  await account.clock.advance(3_000);
  return JSON.parse((await progress(batchId)).text);
}

describe('acceptance', () => {
  test('answers with the batch and how many are queued; nobody is there yet', async () => {
    await start();
    const answer = await submit([{ email: 'a@example.com' }, { email: 'b@example.com' }]);
    expect([answer.status, answer.at('success'), answer.at('queued_contacts')]).toEqual([200, 1, 2]);
    expect(account.office.people()).toEqual([]);
  });

  test('is all or nothing: one malformed row rejects the batch, with its place counted from 1', async () => {
    await start();
    const answer = await submit([{ email: 'a@example.com' }, { email: 'b@nowhere' }, { first_name: 'C' }]);
    expect([answer.status, answer.at('success'), answer.at('failureReasons')]).toMatchObject([400, 0, [{ contact: 2 }, { contact: 3 }]]);
    await account.clock.advance(10_000);
    expect(account.office.people()).toEqual([]);
  });

  test('takes at most 250 rows and 399,999 bytes', async () => {
    await start();
    const rows = Array.from({ length: 251 }, (_, index) => ({ email: `p${index}@example.com` }));
    expect((await submit(rows)).status).toBe(400);
    expect((await submit(rows.slice(1))).status).toBe(200);
    expect((await submit(rows.slice(1).map((row) => ({ ...row, first_name: 'x'.repeat(1_600) })))).status).toBe(400);
  });

  test('refuses above its quota with 400, never 429; rows that come alone have a smaller one', async () => {
    await start({ limits: true });
    const statuses: number[] = [];
    for (let number = 0; number < 21; number += 1) {
      statuses.push((await submit([{ email: 'a@example.com' }])).status);
      await account.clock.advance(250);
    }
    const refused = await submit([{ email: 'a@example.com' }]);
    expect(statuses).toEqual([...Array<number>(20).fill(200), 400]);
    expect([refused.at('message'), refused.at('failureReasons')]).toEqual(['Rate limit exceeded.', ['Rate limit exceeded.']]);
    expect((await submit([{ email: 'a@example.com' }, { email: 'b@example.com' }])).status).toBe(200);
    await account.clock.advance(60_000);
    expect((await submit([{ email: 'a@example.com' }])).status).toBe(200);
  });

  test('leaves out excluded and bounced addresses without a word', async () => {
    await start();
    account.office.exclude('Never@example.com');
    account.office.bounce(account.office.create('gone@example.com').id, 'hard');
    const answer = await submit([{ email: 'a@example.com' }, { email: 'never@example.com' }, { email: 'GONE@example.com' }]);
    expect([answer.status, answer.at('queued_contacts')]).toEqual([200, 1]);
  });

  test('the key of its success is spelled in two ways', async () => {
    await start({ variant: { importSuccessKey: 'Success' } });
    expect((await submit([{ email: 'a@example.com' }])).at('Success')).toBe(1);
  });
});

describe('progress', () => {
  test('is false for a second, then waiting, active and completed', async () => {
    await start();
    const batchId = (await submit([{ email: 'a@example.com' }])).at('batchId');
    const statuses: unknown[] = [];
    for (const durationMs of [500, 700, 700, 1_100]) {
      await account.clock.advance(durationMs);
      statuses.push((await progress(batchId)).at('status'));
    }
    expect(statuses).toEqual([false, 'waiting', 'active', 'completed']);
  });

  test('without a batch it is 400', async () => {
    await start();
    expect((await account.request('GET', '/import/info')).status).toBe(400);
  });

  test('success may list everybody or only who is new, failure lists addresses', async () => {
    await start();
    account.office.create('old@example.com');
    const rows = [{ email: 'old@example.com' }, { email: 'new@example.com' }];
    expect(await imported(rows)).toEqual({ status: 'completed', success: ['2', '1'], failure: [] });
    await account.close();
    await start({ variant: { importSuccessIds: 'created' } });
    account.office.create('old@example.com');
    expect(await imported(rows)).toEqual({ status: 'completed', success: ['2'], failure: [] });
  });

  test('an interrupted batch took some rows, a failed one none', async () => {
    await start();
    account.office.endNextImportWith('interrupted');
    expect(await imported([{ email: 'a@example.com' }, { email: 'b@example.com' }])).toEqual({
      status: 'interrupted',
      success: ['1'],
      failure: ['b@example.com'],
    });
    account.office.endNextImportWith('failed');
    expect(await imported([{ email: 'c@example.com' }])).toEqual({ status: 'failed', success: [], failure: ['c@example.com'] });
  });
});

describe('what a row does', () => {
  test('fields by number, tags by name and made where missing, lists; keys of contact/sync are dropped', async () => {
    await start();
    await imported([
      {
        email: 'Zoé.D@example.com',
        first_name: 'Zoé',
        firstName: 'ignored',
        phone: '1',
        tags: ['D365: Lead', 'Brand new'],
        fields: [
          { id: account.office.fieldId('Company'), value: 'Élan' },
          { id: account.office.fieldId('Interests'), value: '||Music||Hiking||' },
        ],
        subscribe: [{ listid: account.office.listId('Newsletter') }],
      },
    ]);
    expect(account.office.people()).toMatchObject([
      {
        email: 'Zoé.D@example.com',
        firstName: 'Zoé',
        phone: '1',
        tags: ['Brand new', 'D365: Lead'],
        fields: { Company: 'Élan', Interests: '||Music||Hiking||' },
        lists: { Newsletter: 1 },
      },
    ]);
  });

  test('updates by e-mail, leaves absent keys alone, and never takes a tag away', async () => {
    await start();
    const { id } = account.office.create('a@example.com', { firstName: 'A', lastName: 'Lee' });
    account.office.addTag(id, 'kept');
    await imported([{ email: 'A@Example.com', first_name: 'Ann', tags: [] }]);
    expect(account.office.people()).toMatchObject([{ id, firstName: 'Ann', lastName: 'Lee', tags: ['kept'] }]);
  });

  test.each([
    ['clears', ''],
    ['ignored', 'Lee'],
  ] as const)('an empty text: %s', async (importEmptyValue, lastName) => {
    await start({ variant: { importEmptyValue } });
    account.office.create('a@example.com', { lastName: 'Lee' });
    await imported([{ email: 'a@example.com', last_name: '' }]);
    expect(account.office.person(1)?.lastName).toBe(lastName);
  });

  test('who unsubscribed from the list is not subscribed again, and the whole row fails', async () => {
    await start();
    const { id } = account.office.create('a@example.com', { firstName: 'A' });
    account.office.unsubscribe(id, 'Newsletter');
    const subscribe = [{ listid: account.office.listId('Newsletter') }];
    const answer = await imported([{ email: 'a@example.com', first_name: 'Ann', tags: ['x'], subscribe }]);
    expect(answer).toEqual({ status: 'completed', success: [], failure: ['a@example.com'] });
    expect(account.office.person(id)).toMatchObject({ firstName: 'A', tags: [], lists: { Newsletter: 2 } });
  });

  test.each([
    ['everything', true, true],
    ['all-but-tags', false, true],
    ['nothing', false, false],
  ] as const)('udate moves with: %s', async (importMovesUdate, byTag, byValue) => {
    await start({ variant: { importMovesUdate } });
    account.office.create('tag@example.com');
    account.office.create('value@example.com');
    const before = account.office.person(1)?.updatedAt;
    await account.clock.advance(60_000);
    await imported([
      { email: 'tag@example.com', tags: ['x'] },
      { email: 'value@example.com', first_name: 'A' },
    ]);
    expect([account.office.person(1)?.updatedAt !== before, account.office.person(2)?.updatedAt !== before]).toEqual([byTag, byValue]);
  });

  test.each([
    ['top-level', { exclude_automations: true }, {}, false],
    ['top-level', {}, { exclude_automations: true }, true],
    ['per-contact', { exclude_automations: true }, {}, true],
    ['per-contact', {}, { exclude_automations: true }, false],
    ['top-level', {}, {}, true],
  ] as const)('exclude_automations is obeyed %s: %j %j, automation runs: %s', async (excludeAutomations, payload, row, runs) => {
    await start({ variant: { excludeAutomations } });
    await imported([{ email: 'a@example.com', tags: ['VIP'], ...row }], payload);
    expect(account.office.person(1)?.tags.includes('thanked')).toBe(runs);
  });
});
