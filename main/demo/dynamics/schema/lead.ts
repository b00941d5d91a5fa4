import { industries, interests, leadQualities, leadSources, preferredContactMethods } from '../../data-set/choices.ts';
import { boolean, choice, dateTime, float, integer, lookup, money, rowId, text } from './column.ts';
import { bookkeepingColumns, consentColumns, personColumns } from './shared-columns.ts';
import { leadStates, leadStatuses } from './states.ts';
import { table } from './table.ts';

/** The lead table of an environment with the Sales app, with a few custom columns (`new_…`). */
export const leadTable = table({
  logicalName: 'lead',
  schemaName: 'Lead',
  entitySetName: 'leads',
  label: 'Lead',
  primaryId: 'leadid',
  primaryName: 'fullname',
  changeTracking: true,
  optimisticConcurrency: true,
  writable: true,
  columns: [
    rowId('leadid', 'Lead'),
    ...personColumns({ telephone: 50, mobile: 20 }),
    ...consentColumns(),
    text('subject', 'Topic', 300, { schemaName: 'Subject', required: 'ApplicationRequired' }),
    text('companyname', 'Company Name', 100, { schemaName: 'CompanyName' }),
    integer('numberofemployees', 'No. of Employees', 0, 1_000_000, { schemaName: 'NumberOfEmployees' }),
    ...money('revenue', 'Annual Revenue'),
    ...money('budgetamount', 'Budget Amount'),
    ...money('estimatedamount', 'Est. Value'),
    ...choice('picklist', 'leadsourcecode', 'Lead Source', leadSources, { schemaName: 'LeadSourceCode' }),
    ...choice('picklist', 'leadqualitycode', 'Rating', leadQualities, { schemaName: 'LeadQualityCode', defaultValue: 2 }),
    ...choice('picklist', 'industrycode', 'Industry', industries, { schemaName: 'IndustryCode' }),
    ...choice('picklist', 'preferredcontactmethodcode', 'Preferred Method of Contact', preferredContactMethods, {
      schemaName: 'PreferredContactMethodCode',
      defaultValue: 1,
    }),
    ...choice('state', 'statecode', 'Status', leadStates, { schemaName: 'StateCode', required: 'SystemRequired' }),
    ...choice('status', 'statuscode', 'Status Reason', leadStatuses, { schemaName: 'StatusCode' }),
    dateTime('estimatedclosedate', 'Est. Close Date', 'DateOnly', 'DateOnly', { schemaName: 'EstimatedCloseDate' }),
    dateTime('schedulefollowup_prospect', 'Schedule Follow Up (Prospect)', 'UserLocal', 'DateOnly'),
    dateTime('lastusedincampaign', 'Last Campaign Date', 'UserLocal', 'DateOnly', { schemaName: 'LastUsedInCampaign' }),
    ...lookup('parentcontactid', 'Parent Contact for lead', ['contact']),
    ...lookup('parentaccountid', 'Parent Account for lead', ['account']),
    ...lookup('customerid', 'Customer', ['account', 'contact']),
    ...choice('multiSelect', 'new_interests', 'Interests', interests, { schemaName: 'new_Interests', globalOptionSet: 'new_interests' }),
    ...boolean('new_newsletter', 'Wants the newsletter', 'No', 'Yes', false, { schemaName: 'new_Newsletter' }),
    float('new_score', 'Score', 2, 0, 100, { schemaName: 'new_Score' }),
    dateTime('new_visitedon', 'Visited on', 'TimeZoneIndependent', 'DateAndTime', { schemaName: 'new_VisitedOn' }),
    text('new_kundenummer', 'Kundenummer', 20, { schemaName: 'new_Kundenummer', labelInUserLanguage: false }),
    ...bookkeepingColumns('lead'),
  ],
});
