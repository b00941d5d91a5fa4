import { bigInt, boolean, dateTime, entityName, integer, memo, readOnly, rowId, text } from './column.ts';
import { table } from './table.ts';

/** Tables around leads and contacts: what lookups point to, and where the environment keeps its views and settings. */

const fixed = { changeTracking: false, optimisticConcurrency: false, writable: false } as const;
const stamps = () => [
  dateTime('createdon', 'Created On', 'UserLocal', 'DateAndTime', readOnly),
  dateTime('modifiedon', 'Modified On', 'UserLocal', 'DateAndTime', readOnly),
  bigInt('versionnumber', 'Version Number', readOnly),
];

export const accountTable = table({
  ...fixed,
  logicalName: 'account',
  schemaName: 'Account',
  entitySetName: 'accounts',
  label: 'Account',
  primaryId: 'accountid',
  primaryName: 'name',
  columns: [rowId('accountid', 'Account'), text('name', 'Account Name', 160, { required: 'ApplicationRequired' }), ...stamps()],
});

export const systemUserTable = table({
  ...fixed,
  logicalName: 'systemuser',
  schemaName: 'SystemUser',
  entitySetName: 'systemusers',
  label: 'User',
  primaryId: 'systemuserid',
  primaryName: 'fullname',
  columns: [
    rowId('systemuserid', 'User'),
    text('fullname', 'Full Name', 200, readOnly),
    text('internalemailaddress', 'Primary Email', 100, { format: 'Email' }),
    text('azureactivedirectoryobjectid', 'Azure AD Object ID', 36),
    ...boolean('isdisabled', 'Status', 'Enabled', 'Disabled'),
    ...stamps(),
  ],
});

export const teamTable = table({
  ...fixed,
  logicalName: 'team',
  schemaName: 'Team',
  entitySetName: 'teams',
  label: 'Team',
  primaryId: 'teamid',
  primaryName: 'name',
  columns: [rowId('teamid', 'Team'), text('name', 'Team Name', 160), ...stamps()],
});

export const currencyTable = table({
  ...fixed,
  logicalName: 'transactioncurrency',
  schemaName: 'TransactionCurrency',
  entitySetName: 'transactioncurrencies',
  label: 'Currency',
  primaryId: 'transactioncurrencyid',
  primaryName: 'currencyname',
  columns: [
    rowId('transactioncurrencyid', 'Currency'),
    text('currencyname', 'Currency Name', 100),
    text('isocurrencycode', 'Code', 5),
    ...stamps(),
  ],
});

export const organizationTable = table({
  ...fixed,
  logicalName: 'organization',
  schemaName: 'Organization',
  entitySetName: 'organizations',
  label: 'Organization',
  primaryId: 'organizationid',
  primaryName: 'name',
  columns: [
    rowId('organizationid', 'Organization'),
    text('name', 'Organization Name', 160),
    integer('expirechangetrackingindays', 'Days to Expire Change Tracking Deltas', 0, 365),
    ...stamps(),
  ],
});

const viewColumns = () => [
  text('name', 'Name', 200),
  entityName('returnedtypecode', 'Entity Name'),
  integer('querytype', 'Query Type', 0, 1_000_000_000),
  memo('fetchxml', 'Fetch XML', 1_073_741_823),
  memo('layoutxml', 'Layout XML', 1_073_741_823),
];

export const savedQueryTable = table({
  ...fixed,
  logicalName: 'savedquery',
  schemaName: 'SavedQuery',
  entitySetName: 'savedqueries',
  label: 'View',
  primaryId: 'savedqueryid',
  primaryName: 'name',
  columns: [rowId('savedqueryid', 'View'), ...viewColumns(), ...boolean('isdefault', 'Default View', 'No', 'Yes'), ...stamps()],
});

export const userQueryTable = table({
  ...fixed,
  logicalName: 'userquery',
  schemaName: 'UserQuery',
  entitySetName: 'userqueries',
  label: 'Saved View',
  primaryId: 'userqueryid',
  primaryName: 'name',
  columns: [rowId('userqueryid', 'Saved View'), ...viewColumns(), ...stamps()],
});
