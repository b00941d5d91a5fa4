import { DataverseError, doesNotExist } from '../dataverse-error.ts';
import type { Environment } from '../requests/call.ts';
import type { Columns, StoredRow } from '../rows/stored-row.ts';

/** Columns that a new environment copies from a lead to its contact. */
const copied = [
  'firstname',
  'middlename',
  'lastname',
  'jobtitle',
  'emailaddress1',
  'emailaddress2',
  'emailaddress3',
  'telephone1',
  'telephone2',
  'telephone3',
  'mobilephone',
  'websiteurl',
  'description',
  'address1_line1',
  'address1_line2',
  'address1_city',
  'address1_stateorprovince',
  'address1_postalcode',
  'address1_country',
  'preferredcontactmethodcode',
  'donotemail',
  'donotbulkemail',
  'donotphone',
  'donotfax',
  'donotpostalmail',
  'donotsendmm',
  'followemail',
  'new_interests',
  'new_newsletter',
];

export interface QualifyOptions {
  readonly createContact: boolean;
  readonly createAccount: boolean;
}

export interface Qualified {
  readonly contact: StoredRow | null;
  readonly account: StoredRow | null;
}

/**
 * Qualifies an open lead: the lead is closed as qualified and points to what came out of it; contact and account exist beside it, the
 * contact with `originatingleadid`.
 * @throws DataverseError when the lead does not exist or is closed.
 */
export function qualifyLead(environment: Environment, leadId: string, options: QualifyOptions, userId: string): Qualified {
  const { database, writer, random } = environment;
  const leads = database.table('lead');
  const lead = leads.get(leadId);
  if (lead === undefined) throw doesNotExist('lead', leadId);
  if ((lead.columns.statecode ?? 0) !== 0) throw new DataverseError(400, '0x80081018', 'The lead is closed and cannot be qualified.');

  return database.atomically(() => {
    const company = lead.columns.companyname ?? null;
    const account =
      options.createAccount && company !== null ? writer.create(database.table('account'), random.uuid(), { name: company }, userId) : null;
    const contact = options.createContact
      ? writer.create(database.table('contact'), random.uuid(), contactColumns(lead, account?.id ?? null), userId)
      : null;
    writer.update(
      leads,
      leadId,
      {
        statecode: 1,
        statuscode: 3,
        ...(contact === null ? {} : { _parentcontactid_value: contact.id }),
        ...(account === null ? {} : { _parentaccountid_value: account.id }),
      },
      userId,
    );
    return { contact, account };
  });
}

function contactColumns(lead: StoredRow, accountId: string | null): Columns {
  return {
    ...Object.fromEntries(copied.map((name) => [name, lead.columns[name] ?? null])),
    _ownerid_value: lead.columns._ownerid_value ?? null,
    _originatingleadid_value: lead.id,
    _parentcustomerid_value: accountId,
  };
}
