import { describe, expect, test } from 'vitest';
import type { MappingDraft } from '../../renderer/screens/data-configuration/draft.ts';
import { suggestMappings } from '../../renderer/screens/data-configuration/suggest-mappings.ts';
import type { ColumnChoice, FieldChoice, FieldChoices } from '../../shared/field-choices.ts';

const column = (name: string, label: string, kind: ColumnChoice['kind'] = 'text', writable = true): ColumnChoice => ({
  name,
  label,
  kind,
  writable,
  required: false,
  options: [],
});
const field = (id: number, label: string, type: FieldChoice['type'] = 'text'): FieldChoice => ({
  name: `field:${id}`,
  label,
  type,
  options: [],
});
const standardFields: FieldChoice[] = [
  { name: 'firstName', label: 'First name', type: 'text', options: [] },
  { name: 'lastName', label: 'Last name', type: 'text', options: [] },
  { name: 'phone', label: 'Phone', type: 'text', options: [] },
];
const choices = (columns: ColumnChoice[], fields: FieldChoice[]): FieldChoices => ({ columns, fields, lists: [], views: [] });
const suggested = (offered: FieldChoices, mappings: readonly MappingDraft[] = []) =>
  suggestMappings(offered, mappings).map(({ column: { name }, field: { label }, direction }) => `${name} = ${label} ${direction}`);

test.each([
  ['jobtitle', 'Job Title', 'Job title'],
  ['jobtitle', 'Job Title', 'Position'],
  ['mobilephone', 'Mobile Phone', 'Mobile'],
  ['mobilephone', 'Mobile Phone', 'Cell phone'],
  ['address1_city', 'City', 'city'],
  ['address1_city', 'Address 1: City', 'Town'],
  ['address1_postalcode', 'ZIP/Postal Code', 'Zip'],
  ['address1_country', 'Country/Region', 'COUNTRY'],
  ['address1_line1', 'Street 1', 'Street address'],
  ['companyname', 'Company Name', 'Company'],
  ['companyname', 'Company Name', 'Organisation'],
  ['websiteurl', 'Website', 'Web site'],
  ['numberofemployees', 'No. of Employees', 'Number of employees'],
  ['new_favouritecolour', 'Lieblingsfarbe', 'lieblingsfarbe'],
  ['new_cafe', 'Café', 'cafe'],
])('%s (%s) is the same as the field "%s"', (name, label, title) => {
  expect(suggested(choices([column(name, label)], [field(1, title)]))).toEqual([`${name} = ${title} both`]);
});

test.each([
  ['leadscore', 'Lead Score', 'Lead source'],
  ['telephone2', 'Home Phone', 'Mobile'],
  ['address2_city', 'Other', 'Company'],
  ['emailaddress1', 'Email', 'Email'],
])('%s (%s) is not the same as the field "%s"', (name, label, title) => {
  expect(suggested(choices([column(name, label)], [field(1, title)]))).toEqual([]);
});

describe('of what fits', () => {
  test('types decide, and a column that cannot be changed goes one way', () => {
    const offered = choices(
      [
        column('leadsourcecode', 'Lead Source', 'choice'),
        column('ownerid', 'Owner', 'lookup'),
        column('birthdate', 'Birthday', 'dateTime'),
      ],
      [field(1, 'Lead source', 'dropdown'), field(2, 'Owner'), field(3, 'Birthday', 'number')],
    );
    expect(suggested(offered)).toEqual(['leadsourcecode = Lead source both', 'ownerid = Owner toActiveCampaign']);
  });

  test('the closest pair is taken, each column and field once, and nothing that is mapped', () => {
    const offered = choices(
      [
        column('telephone1', 'Business Phone'),
        column('telephone2', 'Home Phone'),
        column('firstname', 'First Name'),
        column('jobtitle', 'Job Title'),
      ],
      [...standardFields, field(1, 'Home phone'), field(2, 'Job title'), field(3, 'Title of the job')],
    );
    const mapped: MappingDraft[] = [{ key: 1, dynamics: 'firstname', activeCampaign: 'firstName', direction: 'both' }];
    expect(suggested(offered, mapped).toSorted()).toEqual([
      'jobtitle = Job title both',
      'telephone1 = Phone both',
      'telephone2 = Home phone both',
    ]);
  });
});
