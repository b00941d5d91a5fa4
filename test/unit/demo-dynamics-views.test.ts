import { describe, expect, it } from 'vitest';
import { views } from '../../main/demo/dynamics/environment.ts';
import { anyString, id, rowWith, sampleLead, testEnvironment } from './demo-dynamics-environment.ts';

const fetchXml = (inner: string, attributes = '') =>
  `leads?fetchXml=${encodeURIComponent(`<fetch ${attributes}><entity name="lead"><attribute name="lastname" />${inner}</entity></fetch>`)}`;
const condition = (attribute: string, operator: string, value?: string) =>
  `<condition attribute="${attribute}" operator="${operator}"${value === undefined ? '' : ` value="${value}"`} />`;

const paging = { prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"' };

describe('saved views', () => {
  it('are listed with their FetchXML, list views and others apart', async () => {
    const { column } = testEnvironment();
    const list = (set: string) =>
      column(`${set}?$select=name,fetchxml&$filter=returnedtypecode eq 'lead' and querytype eq 0&$orderby=name`, 'name');
    expect([await list('savedqueries'), await list('userqueries')]).toEqual([
      ['All Leads', 'Leads from Norway', 'Open Leads'],
      ['My hot leads'],
    ]);
  });

  it('choose rows and columns, and leave columns without a value out', async () => {
    const { get } = testEnvironment({
      leads: [
        sampleLead(1, { address1_country: 'norway', subject: 'Hello' }),
        sampleLead(2, { address1_country: 'Sweden' }),
        sampleLead(3, { address1_country: 'Norge', statecode: 2, statuscode: 4 }),
      ],
    });
    const { value } = (await get(`leads?savedQuery=${views.leadsFromNorway}`)).page();
    expect(value).toEqual([
      {
        '@odata.etag': anyString,
        leadid: id(1),
        fullname: 'Lead 1',
        subject: 'Hello',
        statuscode: 1,
        createdon: '2026-06-10T12:00:00Z',
      },
    ]);
  });

  it('can be personal', async () => {
    const { column } = testEnvironment({ leads: [sampleLead(1, { leadqualitycode: 1 }), sampleLead(2)] });
    expect(await column(`leads?userQuery=${views.myHotLeads}`, 'leadid')).toEqual([id(1)]);
  });

  it('page by the preferred size', async () => {
    const { get, column } = testEnvironment({ leads: [1, 2, 3].map((number) => sampleLead(number)) });
    const size = { prefer: 'odata.maxpagesize=2' };
    const first = (await get(`leads?savedQuery=${views.allLeads}`, size)).page();
    expect([first.value.length, await column(first['@odata.nextLink'] ?? '', 'fullname', size)]).toEqual([2, ['Lead 3']]);
  });

  it('are refused for another table, or where they do not exist', async () => {
    const { get } = testEnvironment();
    expect([(await get(`contacts?savedQuery=${views.allLeads}`)).status, (await get(`leads?savedQuery=${id(1)}`)).status]).toEqual([
      400, 404,
    ]);
  });
});

describe('FetchXML', () => {
  const leads = [
    sampleLead(1, { lastname: 'Ørsted & Sons', address1_city: 'Oslo', numberofemployees: 5, createdon: '2026-06-01T23:00:00Z' }),
    sampleLead(2, { lastname: 'Berg', address1_city: 'Bergen', leadsourcecode: 8, createdon: '2026-06-02T00:00:00Z' }),
    sampleLead(3, { lastname: 'Lie', numberofemployees: 50, donotbulkemail: true, createdon: '2026-06-03T00:00:00Z' }),
  ];

  it.each([
    [condition('lastname', 'eq', 'BERG'), ['Berg']],
    [condition('address1_city', 'ne', 'Oslo'), ['Berg', 'Lie']],
    [condition('address1_city', 'like', '%berg%'), ['Berg']],
    [condition('address1_city', 'not-like', '%berg%'), ['Ørsted & Sons', 'Lie']],
    [condition('lastname', 'begins-with', 'ø'), ['Ørsted & Sons']],
    [condition('lastname', 'ends-with', '&amp; sons'), ['Ørsted & Sons']],
    [condition('numberofemployees', 'gt', '5'), ['Lie']],
    [condition('numberofemployees', 'le', '5'), ['Ørsted & Sons']],
    [condition('createdon', 'on-or-after', '2026-06-02'), ['Berg', 'Lie']],
    [condition('createdon', 'on-or-before', '2026-06-02'), ['Ørsted & Sons', 'Berg']],
    [condition('leadsourcecode', 'null'), ['Ørsted & Sons', 'Lie']],
    [condition('leadsourcecode', 'not-null'), ['Berg']],
    [condition('donotbulkemail', 'eq', '1'), ['Lie']],
    ['<condition attribute="leadsourcecode" operator="in"><value>8</value><value>9</value></condition>', ['Berg']],
    [
      `${condition('numberofemployees', 'not-null')}<filter type="or">${condition('lastname', 'eq', 'Lie')}${condition('lastname', 'eq', 'Berg')}</filter>`,
      ['Lie'],
    ],
  ])('understands %s', async (conditions, expected) => {
    const { column } = testEnvironment({ leads });
    expect(await column(fetchXml(`<filter>${conditions}</filter>`), 'lastname')).toEqual(expected);
  });

  it('pages by page, count and a cookie that has to be decoded twice', async () => {
    const { get } = testEnvironment({ leads });
    const order = '<order attribute="lastname" descending="true" />';
    const first = (await get(fetchXml(order, 'page="1" count="2"'), paging)).json();
    const annotation = String(first['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']);
    const encoded = /pagingcookie="([^"]*)"/.exec(annotation)?.[1] ?? '';
    const cookie = decodeURIComponent(decodeURIComponent(encoded))
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')
      .replaceAll('<', '&lt;');
    const second = (await get(fetchXml(order, `page="2" count="2" paging-cookie="${cookie}"`), paging)).json();
    expect([
      first.value,
      first['@Microsoft.Dynamics.CRM.morerecords'],
      second.value,
      second['@Microsoft.Dynamics.CRM.morerecords'],
    ]).toEqual([[rowWith({ lastname: 'Ørsted & Sons' }), rowWith({ lastname: 'Lie' })], true, [rowWith({ lastname: 'Berg' })], false]);
  });

  it('reaches no row behind the 50,000th without a cookie', async () => {
    const { get } = testEnvironment({ leads });
    expect([
      (await get(fetchXml('', 'page="10" count="5000"'))).status,
      (await get(fetchXml('', 'page="11" count="5000"'))).status,
    ]).toEqual([200, 400]);
  });

  it.each([
    ['a column that does not exist', fetchXml('<attribute name="nosuch" />'), '0x80041103'],
    ['an operator that does not exist', fetchXml(`<filter>${condition('lastname', 'sounds-like', 'x')}</filter>`), '0x80040203'],
    ['a value of another type', fetchXml(`<filter>${condition('numberofemployees', 'eq', 'five')}</filter>`), '0x80060888'],
    ['what is not XML', 'leads?fetchXml=%3Cfetch%3E', '0x80040203'],
    ['system query options beside it', `${fetchXml('')}&$top=1`, '0x80060888'],
  ])('refuses %s', async (_, path, code) => {
    const { get } = testEnvironment({ leads });
    expect((await get(path)).error().code).toBe(code);
  });
});
