import { dynamicsId } from '../../../shared/ids.ts';
import type { ColumnValue } from '../../connections/dynamics/types.ts';
import type { Random } from '../../ports/random.ts';
import {
  accountRoles,
  genders,
  industries,
  interests,
  leadQualities,
  leadSources,
  preferredContactMethods,
  type SampleOption,
} from './choices.ts';
import type { Identity } from './identity.ts';
import { between, pick, sometimes } from './pick.ts';
import { createdAndModified } from './time.ts';
import type { SampleRow } from './types.ts';

export type LeadState = 'open' | 'qualified' | 'disqualified';

/** What a row has beyond the identity of its person. */
export interface RowCircumstances<State extends string> {
  readonly state: State;
  /** As it is spelled in this row; null where nobody knows it. */
  readonly email: string | null;
  /** The contact that a qualified lead became, or the lead that a contact came from. */
  readonly related: SampleRow['id'] | null;
}

/** State and status of a lead as in a new environment: 1 New, 2 Contacted, 3 Qualified, 4 Lost to 7 Canceled. */
function leadStatus(random: Random, state: LeadState): { statecode: number; statuscode: number } {
  switch (state) {
    case 'open':
      return { statecode: 0, statuscode: between(random, 1, 2) };
    case 'qualified':
      return { statecode: 1, statuscode: 3 };
    case 'disqualified':
      return { statecode: 2, statuscode: between(random, 4, 7) };
  }
}

/** A row of `lead`. Lookups are named as in answers (`_parentcontactid_value`); the owner is left to the service. */
export function leadRow(random: Random, identity: Identity, circumstances: RowCircumstances<LeadState>): SampleRow {
  const id = dynamicsId(random.uuid());
  return {
    id,
    columns: {
      leadid: id,
      subject: `${pick(random, ['Interested in', 'Question about', 'Demo of', 'Offer for'])} ${pick(random, ['training', 'the starter kit', 'a subscription', 'spare parts'])}`,
      ...sharedColumns(random, identity, circumstances.email),
      companyname: identity.company,
      websiteurl: sometimes(random, 0.6, () => identity.website),
      leadsourcecode: sometimes(random, 0.8, () => choice(random, leadSources)),
      industrycode: sometimes(random, 0.6, () => choice(random, industries)),
      leadqualitycode: choice(random, leadQualities),
      estimatedclosedate: sometimes(random, 0.5, () => `2026-${pad(between(random, 7, 12))}-${pad(between(random, 1, 28))}`),
      estimatedamount: sometimes(random, 0.5, () => money(random, 50_000)),
      revenue: sometimes(random, 0.3, () => money(random, 5_000_000)),
      numberofemployees: sometimes(random, 0.6, () => between(random, 1, 2_000)),
      ...leadStatus(random, circumstances.state),
      _parentcontactid_value: circumstances.related,
      ...createdAndModified(random),
    },
  };
}

/** A row of `contact`. */
export function contactRow(random: Random, identity: Identity, circumstances: RowCircumstances<'active' | 'inactive'>): SampleRow {
  const id = dynamicsId(random.uuid());
  const active = circumstances.state === 'active';
  return {
    id,
    columns: {
      contactid: id,
      ...sharedColumns(random, identity, circumstances.email),
      department: sometimes(random, 0.3, () => pick(random, ['Sales', 'Purchasing', 'Forschung & Entwicklung', 'Finance'])),
      birthdate: sometimes(
        random,
        0.5,
        () => `${between(random, 1941, 2005)}-${pad(between(random, 1, 12))}-${pad(between(random, 1, 28))}`,
      ),
      gendercode: sometimes(random, 0.4, () => choice(random, genders)),
      accountrolecode: sometimes(random, 0.5, () => choice(random, accountRoles)),
      numberofchildren: sometimes(random, 0.2, () => between(random, 0, 5)),
      annualincome: sometimes(random, 0.2, () => money(random, 250_000)),
      statecode: active ? 0 : 1,
      statuscode: active ? 1 : 2,
      _originatingleadid_value: circumstances.related,
      ...createdAndModified(random),
    },
  };
}

function sharedColumns(random: Random, identity: Identity, email: string | null): Record<string, ColumnValue> {
  return {
    firstname: identity.firstName,
    lastname: identity.lastName,
    fullname: `${identity.firstName} ${identity.lastName}`,
    emailaddress1: email,
    emailaddress2: null,
    telephone1: sometimes(random, 0.85, () => identity.phone),
    // 20 characters is what a lead's mobile number may have.
    mobilephone: sometimes(random, 0.4, () => identity.mobilePhone.slice(0, 20)),
    jobtitle: sometimes(random, 0.7, () => identity.jobTitle),
    description: sometimes(random, 0.2, () => `Met at the ${identity.city} fair.\r\nWants to be called "${identity.firstName}".`),
    address1_line1: identity.street,
    address1_city: identity.city,
    address1_stateorprovince: identity.state,
    address1_postalcode: identity.postcode,
    address1_country: identity.country.name,
    new_interests: sometimes(random, 0.3, () => someInterests(random)),
    preferredcontactmethodcode: choice(random, preferredContactMethods),
    donotbulkemail: random.fraction() < 0.03,
    donotemail: random.fraction() < 0.015,
    donotphone: random.fraction() < 0.02,
    followemail: random.fraction() < 0.9,
    merged: false,
    _masterid_value: null,
  };
}

const choice = (random: Random, options: readonly SampleOption[]) => pick(random, options).value;
const money = (random: Random, most: number) => Math.round(random.fraction() * most * 100) / 100;
const pad = (number: number) => String(number).padStart(2, '0');

function someInterests(random: Random): string | null {
  const chosen = interests.filter(() => random.fraction() < 0.35).map((option) => option.value);
  return chosen.length === 0 ? null : chosen.join(',');
}
