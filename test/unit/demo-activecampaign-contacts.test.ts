import { afterEach, describe, expect, test } from 'vitest';
import type { SampleActiveCampaignOptions } from '../../main/demo/activecampaign/service.ts';
import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { type AccountUnderTest, startAccount, type WireAnswer } from '../sample-services/activecampaign-account.ts';

let account: AccountUnderTest;
afterEach(() => account.close());

async function start(people = 0, options: Partial<SampleActiveCampaignOptions> = {}): Promise<void> {
  account = await startAccount(options);
  for (let number = 1; number <= people; number += 1) account.office.create(`person${number}@example.com`, { firstName: `P${number}` });
}

const get = (path: string) => account.request('GET', path);
const ids = (answer: WireAnswer) => (answer.at('contacts') as { id: string }[]).map(({ id }) => Number(id));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('paging of GET /contacts', () => {
  test('a page has 20 rows without a limit, and never more than 100', async () => {
    await start(120);
    expect(ids(await get('/contacts'))).toEqual(range(1, 20));
    expect(ids(await get('/contacts?limit=500'))).toEqual(range(1, 100));
    expect(ids(await get('/contacts?limit=10&offset=115'))).toEqual(range(116, 120));
  });

  test('id_greater in the order of ids goes through everybody once, and total is a text', async () => {
    await start(30);
    account.office.delete(7);
    const first = await get('/contacts?limit=10&orders[id]=ASC&id_greater=0');
    expect([ids(first), first.at('meta', 'total')]).toEqual([[1, 2, 3, 4, 5, 6, 8, 9, 10, 11], '29']);
    const second = await get('/contacts?limit=10&orders[id]=ASC&id_greater=11');
    expect([ids(second), second.at('meta', 'total')]).toEqual([range(12, 21), '19']);
    expect(ids(await get('/contacts?limit=10&orders[id]=DESC&id_less=4'))).toEqual([3, 2, 1]);
  });

  test('ids[], email, tag, list, status, search and names filter', async () => {
    await start(6);
    const { office } = account;
    office.addTag(2, 'VIP');
    office.addTag(5, 'VIP');
    office.subscribe(3, 'Newsletter');
    office.unsubscribe(5, 'Newsletter');
    office.bounce(6, 'hard');
    office.edit(4, { lastName: 'Ødegård', phone: '+47 22' });
    const vip = office.tagId('vip');
    const newsletter = office.listId('Newsletter');
    const found = async (query: string) => ids(await get(`/contacts?${query}`));
    expect({
      ids: await found('ids[]=5&ids[]=1&ids[]=99'),
      email: await found(`email=${encodeURIComponent('PERSON3@Example.COM')}`),
      emailLike: await found('email_like=son4@'),
      tag: await found(`tagid=${vip}`),
      tagAfter: await found(`tagid=${vip}&id_greater=2`),
      list: await found(`listid=${newsletter}`),
      unsubscribed: await found(`listid=${newsletter}&status=2`),
      active: await found('status=1'),
      bounced: await found('status=3'),
      search: await found(`search=${encodeURIComponent('ødeg')}`),
      phone: await found(`phone=${encodeURIComponent('+47')}`),
      lastName: (await found('orders[last_name]=DESC')).slice(0, 1),
      unknownParameter: await found('id_greater_than=4&limit=2'),
    }).toEqual({
      ids: [1, 5],
      email: [3],
      emailLike: [4],
      tag: [2, 5],
      tagAfter: [5],
      list: [3, 5],
      unsubscribed: [5],
      active: [3],
      bounced: [6],
      search: [4],
      phone: [4],
      lastName: [4],
      unknownParameter: [1, 2],
    });
  });
});

describe('include', () => {
  async function startWithParts(variant: Partial<ActiveCampaignVariant> = {}): Promise<void> {
    await start(2, { variant });
    account.office.addTag(1, 'VIP');
    account.office.edit(1, { fields: { Company: 'Fjord AS' } });
    account.office.subscribe(2, 'Customers');
  }

  test('puts the rows beside the contacts and only their ids into them', async () => {
    await startWithParts();
    const answer = await get('/contacts?include=contactTags.tag,fieldValues,contactLists.list');
    expect([
      answer.at('contacts', 0, 'fieldValues'),
      answer.at('fieldValues', 0, 'contact'),
      answer.at('fieldValues', 0, 'value'),
      answer.at('contactTags', 0, 'contact'),
      answer.at('tags', 0, 'tag'),
      answer.at('contactLists', 0, 'contact'),
      answer.at('contactLists', 0, 'status'),
      answer.at('lists', 0, 'name'),
    ]).toEqual([['1'], '1', 'Fjord AS', '1', 'VIP', '2', '1', 'Customers']);
  });

  test('a row without include has no tags, lists or values', async () => {
    await startWithParts();
    const answer = await get('/contacts');
    expect([answer.at('contactTags'), answer.at('fieldValues'), answer.at('contacts', 0, 'fieldValues')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('an account without sideloading ignores it without a word', async () => {
    await startWithParts({ include: 'ignored' });
    const answer = await get('/contacts?include=contactTags,fieldValues');
    expect([answer.status, ids(answer), answer.at('contactTags')]).toEqual([200, [1, 2], undefined]);
  });

  test('one contact alone comes with everything but its tags', async () => {
    await startWithParts();
    const answer = await get('/contacts/1');
    expect([answer.at('fieldValues', 0, 'value'), answer.at('contact', 'fieldValues'), answer.at('contactTags')]).toEqual([
      'Fjord AS',
      ['1'],
      undefined,
    ]);
  });
});

describe('dates', () => {
  const stamps = (answer: WireAnswer) =>
    ['cdate', 'created_timestamp', 'created_utc_timestamp', 'updated_timestamp', 'updated_utc_timestamp'].map((key) =>
      answer.at('contact', key),
    );

  test('carry the Central offset; every timestamp key holds the Central wall clock, also those called utc', async () => {
    account = await startAccount({}, '2026-05-28T10:03:51.900Z');
    account.office.create('a@example.com');
    const answer = await get('/contacts/1');
    expect(stamps(answer)).toEqual(['2026-05-28T05:03:51-05:00', ...Array<string>(4).fill('2026-05-28 05:03:51')]);
    expect(answer.headers.get('date')).toBe('Thu, 28 May 2026 10:03:51 GMT');
  });

  test.each([
    ['2026-03-08T07:59:59Z', '2026-03-08T01:59:59-06:00'],
    ['2026-03-08T08:00:00Z', '2026-03-08T03:00:00-05:00'],
    ['2026-11-01T06:59:59Z', '2026-11-01T01:59:59-05:00'],
    ['2026-11-01T07:00:00Z', '2026-11-01T01:00:00-06:00'],
  ])('change the offset when US clocks change: %s is %s', async (now, expected) => {
    account = await startAccount({}, now);
    account.office.create('a@example.com');
    expect((await get('/contacts/1')).at('contact', 'udate')).toBe(expected);
  });

  test('move with a note, although nothing else changed; an opened e-mail moves the timestamps alone', async () => {
    await start(1);
    await account.clock.advance(60_000);
    account.office.addNote(1);
    await account.clock.advance(60_000);
    account.office.openEmail(1);
    const answer = await get('/contacts/1');
    expect([answer.at('contact', 'udate'), answer.at('contact', 'updated_timestamp')]).toEqual([
      '2026-07-01T07:01:00-05:00',
      '2026-07-01 07:02:00',
    ]);
  });

  test('follow another zone where the account has one', async () => {
    account = await startAccount({ variant: { dateZone: 'Asia/Kolkata' } }, '2026-05-28T10:03:51Z');
    account.office.create('a@example.com');
    expect((await get('/contacts/1')).at('contact', 'udate')).toBe('2026-05-28T15:33:51+05:30');
  });
});

describe('filters[updated_after]', () => {
  async function foundAfter(variant: Partial<ActiveCampaignVariant>, bounds: readonly string[]): Promise<boolean[]> {
    account = await startAccount({ variant }, '2026-07-01T12:00:00Z');
    account.office.create('a@example.com');
    const found: boolean[] = [];
    for (const bound of bounds) found.push(ids(await get(`/contacts?filters[updated_after]=${encodeURIComponent(bound)}`)).length === 1);
    return found;
  }

  test('to the second, by the moment that was meant, with its bound', async () => {
    const bounds = ['2026-07-01T12:00:00.000Z', '2026-07-01T07:00:00-05:00', '2026-07-01T12:00:01Z', '2026-07-02'];
    expect(await foundAfter({}, bounds)).toEqual([true, true, false, false]);
  });

  test('without its bound', async () => {
    const bounds = ['2026-07-01T12:00:00Z', '2026-07-01T11:59:59Z'];
    expect(await foundAfter({ filterBound: 'exclusive' }, bounds)).toEqual([false, true]);
  });

  test('compared with the wall clock of the account: a time in UTC is five hours too late', async () => {
    const bounds = ['2026-07-01T11:00:00Z', '2026-07-01T07:00:00Z', '2026-07-01T07:00:00-05:00'];
    expect(await foundAfter({ filterZone: 'account' }, bounds)).toEqual([false, true, true]);
  });

  test('by whole days, where an exclusive bound hides the whole day', async () => {
    const bounds = ['2026-07-01T00:00:00Z', '2026-06-30T23:59:59Z'];
    expect(await foundAfter({ filterGranularity: 'day', filterBound: 'exclusive' }, bounds)).toEqual([false, true]);
  });

  test('by whole days, where an inclusive bound shows what was changed before it', async () => {
    expect(await foundAfter({ filterGranularity: 'day' }, ['2026-07-01T23:00:00Z', '2026-07-02T00:00:00Z'])).toEqual([true, false]);
  });

  test('created_before and updated_before look the other way', async () => {
    await start(1);
    expect(ids(await get('/contacts?filters[created_before]=2026-06-30'))).toEqual([]);
    expect(ids(await get('/contacts?filters[updated_before]=2026-07-02'))).toEqual([1]);
  });
});

describe('contact/sync', () => {
  const sync = (contact: unknown) => account.request('POST', '/contact/sync', { contact });

  test('creates with 201 and updates with 200, by e-mail without regard to case', async () => {
    await start();
    const first = await sync({ email: 'Ann@Example.com', firstName: 'Ann', lastName: 'Lee' });
    const second = await sync({ email: 'ann@example.COM', firstName: 'Anna' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(account.office.people()).toMatchObject([{ email: 'Ann@Example.com', firstName: 'Anna', lastName: 'Lee' }]);
  });

  test('moves udate also when nothing is different; a fresh person has udate equal to cdate', async () => {
    await start();
    const first = await sync({ email: 'a@example.com', firstName: 'A' });
    await account.clock.advance(11_000);
    const second = await sync({ email: 'a@example.com', firstName: 'A' });
    expect([first.at('contact', 'udate'), first.at('contact', 'cdate'), second.at('contact', 'udate')]).toEqual([
      '2026-07-01T07:00:00-05:00',
      '2026-07-01T07:00:00-05:00',
      '2026-07-01T07:00:11-05:00',
    ]);
  });

  test('answers only the values of this call, as ids inside the contact; unknown fields and personalisation tags are dropped', async () => {
    await start();
    const company = account.office.fieldId('Company');
    const employees = String(account.office.fieldId('Employees'));
    await sync({ email: 'a@example.com', fieldValues: [{ field: company, value: 'Fjord AS' }] });
    const fieldValues = [
      { field: employees, value: 40 },
      { field: 'COMPANY', value: 'x' },
      { field: '999', value: 'y' },
    ];
    const answer = await sync({ email: 'a@example.com', fieldValues });
    expect([answer.status, answer.at('fieldValues'), answer.at('contact', 'fieldValues')]).toMatchObject([
      200,
      [{ id: '2', value: '40' }],
      ['2'],
    ]);
    expect(account.office.person(1)?.fields).toEqual({ Company: 'Fjord AS', Employees: '40' });
  });

  test('an empty text clears a field, an absent key leaves it alone', async () => {
    await start();
    const company = account.office.fieldId('Company');
    await sync({ email: 'a@example.com', phone: '1', fieldValues: [{ field: company, value: 'Fjord AS' }] });
    await sync({ email: 'a@example.com', fieldValues: [{ field: company, value: '' }] });
    expect(account.office.person(1)).toMatchObject({ phone: '1', fields: {} });
  });

  test('without an e-mail it is 400, with a bad one 422', async () => {
    await start();
    const missing = await sync({ firstName: 'A' });
    expect([missing.status, missing.at('errors', 0, 'detail')]).toEqual([400, 'Contact email must be provided for sync']);
    const bad = await sync({ email: 'nobody@nowhere' });
    expect([bad.status, bad.at('errors', 0, 'code')]).toEqual([422, 'email_invalid']);
  });

  test('the plural path is a plain creation: 422 for somebody who exists', async () => {
    await start(1);
    const answer = await account.request('POST', '/contacts/sync', { contact: { email: 'PERSON1@example.com' } });
    expect([answer.status, answer.at('errors', 0, 'code'), answer.at('errors', 0, 'source', 'pointer')]).toEqual([
      422,
      'duplicate',
      '/data/attributes/email',
    ]);
  });
});

describe('single contacts', () => {
  test('PUT and PATCH change parts; PUT is the way to another e-mail, unless somebody has it', async () => {
    await start(2);
    expect((await account.request('PUT', '/contacts/1', { contact: { email: 'new@example.com' } })).status).toBe(200);
    expect((await account.request('PATCH', '/contacts/1', { contact: { lastName: 'Lee' } })).status).toBe(200);
    const taken = await account.request('PUT', '/contacts/1', { contact: { email: 'Person2@example.com' } });
    expect([taken.status, taken.at('errors', 0, 'code')]).toEqual([422, 'duplicate']);
    expect(account.office.person(1)).toMatchObject({ email: 'new@example.com', firstName: 'P1', lastName: 'Lee' });
    expect(account.office.personByEmail('person1@example.com')).toBeNull();
  });

  test('a deleted person is gone for good: 200 with {}, then 404 under the internal name, and the id is not used again', async () => {
    await start(2);
    const deleted = await account.request('DELETE', '/contacts/2');
    expect([deleted.status, deleted.text]).toEqual([200, '{}']);
    const again = await account.request('DELETE', '/contacts/2');
    expect([again.status, again.at('message')]).toEqual([404, 'No Result found for Subscriber with id 2']);
    expect(account.office.create('other@example.com').id).toBe(3);
  });

  test('a person can have no e-mail address, only a telephone number', async () => {
    await start();
    account.office.create('', { phone: '123' });
    account.office.create('', { phone: '456' });
    expect((await get('/contacts')).at('contacts', 1, 'email')).toBe('');
  });
});
