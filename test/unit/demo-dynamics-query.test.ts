import { describe, expect, it } from 'vitest';
import { anyString, id, sampleLead, testEnvironment, textLike, textWith } from './demo-dynamics-environment.ts';

const filtered = (filter: string) => `leads?$select=lastname&$filter=${encodeURIComponent(filter)}`;

describe('a query of rows', () => {
  it('always gives the primary key and the etag, and null for a column without a value', async () => {
    const { get } = testEnvironment({ leads: [sampleLead(1)] });
    const [row] = (await get('leads?$select=firstname')).page().value;
    expect(row).toEqual({ '@odata.etag': textLike(/^W\/"\d+"$/), firstname: null, leadid: id(1) });
  });

  it('brings the currency with a money column', async () => {
    const { get } = testEnvironment({ leads: [sampleLead(1, { revenue: 12.5 })] });
    const [row] = (await get('leads?$select=revenue')).page().value;
    expect(row).toMatchObject({ revenue: 12.5, _transactioncurrencyid_value: anyString });
  });

  it.each([
    ["lastname eq 'LEAD 1'", ['Lead 1']],
    ["not (lastname eq 'lead 1') and lastname ne 'lead 2'", ['Lead 3', "O'Brien"]],
    ["lastname eq 'lead 1' or lastname eq 'lead 2' and firstname eq 'nobody'", ['Lead 1']],
    ["(lastname eq 'lead 1' or lastname eq 'lead 2') and firstname eq null", ['Lead 2']],
    ['firstname ne null', ['Lead 1']],
    ["firstname ne 'anna'", ['Lead 2', 'Lead 3', "O'Brien"]],
    ["lastname eq 'o''brien'", ["O'Brien"]],
    ["emailaddress1 eq 'a+b@x.no'", ['Lead 1']],
    ['leadsourcecode eq 3', ['Lead 2']],
    ['leadsourcecode gt 2 and leadsourcecode le 3', ['Lead 2']],
    ['donotbulkemail eq true', ['Lead 3']],
    ['modifiedon ge 2026-06-01T10:00:00Z', ['Lead 2', 'Lead 3']],
    ['modifiedon lt 2026-06-01T12:00:00+02:00', ['Lead 1', "O'Brien"]],
    ['estimatedclosedate eq 2026-07-01', ['Lead 1']],
    [`leadid eq ${id(2)}`, ['Lead 2']],
    [`_parentcontactid_value eq ${id(9)}`, ['Lead 3']],
    ["contains(companyname,'50%')", ['Lead 1', 'Lead 2']],
    ["contains(companyname,'50[%]')", ['Lead 1']],
    ["startswith(companyname,'a_c')", ['Lead 3']],
    ["endswith(companyname,'[xy]z')", ["O'Brien"]],
    ['Microsoft.Dynamics.CRM.In(PropertyName=\'emailaddress1\',PropertyValues=["A+B@X.NO","nobody@x.no"])', ['Lead 1']],
    ["Microsoft.Dynamics.CRM.In(PropertyName='lastname',PropertyValues=['O''Brien'])", ["O'Brien"]],
    ["Microsoft.Dynamics.CRM.OnOrAfter(PropertyName='modifiedon',PropertyValue='2026-06-02')", ['Lead 3']],
    ["Microsoft.Dynamics.CRM.OnOrBefore(PropertyName='modifiedon',PropertyValue='2026-06-01')", ['Lead 1', 'Lead 2', "O'Brien"]],
    ["Microsoft.Dynamics.CRM.LastXDays(PropertyName='modifiedon',PropertyValue=8)", ['Lead 3']],
    ['Microsoft.Dynamics.CRM.Between(PropertyName=\'numberofemployees\',PropertyValues=["5","2000"])', ['Lead 2']],
    ["Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_interests',PropertyValues=['2'])", ['Lead 1']],
  ])('understands %s', async (filter, expected) => {
    const { column } = testEnvironment({
      leads: [
        sampleLead(1, {
          firstname: 'Anna',
          emailaddress1: 'a+b@x.no',
          companyname: 'Half 50%',
          modifiedon: '2026-06-01T09:59:59Z',
          estimatedclosedate: '2026-07-01',
          new_interests: '2,12',
        }),
        sampleLead(2, { leadsourcecode: 3, companyname: 'Half 500', modifiedon: '2026-06-01T10:00:00Z', numberofemployees: 5 }),
        sampleLead(3, {
          donotbulkemail: true,
          companyname: 'ABCD',
          modifiedon: '2026-06-02T00:00:00Z',
          _parentcontactid_value: id(9),
          new_interests: '12',
        }),
        sampleLead(4, { lastname: "O'Brien", companyname: 'xyz', modifiedon: '2026-05-01T00:00:00Z' }),
      ],
    });
    expect(await column(filtered(filter), 'lastname')).toEqual(expected);
  });

  it('reads an apostrophe in double quotes as it is: doubled there, it is two', async () => {
    const { column } = testEnvironment({ leads: [sampleLead(1, { emailaddress1: "o'brien@x.no" })] });
    const search = (address: string) =>
      column(filtered(`Microsoft.Dynamics.CRM.In(PropertyName='emailaddress1',PropertyValues=[${address}])`), 'lastname');
    expect([await search('"o\'brien@x.no"'), await search('"o\'\'brien@x.no"'), await search("'o''brien@x.no'")]).toEqual([
      ['Lead 1'],
      [],
      ['Lead 1'],
    ]);
  });

  it('reads an unencoded plus as a space', async () => {
    const { column } = testEnvironment({ leads: [sampleLead(1, { emailaddress1: 'a+b@x.no' })] });
    expect(await column("leads?$select=lastname&$filter=emailaddress1%20eq%20'a+b@x.no'", 'lastname')).toEqual([]);
  });

  it('takes parameter aliases', async () => {
    const { column } = testEnvironment({ leads: [sampleLead(1), sampleLead(2)] });
    expect(await column("leads?$select=lastname&$filter=lastname%20eq%20@name&@name='Lead%202'", 'lastname')).toEqual(['Lead 2']);
  });

  it.each([
    ["leadsourcecode eq '3'", '0x80060888', 'A binary operator with incompatible types was detected'],
    [`_ownerid_value eq '${id(1)}'`, '0x80060888', 'A binary operator with incompatible types was detected'],
    ["nosuch eq 'x'", '0x80041103', "Name = 'nosuch'"],
    ["lastname eq 'x", '0x80060888', 'Syntax error'],
    ["lastname eq 'x' and", '0x80060888', 'Syntax error'],
    ["Microsoft.Dynamics.CRM.Contains(PropertyName='lastname',PropertyValue='x')", '0x80060888', 'not a query function'],
  ])('refuses %s', async (filter, code, words) => {
    const { get } = testEnvironment({ leads: [sampleLead(1)] });
    const answer = await get(filtered(filter));
    expect([answer.status, answer.error().code, answer.error().message]).toEqual([400, code, textWith(words)]);
  });

  it.each(['$skip=1', '$search=x', '$format=json'])('refuses %s', async (option) => {
    const { get } = testEnvironment();
    expect((await get(`leads?${option}`)).status).toBe(400);
  });

  it('sorts a choice by its integer, a lookup by its name, and rows without a value first', async () => {
    const { column } = testEnvironment({
      leads: [
        sampleLead(1, { leadsourcecode: 9, _parentcontactid_value: id(11) }),
        sampleLead(2),
        sampleLead(3, { leadsourcecode: 10, _parentcontactid_value: id(12) }),
      ],
      contacts: [
        { id: id(11), columns: { lastname: 'Zoe' } },
        { id: id(12), columns: { lastname: 'Adam' } },
      ],
    });
    expect([
      await column('leads?$select=lastname&$orderby=leadsourcecode', 'lastname'),
      await column('leads?$select=lastname&$orderby=_parentcontactid_value%20desc', 'lastname'),
    ]).toEqual([
      ['Lead 2', 'Lead 1', 'Lead 3'],
      ['Lead 1', 'Lead 3', 'Lead 2'],
    ]);
  });

  it('adds display annotations where they are wanted', async () => {
    const { get } = testEnvironment({ leads: [sampleLead(1, { leadsourcecode: 3 })] });
    const [row] = (await get('leads?$select=leadsourcecode,_ownerid_value', { prefer: 'odata.include-annotations="*"' })).page().value;
    expect(row).toMatchObject({
      'leadsourcecode@OData.Community.Display.V1.FormattedValue': 'External Referral',
      '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Ingrid Berg',
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
      '_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ownerid',
    });
  });

  it('is refused where its address is longer than 32,768 characters', async () => {
    const { get } = testEnvironment();
    expect((await get(filtered(`lastname eq '${'x'.repeat(32_768)}'`))).status).toBe(414);
  });
});

describe('paging', () => {
  const leads = Array.from({ length: 7 }, (_, index) => sampleLead(index + 1));

  it('goes through every row once, with an opaque link on all pages but the last', async () => {
    const { get } = testEnvironment({ leads });
    const sizes: number[] = [];
    const names = new Set<unknown>();
    let next: string | undefined = 'leads?$select=lastname&$orderby=lastname%20desc';
    while (next !== undefined) {
      const page = (await get(next, { prefer: 'odata.maxpagesize=3' })).page();
      sizes.push(page.value.length);
      for (const row of page.value) names.add(row.lastname);
      next = page['@odata.nextLink'];
    }
    expect([sizes, names.size]).toEqual([[3, 3, 1], 7]);
  });

  it('begins the next page behind the last row, wherever rows were added or taken away meanwhile', async () => {
    const { get, dynamics } = testEnvironment({ leads });
    const first = (await get('leads?$select=lastname', { prefer: 'odata.maxpagesize=3' })).page();
    dynamics.salesPeople.delete('lead', id(1));
    dynamics.salesPeople.delete('lead', id(3));
    const second = (await get(first['@odata.nextLink'] ?? '', { prefer: 'odata.maxpagesize=3' })).page();
    expect(second.value.map((row) => row.lastname)).toEqual(['Lead 4', 'Lead 5', 'Lead 6']);
  });

  it.each([
    ['edited', (link: string) => link.replace('pagenumber=%222', 'pagenumber=%223')],
    ['appended to', (link: string) => `${link}&$top=1`],
    [
      'encoded anew',
      (link: string) =>
        link.replace(/\$skiptoken=(.*)$/, (_, token: string) => `$skiptoken=${encodeURIComponent(decodeURIComponent(token))}`),
    ],
  ])('refuses a link that was %s', async (_, edit) => {
    const { get } = testEnvironment({ leads });
    const first = (await get('leads?$select=lastname', { prefer: 'odata.maxpagesize=3' })).page();
    expect((await get(edit(first['@odata.nextLink'] ?? ''))).status).toBe(400);
  });

  it('ignores $top beside a page size, and a page size above 5,000', async () => {
    const { get } = testEnvironment({ leads, variant: { pageSize: 5 } });
    expect([
      (await get('leads?$top=2', { prefer: 'odata.maxpagesize=4' })).page().value.length,
      (await get('leads?$top=2')).page().value.length,
      (await get('leads', { prefer: 'odata.maxpagesize=9000' })).page().value.length,
    ]).toEqual([4, 2, 5]);
  });

  it('gives no link to more rows than $top asked for', async () => {
    const { get } = testEnvironment({ leads });
    expect((await get('leads?$top=2')).page()['@odata.nextLink']).toBeUndefined();
  });
});

describe('counting', () => {
  it('stops at 5,000 and says so where it is asked to', async () => {
    const leads = Array.from({ length: 5_001 }, (_, index) => sampleLead(index + 1));
    const { get } = testEnvironment({ leads });
    const counted = await get("leads?$select=leadid&$filter=startswith(lastname,'lead')&$count=true&$top=1", {
      prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.totalrecordcount,Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"',
    });
    expect(counted.json()).toMatchObject({
      '@odata.count': 5_000,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5_000,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true,
    });
    expect([(await get('leads/$count')).body, (await get("leads/$count?$filter=endswith(lastname,'77')")).body]).toEqual(['5000', '50']);
  });
});
