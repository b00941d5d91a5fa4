/**
 * Options of the choice columns that the sample data uses, as a new Dynamics environment has them, and the one custom column.
 * The sample Dynamics offers them as metadata; the sample ActiveCampaign has drop-downs with the same labels.
 */
export interface SampleOption {
  readonly value: number;
  readonly label: string;
}

const numbered = (...labels: readonly string[]): readonly SampleOption[] => labels.map((label, index) => ({ value: index + 1, label }));

/** `lead.leadsourcecode` */
export const leadSources = numbered(
  'Advertisement',
  'Employee Referral',
  'External Referral',
  'Partner',
  'Public Relations',
  'Seminar',
  'Trade Show',
  'Web',
  'Word of Mouth',
  'Other',
);

/** `lead.industrycode` */
export const industries = numbered(
  'Accounting',
  'Agriculture and Non-petrol Natural Resource Extraction',
  'Broadcasting Printing and Publishing',
  'Brokers',
  'Building Supply Retail',
  'Business Services',
  'Consulting',
  'Consumer Services',
  'Design, Direction and Creative Management',
  'Distributors, Dispatchers and Processors',
  "Doctor's Offices and Clinics",
  'Durable Manufacturing',
  'Eating and Drinking Places',
  'Entertainment Retail',
  'Equipment Rental and Leasing',
  'Financial',
);

/** `lead.leadqualitycode` */
export const leadQualities = numbered('Hot', 'Warm', 'Cold');

/** `preferredcontactmethodcode` of both tables. */
export const preferredContactMethods = numbered('Any', 'Email', 'Phone', 'Fax', 'Mail');

/** `contact.gendercode` */
export const genders = numbered('Male', 'Female');

/** `contact.accountrolecode` */
export const accountRoles = numbered('Decision Maker', 'Employee', 'Influencer');

/** `new_interests` of both tables: a custom column with several choices, in rows as "1,3". */
export const interests = numbered('Sailing', 'Hiking', 'Cycling', 'Food & wine', 'Music', 'Gardening');
