import { afterEach, describe, expect, test } from 'vitest';
import { type AccountUnderTest, startAccount } from '../sample-services/activecampaign-account.ts';

let account: AccountUnderTest;
afterEach(() => account.close());

const get = (path: string) => account.request('GET', path);
const post = (path: string, body: unknown) => account.request('POST', path, body);

describe('key and address', () => {
  test('users/me knows the account under its own name, whatever address it was reached under', async () => {
    account = await startAccount({ accountName: 'acme' });
    const answer = await get('/users/me');
    expect([answer.status, answer.at('user', 'links', 'lists')]).toEqual([200, 'https://acme.activehosted.com/api/3/users/1/lists']);
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a missing and a wrong key are 403 in different shapes', async () => {
    account = await startAccount();
    const missing = await account.request('GET', '/users/me', undefined, {});
    const wrong = await account.request('GET', '/users/me', undefined, { 'api-token': 'other' });
    expect([missing.status, missing.headers.get('content-type'), missing.text]).toEqual([403, 'text/plain', 'Forbidden']);
    expect([wrong.status, wrong.text]).toEqual([403, '{"message":"Forbidden"}']);
  });

  test('outside of the API there is only the way to a login page', async () => {
    account = await startAccount();
    const answer = await fetch(`${account.url}/contacts`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/admin/']);
  });

  test('what cannot be read or is not there has a status of its own', async () => {
    account = await startAccount();
    expect((await post('/contact/sync', '{')).status).toBe(400);
    expect((await get('/nothing')).status).toBe(404);
    expect((await account.request('DELETE', '/contacts')).status).toBe(405);
  });
});

describe('5 requests a second', () => {
  test('the sixth within a second is 429 with Retry-After; a second later there is room again', async () => {
    account = await startAccount({ limits: true });
    const statuses: number[] = [];
    for (let number = 1; number <= 5; number += 1) {
      statuses.push((await get('/users/me')).status);
      await account.clock.advance(100);
    }
    const sixth = await get('/users/me');
    await account.clock.advance(501);
    const seventh = await get('/users/me');
    expect([statuses, sixth.status, sixth.headers.get('retry-after'), seventh.status]).toEqual([[200, 200, 200, 200, 200], 429, '1', 200]);
  });

  test('RateLimit headers come only where the account sends them', async () => {
    account = await startAccount({ limits: true, variant: { rateLimitHeaders: true } });
    const answer = await get('/users/me');
    expect([answer.headers.get('ratelimit-limit'), answer.headers.get('ratelimit-remaining')]).toEqual(['5', '4']);
    await account.close();
    account = await startAccount({ limits: true });
    expect((await get('/users/me')).headers.get('ratelimit-limit')).toBeNull();
  });
});

describe('tags', () => {
  test('a page has 20, search means contains, and a plain filters[search] does nothing', async () => {
    account = await startAccount();
    for (let number = 1; number <= 25; number += 1) await post('/tags', { tag: { tag: `D365: ${number}`, tagType: 'contact' } });
    await post('/tags', { tag: { tag: 'Other', tagType: 'contact' } });
    const names = async (query: string) => ((await get(`/tags?${query}`)).at('tags') as { tag: string }[]).map(({ tag }) => tag);
    expect((await names('search=d365')).length).toBe(20);
    expect(await names('search=5: 2&limit=100')).toEqual(['D365: 2', ...[20, 21, 22, 23, 24, 25].map((number) => `D365: ${number}`)]);
    expect((await names('filters[search]=Other')).length).toBe(20);
  });

  test('a name is taken without regard to case: 200 with the tag that is there', async () => {
    account = await startAccount();
    const first = await post('/tags', { tag: { tag: 'D365: Lead', tagType: 'contact' } });
    const second = await post('/tags', { tag: { tag: 'd365: lead', tagType: 'contact' } });
    expect([first.status, second.status, second.at('tag', 'id'), second.at('tag', 'tag')]).toEqual([
      201,
      200,
      first.at('tag', 'id'),
      'D365: Lead',
    ]);
  });

  test('or an error with the words of the database', async () => {
    account = await startAccount({ variant: { existingTag: 'refused' } });
    await post('/tags', { tag: { tag: 'TEST', tagType: 'contact' } });
    const second = await post('/tags', { tag: { tag: 'test', tagType: 'contact' } });
    expect(second.at('error')).toBe("Duplicate entry 'contact-TEST' for key 'typetag'");
  });

  test('a tag that is not of type contact is in no list', async () => {
    account = await startAccount();
    await post('/tags', { tag: { tag: 'Hidden' } });
    expect((await get('/tags?search=hidden')).at('tags')).toEqual([]);
  });

  test('tagging moves udate to the link’s cdate; a repetition answers the same link without the contact', async () => {
    account = await startAccount();
    const { id } = account.office.create('a@example.com');
    const tag = (await post('/tags', { tag: { tag: 'VIP!', tagType: 'contact' } })).at('tag', 'id');
    await account.clock.advance(5_000);
    const first = await post('/contactTags', { contactTag: { contact: id, tag } });
    await account.clock.advance(5_000);
    const second = await post('/contactTags', { contactTag: { contact: String(id), tag: Number(tag) } });
    expect([first.status, first.at('contacts', 0, 'udate'), first.at('contactTag', 'cdate')]).toEqual([
      200,
      '2026-07-01T07:00:05-05:00',
      '2026-07-01T07:00:05-05:00',
    ]);
    expect([second.at('contactTag'), second.at('contacts')]).toEqual([first.at('contactTag'), undefined]);
    expect((await get(`/tags?search=VIP`)).at('tags', 0, 'subscriber_count')).toBe('1');
  });

  test('a tag’s name in place of its id is 422, an unknown person 404', async () => {
    account = await startAccount();
    const named = await post('/contactTags', { contactTag: { contact: 1, tag: 'VIP' } });
    expect([named.status, named.at('errors', 0, 'title')]).toEqual([422, 'No tag id provided']);
    expect((await post('/contactTags', { contactTag: { contact: 9, tag: 1 } })).status).toBe(404);
  });

  test('a link is removed by its own id and once only', async () => {
    account = await startAccount();
    const { id } = account.office.create('a@example.com');
    account.office.addTag(id, 'one');
    account.office.addTag(id, 'two');
    const link = String((await get(`/contacts/${id}/contactTags`)).at('contactTags', 1, 'id'));
    expect((await account.request('DELETE', `/contactTags/${link}`)).text).toBe('{}');
    const again = await account.request('DELETE', `/contactTags/${link}`);
    expect([again.status, again.at('message')]).toEqual([404, `No Result found for SubscriberTag with id ${link}`]);
    expect([account.office.person(id)?.tags, (await get('/tags?search=two')).at('tags', 0, 'subscriber_count')]).toEqual([['one'], '0']);
  });

  test('the account-wide links ignore every filter', async () => {
    account = await startAccount();
    for (const email of ['a@example.com', 'b@example.com']) account.office.addTag(account.office.create(email).id, 'one');
    const answer = await get('/contactTags?contact=2&filters[tag]=99');
    expect([answer.at('contactTags', 0, 'contact'), answer.at('meta', 'total')]).toEqual(['1', '2']);
  });
});

describe('lists', () => {
  test('a new membership moves udate and answers numbers; the same again changes nothing and answers texts', async () => {
    account = await startAccount();
    const { id } = account.office.create('a@example.com');
    const list = account.office.listId('Newsletter');
    await account.clock.advance(5_000);
    const first = await post('/contactLists', { contactList: { list, contact: id, status: 1 } });
    await account.clock.advance(5_000);
    const second = await post('/contactLists', { contactList: { list, contact: id, status: 1 } });
    expect([first.at('contactList', 'list'), first.at('contactList', 'status'), first.at('contacts', 0, 'udate')]).toEqual([
      list,
      1,
      '2026-07-01T07:00:05-05:00',
    ]);
    expect([second.at('contactList', 'list'), second.at('contactList', 'status'), second.at('contacts')]).toEqual([
      String(list),
      1,
      undefined,
    ]);
    expect(second.at('contactList', 'sdate')).toBe('2026-07-01T07:00:05-05:00');
    expect((await get(`/contacts/${id}/contactLists`)).at('contactLists', 0, 'status')).toBe('1');
  });

  test('nothing stops a client from subscribing somebody again who unsubscribed', async () => {
    account = await startAccount();
    const { id } = account.office.create('a@example.com');
    account.office.unsubscribeThroughCampaign(id, 'Newsletter');
    expect((await get(`/contacts/${id}/contactLists`)).at('contactLists', 0, 'campaign')).not.toBeNull();
    await post('/contactLists', { contactList: { list: account.office.listId('Newsletter'), contact: id, status: 1 } });
    expect(account.office.person(id)?.lists).toEqual({ Newsletter: 1 });
  });

  test('statuses above 3 are 422; the account-wide rows ignore every filter', async () => {
    account = await startAccount();
    account.office.subscribe(account.office.create('a@example.com').id, 'Newsletter');
    account.office.subscribe(account.office.create('b@example.com').id, 'Customers');
    expect((await post('/contactLists', { contactList: { list: 1, contact: 1, status: 4 } })).status).toBe(422);
    expect(
      (await get(`/contactLists?filters[list]=${account.office.listId('Customers')}&filters[contact]=2`)).at('contactLists', 0, 'contact'),
    ).toBe('1');
  });

  test('lists say how many are subscribed, as a text', async () => {
    account = await startAccount();
    account.office.subscribe(account.office.create('a@example.com').id, 'Newsletter');
    account.office.unsubscribe(account.office.create('b@example.com').id, 'Newsletter');
    expect((await get('/lists')).at('lists', 0)).toMatchObject({
      name: 'Newsletter',
      active_subscribers: '1',
      non_deleted_subscribers: '2',
    });
  });
});

describe('custom fields', () => {
  test('come with options and relations, 20 a page where no limit is given', async () => {
    account = await startAccount();
    for (let number = 1; number <= 10; number += 1) await post('/fields', { field: { title: `Extra ${number}`, type: 'text' } });
    const answer = await get('/fields');
    const all = await get('/fields?limit=100');
    expect([(answer.at('fields') as unknown[]).length, answer.at('meta', 'total'), (all.at('fields') as unknown[]).length]).toEqual([
      20,
      '22',
      22,
    ]);
    expect([all.at('fieldRels', 0, 'relid'), all.at('fieldRels', 0, 'links')]).toEqual(['0', []]);
    expect((await get(`/fields/${account.office.fieldId('Newsletter')}/options`)).at('fieldOptions', 1, 'value')).toBe('No');
  });

  test('a new field gets an upper-case tag from its title; the same title again is 422', async () => {
    account = await startAccount();
    const first = await post('/fields', { field: { title: 'D365 Contact Id', type: 'hidden' } });
    expect([first.status, first.at('field', 'perstag'), typeof first.at('field', 'ordernum')]).toEqual([201, 'D365_CONTACT_ID', 'number']);
    const second = await post('/fields', { field: { title: 'D365 contact id', type: 'hidden' } });
    expect([second.status, second.at('errors', 0, 'code')]).toEqual([422, 'duplicate']);
  });

  test('options and a relation can be added', async () => {
    account = await startAccount();
    const field = String((await post('/fields', { field: { title: 'Colour', type: 'dropdown' } })).at('field', 'id'));
    const fieldOptions = ['Red', 'Blue'].map((value, index) => ({ field, orderid: index + 1, value, label: value, isdefault: false }));
    expect((await post('/fieldOption/bulk', { fieldOptions })).status).toBe(201);
    expect((await post('/fieldRels', { fieldRel: { field, relid: 0 } })).at('fieldRel', 'relid')).toBe('0');
    expect((await get(`/fields/${field}/options`)).at('fieldOptions', 1, 'value')).toBe('Blue');
  });

  test('a value is created or overwritten under one id and moves udate; a personalisation tag is 422 here', async () => {
    account = await startAccount();
    const contact = account.office.create('a@example.com').id;
    const field = account.office.fieldId('Company');
    const first = await post('/fieldValues', { fieldValue: { contact, field, value: 'One' } });
    await account.clock.advance(3_000);
    const second = await post('/fieldValues', { fieldValue: { contact, field, value: 'Two' } });
    expect([second.at('fieldValue', 'id'), second.at('fieldValue', 'value'), second.at('contacts', 0, 'udate')]).toEqual([
      first.at('fieldValue', 'id'),
      'Two',
      '2026-07-01T07:00:03-05:00',
    ]);
    const named = await post('/fieldValues', { fieldValue: { contact, field: 'COMPANY', value: 'x' } });
    expect([named.status, named.at('errors', 0, 'title')]).toEqual([422, 'Field id not valid']);
    expect((await get(`/fieldValues?filters[fieldid]=${field}&filters[val]=Two`)).at('fieldValues', 0, 'contact')).toBe(String(contact));
  });
});

describe('automations', () => {
  test('entries are found by their date with an operator; entering alone does not move udate, its tags do', async () => {
    account = await startAccount();
    const { office, clock } = account;
    const [first, second] = [office.create('a@example.com').id, office.create('b@example.com').id];
    const sales = office.automationId('Hand over to sales');
    await clock.advance(60_000);
    office.enterAutomation(first, 'Hand over to sales');
    office.enterAutomation(second, 'Summer campaign 2023');
    await clock.advance(60_000);
    office.enterAutomation(second, 'Hand over to sales');
    const entries = async (query: string) =>
      ((await get(`/automations/${sales}/contactAutomations?${query}`)).at('contactAutomations') as { contact: string }[]).map(
        ({ contact }) => contact,
      );
    expect(await entries('')).toEqual([String(first), String(second)]);
    expect(await entries(`filters[adddate][gt]=${encodeURIComponent('2026-07-01T07:01:00-05:00')}`)).toEqual([String(second)]);
    expect(await entries(`filters[adddate][gte]=${encodeURIComponent('2026-07-01 07:01:00')}`)).toEqual([String(first), String(second)]);
    expect(office.person(first)).toMatchObject({
      tags: ['D365: Lead', 'D365: Pulled from ActiveCampaign'],
      updatedAt: Date.parse('2026-07-01T12:01:00Z'),
    });
    expect(await entries('orders[adddate]=DESC')).toEqual([String(second), String(first)]);
    expect((await get('/automations/999/contactAutomations')).status).toBe(404);
    expect((await get('/automations')).at('automations', 4)).toMatchObject({ name: 'Summer campaign 2023', status: '2', entered: '1' });
  });

  test('people enter one by themselves, each once, a few at once after a long absence', async () => {
    account = await startAccount({ visitors: { automation: 'Webinar follow-up', everyMs: 60_000 } });
    const { office, clock } = account;
    for (let index = 0; index < 20; index += 1) office.create(`person${index}@example.com`);
    office.addTag(office.personByEmail('person0@example.com')?.id ?? 0, 'D365: Lead');
    const entered = async () => {
      const answer = await get(`/automations/${office.automationId('Webinar follow-up')}/contactAutomations?limit=100&orders[adddate]=ASC`);
      return (answer.at('contactAutomations') as { contact: string; adddate: string }[]).map(({ contact, adddate }) => [contact, adddate]);
    };
    expect(await entered()).toEqual([]);
    await clock.advance(150_000);
    expect(await entered()).toEqual([
      ['2', '2026-07-01T07:01:00-05:00'],
      ['3', '2026-07-01T07:02:00-05:00'],
    ]);
    await clock.advance(6_000_000);
    expect((await entered()).at(-1)).toEqual(['15', '2026-07-01T08:42:00-05:00']);
    await clock.advance(6_000_000);
    expect(await entered()).toHaveLength(19);
  });

  test('a tag can start one, once for each person, and its own tags may stay invisible to updated_after', async () => {
    account = await startAccount({ variant: { automationTagsMoveUdate: false } });
    const { office, clock } = account;
    const { id } = office.create('a@example.com');
    office.enterAutomation(id, 'Hand over to sales');
    await clock.advance(9_000);
    expect(office.person(id)?.updatedAt).toBe(Date.parse('2026-07-01T12:00:00Z'));
    office.addTag(id, 'VIP');
    office.removeTag(id, 'VIP');
    office.addTag(id, 'VIP');
    expect(office.person(id)?.tags).toContain('thanked');
    expect((await get(`/contacts/${id}/contactAutomations`)).at('meta', 'total')).toBe('2');
  });
});
