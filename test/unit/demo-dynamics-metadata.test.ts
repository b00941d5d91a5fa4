import { describe, expect, it } from 'vitest';
import { anyString, listWith, rowWith, testEnvironment, textLike } from './demo-dynamics-environment.ts';

const lead = "EntityDefinitions(LogicalName='lead')";
const cast = (name: string) => `${lead}/Attributes/Microsoft.Dynamics.CRM.${name}AttributeMetadata`;

describe('metadata', () => {
  it('describes a table by the properties that are selected', async () => {
    const { get } = testEnvironment({ variant: { optimisticConcurrency: false } });
    expect(
      (await get(`${lead}?$select=EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled`)).json(),
    ).toEqual({
      '@odata.context': textLike(/\$metadata#EntityDefinitions\/\$entity$/),
      MetadataId: anyString,
      EntitySetName: 'leads',
      PrimaryIdAttribute: 'leadid',
      ChangeTrackingEnabled: true,
      IsOptimisticConcurrencyEnabled: false,
    });
  });

  it('has no lead table without the Sales app', async () => {
    const { get } = testEnvironment({ variant: { leadTable: false } });
    const rows = await get('leads?$top=1');
    expect([(await get(lead)).status, rows.status, rows.error().code]).toEqual([404, 404, '0x8006088a']);
  });

  it('gives type-specific properties through a cast only', async () => {
    const { get } = testEnvironment();
    expect((await get(`${lead}/Attributes?$select=LogicalName,MaxLength`)).status).toBe(400);
    const lengths = (await get(`${cast('String')}?$select=LogicalName,MaxLength`)).page().value;
    expect(Object.fromEntries(lengths.map((column) => [column.LogicalName, column.MaxLength]))).toMatchObject({
      firstname: 50,
      subject: 300,
      companyname: 100,
      mobilephone: 20,
      emailaddress1: 100,
      address1_postalcode: 20,
    });
  });

  it.each([
    ['Memo', 'description', { MaxLength: 2000 }],
    ['Integer', 'numberofemployees', { MinValue: 0, MaxValue: 1_000_000 }],
    ['Decimal', 'exchangerate', { Precision: 12 }],
    ['Double', 'new_score', { Precision: 2, MaxValue: 100 }],
    ['Money', 'revenue', { Precision: 2 }],
    ['DateTime', 'estimatedclosedate', { DateTimeBehavior: { Value: 'DateOnly' }, Format: 'DateOnly' }],
    ['DateTime', 'schedulefollowup_prospect', { DateTimeBehavior: { Value: 'UserLocal' }, Format: 'DateOnly' }],
    ['Lookup', 'ownerid', { Targets: ['systemuser', 'team'], AttributeType: 'Owner' }],
    ['Lookup', 'customerid', { Targets: ['account', 'contact'], AttributeType: 'Customer' }],
    ['BigInt', 'versionnumber', { IsValidForUpdate: false }],
  ])('%sAttributeMetadata describes %s', async (type, name, expected) => {
    const { get } = testEnvironment();
    const columns = (await get(cast(type))).page().value;
    expect(columns.find((column) => column.LogicalName === name)).toMatchObject(expected);
  });

  it('gives options only under $expand: a column’s own as OptionSet, shared ones as GlobalOptionSet', async () => {
    const { get } = testEnvironment();
    const expanded = '?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)';
    const [plain] = (await get(`${cast('Picklist')}?$select=LogicalName`)).page().value;
    const own = (await get(`${cast('Picklist')}${expanded}`)).page().value.find((column) => column.LogicalName === 'leadqualitycode');
    const shared = (await get(`${cast('MultiSelectPicklist')}${expanded}`)).page().value[0];
    const option = { Value: 1, Label: { UserLocalizedLabel: { Label: 'Hot', LanguageCode: 1033 } } };
    expect(plain).not.toHaveProperty('OptionSet');
    expect(own).toMatchObject({
      OptionSet: { Options: listWith([rowWith({ Value: 1 })]) },
      GlobalOptionSet: null,
    });
    expect(own).toMatchObject({ OptionSet: { Options: [option, {}, {}] } });
    expect(shared).toMatchObject({ LogicalName: 'new_interests', OptionSet: null, GlobalOptionSet: { IsGlobal: true } });
  });

  it('gives both labels of a two-option column, and the state of each status', async () => {
    const { get } = testEnvironment();
    const boolean = (await get(`${cast('Boolean')}?$expand=OptionSet&$filter=LogicalName eq 'donotemail'`)).page().value[0];
    const status = (await get(`${cast('Status')}?$select=LogicalName&$expand=OptionSet`)).page().value[0];
    expect(boolean).toMatchObject({
      OptionSet: {
        TrueOption: { Value: 1, Label: { UserLocalizedLabel: { Label: 'Do Not Allow' } } },
        FalseOption: { Value: 0, Label: { UserLocalizedLabel: { Label: 'Allow' } } },
      },
    });
    expect(status).toMatchObject({ OptionSet: { Options: listWith([rowWith({ Value: 3, State: 1 })]) } });
  });

  it('has columns without a label in the user’s language, columns beside others, and read-only ones', async () => {
    const { get } = testEnvironment();
    const columns = (await get(`${lead}/Attributes?$select=LogicalName,DisplayName,AttributeOf,IsValidForUpdate`)).page().value;
    const named = (name: string) => columns.find((column) => column.LogicalName === name);
    expect(named('new_kundenummer')).toMatchObject({
      DisplayName: { UserLocalizedLabel: null, LocalizedLabels: [{ Label: 'Kundenummer', LanguageCode: 1044 }] },
    });
    expect(named('leadsourcecodename')).toMatchObject({ AttributeOf: 'leadsourcecode', DisplayName: { LocalizedLabels: [] } });
    expect(named('revenue_base')).toMatchObject({ IsValidForUpdate: false });
  });

  it.each([
    [
      "AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Picklist'",
      ['leadsourcecode', 'leadqualitycode', 'industrycode', 'preferredcontactmethodcode'],
    ],
    ["RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'", ['lastname', 'subject']],
  ])('filters by %s', async (filter, expected) => {
    const { column } = testEnvironment();
    expect(await column(`${lead}/Attributes?$select=LogicalName&$filter=${encodeURIComponent(filter)}`, 'LogicalName')).toEqual(expected);
  });

  it('marks a column under column security', async () => {
    const { column } = testEnvironment({ variant: { securedColumns: { lead: ['revenue'], contact: [] } } });
    expect(await column(`${lead}/Attributes?$select=LogicalName&$filter=IsSecured eq true`, 'LogicalName')).toEqual(['revenue']);
  });

  it('names the navigation properties that bindings use', async () => {
    const { column } = testEnvironment();
    const path = "EntityDefinitions(LogicalName='contact')/ManyToOneRelationships?$filter=ReferencingAttribute eq 'parentcustomerid'";
    expect(await column(path, 'ReferencingEntityNavigationPropertyName')).toEqual(['parentcustomerid_account', 'parentcustomerid_contact']);
  });

  it('tells for how many days changes are kept', async () => {
    const { column } = testEnvironment();
    expect(await column('organizations?$select=expirechangetrackingindays', 'expirechangetrackingindays')).toEqual([7]);
  });
});
