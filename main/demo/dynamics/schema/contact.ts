import { accountRoles, genders, interests, preferredContactMethods } from '../../data-set/choices.ts';
import { boolean, choice, dateTime, integer, lookup, money, rowId, text } from './column.ts';
import { bookkeepingColumns, consentColumns, personColumns } from './shared-columns.ts';
import { contactStates, contactStatuses } from './states.ts';
import { table } from './table.ts';

/** The contact table, which every environment has, with a few custom columns (`new_…`). */
export const contactTable = table({
  logicalName: 'contact',
  schemaName: 'Contact',
  entitySetName: 'contacts',
  label: 'Contact',
  primaryId: 'contactid',
  primaryName: 'fullname',
  changeTracking: true,
  optimisticConcurrency: true,
  writable: true,
  columns: [
    rowId('contactid', 'Contact'),
    ...personColumns({ telephone: 50, mobile: 50 }),
    ...consentColumns(),
    text('department', 'Department', 100, { schemaName: 'Department' }),
    integer('numberofchildren', 'No. of Children', 0, 1_000_000_000, { schemaName: 'NumberOfChildren' }),
    ...money('annualincome', 'Annual Income'),
    ...money('creditlimit', 'Credit Limit'),
    ...choice('picklist', 'gendercode', 'Gender', genders, { schemaName: 'GenderCode' }),
    ...choice('picklist', 'accountrolecode', 'Role', accountRoles, { schemaName: 'AccountRoleCode' }),
    ...choice('picklist', 'preferredcontactmethodcode', 'Preferred Method of Contact', preferredContactMethods, {
      schemaName: 'PreferredContactMethodCode',
      defaultValue: 1,
    }),
    ...choice('state', 'statecode', 'Status', contactStates, { schemaName: 'StateCode', required: 'SystemRequired' }),
    ...choice('status', 'statuscode', 'Status Reason', contactStatuses, { schemaName: 'StatusCode' }),
    dateTime('birthdate', 'Birthday', 'DateOnly', 'DateOnly', { schemaName: 'BirthDate' }),
    dateTime('anniversary', 'Anniversary', 'DateOnly', 'DateOnly', { schemaName: 'Anniversary' }),
    dateTime('lastusedincampaign', 'Last Date Included in Campaign', 'UserLocal', 'DateOnly', { schemaName: 'LastUsedInCampaign' }),
    ...lookup('parentcustomerid', 'Company Name', ['account', 'contact']),
    ...lookup('originatingleadid', 'Originating Lead', ['lead']),
    ...boolean('msdyn_gdproptout', 'GDPR Optout', 'No', 'Yes', false),
    ...choice('multiSelect', 'new_interests', 'Interests', interests, { schemaName: 'new_Interests', globalOptionSet: 'new_interests' }),
    ...boolean('new_newsletter', 'Wants the newsletter', 'No', 'Yes', false, { schemaName: 'new_Newsletter' }),
    ...bookkeepingColumns('contact'),
  ],
});
