import { bigInt, boolean, dateTime, decimal, integer, lookup, memo, readOnly, type SampleColumn, text } from './column.ts';

/** Columns that lead and contact have alike. Lengths as in a fresh environment; a customer may change every one of them. */

const system = { required: 'SystemRequired' } as const;

export const personColumns = (phones: { readonly telephone: number; readonly mobile: number }): SampleColumn[] => [
  text('firstname', 'First Name', 50, { schemaName: 'FirstName', required: 'Recommended' }),
  text('middlename', 'Middle Name', 50, { schemaName: 'MiddleName' }),
  text('lastname', 'Last Name', 50, { schemaName: 'LastName', required: 'ApplicationRequired' }),
  text('fullname', 'Name', 160, { ...readOnly, schemaName: 'FullName' }),
  text('yomifullname', 'Yomi Full Name', 450, { ...readOnly, schemaName: 'YomiFullName', attributeOf: 'fullname' }),
  text('jobtitle', 'Job Title', 100, { schemaName: 'JobTitle' }),
  text('emailaddress1', 'Email', 100, { schemaName: 'EMailAddress1', format: 'Email' }),
  text('emailaddress2', 'Email Address 2', 100, { schemaName: 'EMailAddress2', format: 'Email' }),
  text('emailaddress3', 'Email Address 3', 100, { schemaName: 'EMailAddress3', format: 'Email' }),
  text('telephone1', 'Business Phone', phones.telephone, { schemaName: 'Telephone1', format: 'Phone' }),
  text('telephone2', 'Home Phone', phones.telephone, { schemaName: 'Telephone2', format: 'Phone' }),
  text('telephone3', 'Telephone 3', phones.telephone, { schemaName: 'Telephone3', format: 'Phone' }),
  text('mobilephone', 'Mobile Phone', phones.mobile, { schemaName: 'MobilePhone', format: 'Phone' }),
  text('websiteurl', 'Website', 200, { schemaName: 'WebSiteUrl', format: 'Url' }),
  memo('description', 'Description', 2000, { schemaName: 'Description' }),
  text('address1_line1', 'Street 1', 250, { schemaName: 'Address1_Line1' }),
  text('address1_line2', 'Street 2', 250, { schemaName: 'Address1_Line2' }),
  text('address1_city', 'City', 80, { schemaName: 'Address1_City' }),
  text('address1_stateorprovince', 'State/Province', 50, { schemaName: 'Address1_StateOrProvince' }),
  text('address1_postalcode', 'ZIP/Postal Code', 20, { schemaName: 'Address1_PostalCode' }),
  text('address1_country', 'Country/Region', 80, { schemaName: 'Address1_Country' }),
  decimal('exchangerate', 'Exchange Rate', 12, 0.000000000001, 100_000_000_000, readOnly),
];

export const consentColumns = (): SampleColumn[] => [
  ...boolean('donotemail', 'Do not allow Emails', 'Allow', 'Do Not Allow', false, { schemaName: 'DoNotEMail' }),
  ...boolean('donotbulkemail', 'Do not allow Bulk Emails', 'Allow', 'Do Not Allow', false, { schemaName: 'DoNotBulkEMail' }),
  ...boolean('donotphone', 'Do not allow Phone Calls', 'Allow', 'Do Not Allow', false, { schemaName: 'DoNotPhone' }),
  ...boolean('donotfax', 'Do not allow Faxes', 'Allow', 'Do Not Allow', false, { schemaName: 'DoNotFax' }),
  ...boolean('donotpostalmail', 'Do not allow Mails', 'Allow', 'Do Not Allow', false, { schemaName: 'DoNotPostalMail' }),
  ...boolean('donotsendmm', 'Marketing Material', 'Send', 'Do Not Send', false, { schemaName: 'DoNotSendMM' }),
  ...boolean('followemail', 'Follow Email Activity', 'Do Not Allow', 'Allow', true, { schemaName: 'FollowEmail' }),
];

/** Owner, currency, who and when, merging, and the row version. `name` is the table's logical name. */
export const bookkeepingColumns = (name: string): SampleColumn[] => [
  ...lookup('ownerid', 'Owner', ['systemuser', 'team'], { ...system, owner: true }),
  ...lookup('transactioncurrencyid', 'Currency', ['transactioncurrency']),
  ...lookup('createdby', 'Created By', ['systemuser'], readOnly),
  ...lookup('modifiedby', 'Modified By', ['systemuser'], readOnly),
  ...lookup('masterid', 'Master ID', [name], readOnly),
  ...boolean('merged', 'Merged', 'No', 'Yes', false, readOnly),
  dateTime('createdon', 'Created On', 'UserLocal', 'DateAndTime', readOnly),
  dateTime('modifiedon', 'Modified On', 'UserLocal', 'DateAndTime', readOnly),
  dateTime('overriddencreatedon', 'Record Created On', 'UserLocal', 'DateOnly', { updatable: false }),
  bigInt('versionnumber', 'Version Number', readOnly),
  integer('timezoneruleversionnumber', 'Time Zone Rule Version Number', -1, 2_147_483_647, { labelInUserLanguage: false }),
];
