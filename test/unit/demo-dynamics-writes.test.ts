import { describe, expect, it } from 'vitest';
import { anyString, id, root, rowWith, sampleLead, testEnvironment, textWith } from './demo-dynamics-environment.ts';

const leads = [sampleLead(1), sampleLead(2)];
const lead = (number: number) => `leads(${id(number)})`;

async function etagOf(environment: ReturnType<typeof testEnvironment>, number: number): Promise<string> {
  return String((await environment.get(`${lead(number)}?$select=lastname`)).json()['@odata.etag']);
}

describe('creating', () => {
  it('answers 204 with the address of the row, or 201 with the row', async () => {
    const { send } = testEnvironment();
    const plain = await send('POST', 'leads', { body: { leadid: id(7), lastname: 'Seven' } });
    const represented = await send('POST', 'leads?$select=lastname', {
      body: { lastname: 'Eight' },
      headers: { prefer: 'return=representation' },
    });
    expect([plain.status, plain.headers['odata-entityid'], represented.status, represented.json()]).toEqual([
      204,
      `${root}leads(${id(7)})`,
      201,
      rowWith({ lastname: 'Eight', '@odata.etag': anyString, leadid: anyString }),
    ]);
  });

  it('refuses a primary key that exists', async () => {
    const { send } = testEnvironment({ leads });
    const answer = await send('POST', 'leads', { body: { leadid: id(1), lastname: 'Again' } });
    expect([answer.status, answer.error().code]).toEqual([412, '0x80040237']);
  });

  it('fills in what the service keeps: name, state, owner, stamps, base amounts', async () => {
    const { send, get } = testEnvironment();
    await send('POST', 'leads', { body: { leadid: id(7), firstname: 'Kari', lastname: 'Lie', revenue: 10.009 } });
    const { UserId } = (await get('WhoAmI')).json();
    expect((await get(lead(7))).json()).toMatchObject({
      fullname: 'Kari Lie',
      statecode: 0,
      statuscode: 1,
      leadqualitycode: 2,
      donotbulkemail: false,
      followemail: true,
      revenue: 10.01,
      revenue_base: 10.01,
      createdon: '2026-06-10T12:00:00Z',
      modifiedon: '2026-06-10T12:00:00Z',
      _ownerid_value: UserId,
      _modifiedby_value: UserId,
    });
  });
});

describe('PATCH', () => {
  it('without a condition updates, or creates a row that is gone', async () => {
    const { send, column, dynamics } = testEnvironment({ leads });
    dynamics.salesPeople.delete('lead', id(2));
    const statuses = [
      (await send('PATCH', lead(1), { body: { lastname: 'One' } })).status,
      (await send('PATCH', lead(2), { body: { lastname: 'Risen' } })).status,
    ];
    expect([statuses, await column('leads?$select=lastname', 'lastname')]).toEqual([
      [204, 204],
      ['One', 'Risen'],
    ]);
  });

  it.each([
    { what: 'If-Match: * updates', number: 1, headers: { 'if-match': '*' }, status: 204, code: null },
    { what: 'If-Match: * never creates', number: 9, headers: { 'if-match': '*' }, status: 404, code: '0x80040217' },
    { what: 'If-None-Match: * creates', number: 9, headers: { 'if-none-match': '*' }, status: 204, code: null },
    { what: 'If-None-Match: * never updates', number: 1, headers: { 'if-none-match': '*' }, status: 412, code: '0x80040237' },
    { what: 'a version that moved is refused', number: 1, headers: { 'if-match': 'W/"1"' }, status: 412, code: '0x80060882' },
  ])('$what', async ({ number, headers, status, code }) => {
    const { send } = testEnvironment({ leads });
    const answer = await send('PATCH', lead(number), { body: { lastname: 'New' }, headers });
    expect([answer.status, answer.body === '' ? null : answer.error().code]).toEqual([status, code]);
  });

  it('with the version of the row updates once', async () => {
    const environment = testEnvironment({ leads });
    const headers = { 'if-match': await etagOf(environment, 1) };
    const first = await environment.send('PATCH', lead(1), { body: { lastname: 'One' }, headers });
    const second = await environment.send('PATCH', lead(1), { body: { lastname: 'One again' }, headers });
    expect([first.status, second.status]).toEqual([204, 412]);
  });

  it('refuses versions where the table keeps none', async () => {
    const environment = testEnvironment({ leads, variant: { optimisticConcurrency: false } });
    const headers = { 'if-match': await etagOf(environment, 1) };
    const answer = await environment.send('PATCH', lead(1), { body: { lastname: 'One' }, headers });
    expect(answer.error().code).toBe('0x8006088d');
  });

  it('leaves the service to write the name, the time to the second and the user', async () => {
    const environment = testEnvironment({ leads });
    environment.clock.time += 61_999;
    await environment.send('PATCH', lead(1), { body: { firstname: 'Åse' } });
    const byApi = (await environment.get(`${lead(1)}?$select=fullname,modifiedon,_modifiedby_value`)).json();
    environment.dynamics.salesPeople.edit('lead', id(1), { firstname: 'Ida' });
    const bySales = (await environment.get(`${lead(1)}?$select=_modifiedby_value`)).json();
    expect([byApi.fullname, byApi.modifiedon, bySales._modifiedby_value === byApi._modifiedby_value]).toEqual([
      'Åse Lead 1',
      '2026-06-10T12:01:01Z',
      false,
    ]);
  });
});

describe('GET of one row', () => {
  it('answers 304 where the version is known, unless annotations are wanted', async () => {
    const environment = testEnvironment({ leads });
    const etag = await etagOf(environment, 1);
    const statuses = [
      (await environment.get(lead(1), { 'if-none-match': etag })).status,
      (await environment.get(lead(1), { 'if-none-match': 'null' })).status,
      (await environment.get(lead(1), { 'if-none-match': etag, prefer: 'odata.include-annotations="*"' })).status,
    ];
    expect(statuses).toEqual([304, 200, 200]);
  });

  it('says what does not exist', async () => {
    const { get } = testEnvironment();
    const answer = await get(lead(1));
    expect([answer.status, answer.error()]).toEqual([
      404,
      { code: '0x80040217', message: `Entity 'lead' With Id = ${id(1)} Does Not Exist` },
    ]);
  });

  it('has no alternate keys', async () => {
    const { get } = testEnvironment({ leads });
    expect((await get("leads(emailaddress1='a@x.no')")).error().code).toBe('0x80060890');
  });
});

describe('DELETE', () => {
  it('deletes once, and only the version that was asked for', async () => {
    const { send } = testEnvironment({ leads });
    expect([
      (await send('DELETE', lead(1), { headers: { 'if-match': 'W/"1"' } })).status,
      (await send('DELETE', lead(1))).status,
      (await send('DELETE', lead(1))).status,
    ]).toEqual([412, 204, 404]);
  });

  it('of a contact takes along the leads that have it as customer', async () => {
    const { send, column } = testEnvironment({
      leads: [sampleLead(1, { _customerid_value: id(11) }), sampleLead(2, { _parentcontactid_value: id(11) })],
      contacts: [{ id: id(11), columns: { lastname: 'Customer' } }],
    });
    await send('DELETE', `contacts(${id(11)})`);
    expect(await column('leads?$select=_parentcontactid_value', '_parentcontactid_value')).toEqual([null]);
  });
});

describe('what a write is checked for', () => {
  it.each([
    ['a text that is too long', { firstname: 'x'.repeat(51) }, '0x80044331'],
    ['a choice that does not exist', { leadsourcecode: 99 }, '0x8004431a'],
    ['one of several choices that does not exist', { new_interests: '1,99' }, '0x8004431a'],
    ['a column that does not exist', { nosuch: 'x' }, '0x80041103'],
    ['text for a number', { numberofemployees: '5' }, '0x80048d19'],
    ['a fraction for a whole number', { numberofemployees: 1.5 }, '0x80048d19'],
    ['a number that is too large', { numberofemployees: 2_000_000 }, '0x80040203'],
    ['a number for a text', { firstname: 5 }, '0x80048d19'],
    ['a text for a two-option column', { donotbulkemail: 'true' }, '0x80048d19'],
    ['a time for a date', { estimatedclosedate: '2026-07-01T00:00:00Z' }, '0x80048d19'],
    ['a date before 1753', { estimatedclosedate: '1752-12-31' }, '0x80040203'],
    ['a computed column', { fullname: 'Somebody' }, '0x80048d19'],
    ['the stamps of the service', { modifiedon: '2026-01-01T00:00:00Z' }, '0x80048d19'],
    ['a base amount', { revenue_base: 5 }, '0x80048d19'],
    ['null for a column that the system requires', { statecode: null }, '0x80040203'],
    ['a lookup that is not bound', { _parentcontactid_value: id(11) }, '0x80060888'],
    ['a navigation property that does not exist', { 'ParentContactId@odata.bind': `/contacts(${id(11)})` }, '0x80048d19'],
    ['a binding to another table', { 'parentcontactid@odata.bind': `/leads(${id(1)})` }, '0x80048d19'],
    ['a binding to a row that does not exist', { 'parentcontactid@odata.bind': `/contacts(${id(99)})` }, '0x80040217'],
    ['a status of another state', { statuscode: 3 }, '0x80048408'],
    ['a state with a status of another', { statecode: 2, statuscode: 1 }, '0x80048408'],
  ])('refuses %s', async (_, body, code) => {
    const { send, get } = testEnvironment({ leads, contacts: [{ id: id(11), columns: { lastname: 'Contact' } }] });
    const before = (await get(lead(1))).body;
    const answer = await send('PATCH', lead(1), { body });
    expect([answer.error().code, (await get(lead(1))).body]).toEqual([code, before]);
  });

  it('keeps values in the form of their column', async () => {
    const { send, get } = testEnvironment({ leads, contacts: [{ id: id(11), columns: { lastname: 'Contact' } }] });
    const body = {
      new_interests: '3, 1,3',
      new_score: 1.005,
      schedulefollowup_prospect: '2026-07-01T01:30:00.5+02:00',
      new_visitedon: '2026-07-01T09:00:00Z',
      estimatedclosedate: '2026-07-01',
      'parentcontactid@odata.bind': `contacts(${id(11)})`,
      '@odata.type': 'Microsoft.Dynamics.CRM.lead',
      statecode: 2,
    };
    expect((await send('PATCH', lead(1), { body })).status).toBe(204);
    expect((await get(lead(1))).json()).toMatchObject({
      new_interests: '1,3',
      new_score: 1,
      schedulefollowup_prospect: '2026-06-30T23:30:00Z',
      new_visitedon: '2026-07-01T09:00:00Z',
      estimatedclosedate: '2026-07-01',
      _parentcontactid_value: id(11),
      statecode: 2,
      statuscode: 4,
    });
  });

  it('keeps the status reason that a write does not name', async () => {
    const { send, get } = testEnvironment({ leads: [sampleLead(1, { statuscode: 2 })] });
    await send('PATCH', lead(1), { body: { jobtitle: 'Owner' } });
    expect((await get(`${lead(1)}?$select=statuscode`)).json().statuscode).toBe(2);
  });

  it('lets a row without its business-required columns through, unless a plug-in enforces them', async () => {
    const free = await testEnvironment().send('POST', 'leads', { body: { emailaddress1: 'a@x.no' } });
    const enforced = await testEnvironment({ variant: { enforcesBusinessRequired: true } }).send('POST', 'leads', {
      body: { lastname: 'Lie' },
    });
    expect([free.status, enforced.error()]).toEqual([204, { code: '0x80040265', message: textWith('Topic') }]);
  });

  it('ignores the state of a new row where the environment does', async () => {
    const { send, get } = testEnvironment({ variant: { stateOnCreate: false } });
    await send('POST', 'leads', { body: { leadid: id(7), statecode: 2, statuscode: 5 } });
    expect((await get(`${lead(7)}?$select=statecode,statuscode`)).json()).toMatchObject({ statecode: 0, statuscode: 1 });
  });

  it('hides a secured column and refuses to write it', async () => {
    const { send, get } = testEnvironment({
      leads: [sampleLead(1, { revenue: 5 })],
      variant: { securedColumns: { lead: ['revenue'], contact: [] } },
    });
    const refused = await send('PATCH', lead(1), { body: { revenue: 6 } });
    expect([(await get(`${lead(1)}?$select=revenue`)).json().revenue, refused.status, refused.error().code]).toEqual([
      null,
      403,
      '0x8004f507',
    ]);
  });
});

describe('bulk messages', () => {
  const target = (columns: Record<string, unknown>) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.lead', ...columns });

  it('CreateMultiple gives the ids in order', async () => {
    const { send } = testEnvironment();
    const answer = await send('POST', 'leads/Microsoft.Dynamics.CRM.CreateMultiple', {
      body: { Targets: [target({ leadid: id(8), lastname: 'A' }), target({ leadid: id(7), lastname: 'B' })] },
    });
    expect([answer.status, answer.json().Ids]).toEqual([200, [id(8), id(7)]]);
  });

  it('are all or nothing', async () => {
    const { send, get } = testEnvironment();
    const answer = await send('POST', 'leads/Microsoft.Dynamics.CRM.CreateMultiple', {
      body: { Targets: [target({ lastname: 'A' }), target({ lastname: 'x'.repeat(51) })] },
    });
    expect([answer.error().code, (await get('leads/$count')).body]).toEqual(['0x80044331', '0']);
  });
});
