import { activeCampaignId } from '../../../shared/ids.ts';
import { tagNames } from '../../../shared/tags.ts';
import type { Random } from '../../ports/random.ts';
import { interests, leadSources } from './choices.ts';
import type { Identity } from './identity.ts';
import { between, digits, pick, sometimes } from './pick.ts';
import { pastMoments } from './time.ts';
import type { SamplePerson } from './types.ts';

const otherTags = ['VIP', 'Webinar 2025', '[Monthly Enews]', 'SOURCE: Trade show', 'Événement Paris', 'cold'];

/** What a person in ActiveCampaign also is. */
export type Counterpart = 'lead' | 'contact' | 'none';

/**
 * A person of ActiveCampaign. `index` decides which of the special cases the person is, so that each of them is there in a data
 * set of any size; the random numbers fill in the rest.
 */
export function samplePerson(random: Random, index: number, id: number, identity: Identity, counterpart: Counterpart): SamplePerson {
  const { first, second } = pastMoments(random);
  const bounced = index % 47 === 19 ? 'hard' : index % 53 === 20 ? 'soft' : null;
  return {
    id: activeCampaignId(id),
    email: counterpart === 'none' && index % 149 === 28 ? '' : emailAsTyped(index, identity),
    firstName: identity.firstName,
    lastName: counterpart === 'none' && index % 18 === 5 ? '' : identity.lastName,
    phone: random.fraction() < 0.6 ? identity.phone : digits(random, pick(random, identity.country.phones)),
    fields: fields(random, identity),
    tags: [...membershipTags(index, counterpart), ...otherTags.filter(() => random.fraction() < 0.12)],
    lists: lists(random, index, counterpart),
    ...(bounced === null ? {} : { bounced }),
    createdAt: first,
    updatedAt: second,
  };
}

/** ActiveCampaign keeps an address as it was typed into a form. */
function emailAsTyped(index: number, { email }: Identity): string {
  if (index % 7 === 2) return email.toUpperCase();
  if (index % 7 === 4) return email.replace(/(^|[.@-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
  return email;
}

function membershipTags(index: number, counterpart: Counterpart): string[] {
  if (counterpart === 'contact') return [];
  if (counterpart === 'lead') return index % 60 === 1 ? [tagNames.lead, tagNames.pulled] : [];
  if (index % 20 === 5) return [tagNames.lead, tagNames.pulled];
  if (index % 20 === 15) return [tagNames.contact, tagNames.pulled];
  // Half a pair does not make a member.
  return index % 97 === 8 ? [tagNames.lead] : [];
}

function lists(random: Random, index: number, counterpart: Counterpart): SamplePerson['lists'] {
  if (index % 59 === 14) {
    return [
      { name: 'Newsletter', status: 2 },
      { name: 'Customers', status: 2 },
    ];
  }
  if (index % 41 === 12) return [{ name: 'Newsletter', status: 2, throughCampaign: true }];
  const customer = counterpart === 'contact' ? [{ name: 'Customers', status: 1 as const }] : [];
  if (index % 23 === 9) return [{ name: 'Newsletter', status: 2 }, ...customer];
  return random.fraction() < 0.7 ? [{ name: 'Newsletter', status: 1 }, ...customer] : customer;
}

/** By title of the sample account's custom fields, in the spellings that the service keeps. */
function fields(random: Random, identity: Identity): Record<string, string> {
  const some: Record<string, string | null> = {
    Company: sometimes(random, 0.6, () => identity.company),
    'Job title': sometimes(random, 0.4, () => identity.jobTitle),
    Country: sometimes(random, 0.7, () => identity.country.name),
    'Lead source': sometimes(random, 0.4, () => pick(random, leadSources).label),
    Interests: sometimes(random, 0.3, () => `||${pick(random, interests.slice(0, 3)).label}||${pick(random, interests.slice(3)).label}||`),
    Birthday: sometimes(random, 0.2, () => `${between(random, 1950, 2005)}-0${between(random, 1, 9)}-${between(random, 10, 28)}`),
    Employees: sometimes(random, 0.2, () => String(between(random, 1, 500))),
    Newsletter: sometimes(random, 0.3, () => pick(random, ['Yes', 'No'])),
    Notes: sometimes(random, 0.1, () => `Asked about delivery to ${identity.city}.\nPrefers e-mail.`),
  };
  return Object.fromEntries(Object.entries(some).filter((entry): entry is [string, string] => entry[1] !== null));
}
