import type { Random } from '../../ports/random.ts';
import { type Country, countries } from './countries.ts';
import { between, digits, pick } from './pick.ts';

/** Somebody who can be a lead, a contact, a person in ActiveCampaign, or several of these. */
export interface Identity {
  readonly country: Country;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower case and unique in the data set. */
  readonly email: string;
  readonly phone: string;
  readonly mobilePhone: string;
  readonly company: string;
  readonly website: string;
  readonly jobTitle: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
}

const companyStarts = ['Nordlys', 'Blue Harbor', 'Élan', 'Kestrel', 'Grün & Söhne', 'Contoso', "Murphy's", 'Alpine', 'Łąka', 'Fjord'];
const companyEnds = ['Consulting', 'Foods', 'Logistics', 'Studio', 'Werke', 'Partners', 'Energía', 'Media', 'Textiles', 'Software'];
const companyForms = ['AS', 'GmbH', 'SARL', 'Ltd', 'S.A.', 'Inc.', 'B.V.', 'sp. z o.o.', ''];
const jobTitles = [
  'Managing Director',
  'Head of Procurement',
  'Büroleiterin',
  'Directrice générale',
  'Sales & Marketing Manager',
  'Engineer',
  'Owner',
  'Assistant to the CFO',
];

const withoutDecomposition: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', å: 'a', ß: 'ss', ł: 'l', ı: 'i', đ: 'd' };

/** Makes identities; every e-mail address of one maker is different from all others. */
export function identityMaker(random: Random): () => Identity {
  const taken = new Set<string>();
  return () => {
    const country = pick(random, countries);
    const place = pick(random, country.places);
    const firstName = pick(random, country.givenNames);
    const lastName = pick(random, country.familyNames);
    const start = pick(random, companyStarts);
    const end = pick(random, companyEnds);
    const companyDomain = `${ascii(start).replace(/[^a-z]/g, '')}-${ascii(end)}.${country.topLevelDomain}.example`;
    const domain = random.fraction() < 0.55 ? companyDomain : pick(random, ['example.com', 'example.org', 'mail.example.net']);
    const local = `${ascii(firstName)}.${ascii(lastName)}`;
    let email = `${local}@${domain}`;
    for (let number = 2; taken.has(email); number += 1) email = `${local}${between(random, number, number * 100)}@${domain}`;
    taken.add(email);
    return {
      country,
      firstName,
      lastName,
      email,
      phone: digits(random, pick(random, country.phones)),
      mobilePhone: digits(random, pick(random, country.phones)),
      company: `${start} ${end} ${pick(random, companyForms)}`.trim(),
      website: `https://www.${companyDomain}`,
      jobTitle: pick(random, jobTitles),
      street: pick(random, country.streets).replace('#', String(between(random, 1, 180))),
      city: place.city,
      state: place.state,
      postcode: digits(random, place.postcode),
    };
  };
}

/** A name as people write it into the local part of an address: "Siobhán Ó Dónaill" becomes "siobhan.o.donaill"; O'Brien keeps the '. */
function ascii(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øæåßłıđ]/g, (letter) => withoutDecomposition[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[\s.]+/g, '.')
    .replace(/(^|\.)'/g, '$1')
    .replace(/^\.|\.$/g, '')
    .replace(/[^a-z0-9.'-]/g, '');
}
