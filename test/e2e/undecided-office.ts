import { tagNames } from '../../shared/tags.ts';
import { type ConnectedOffice, openConnectedOffice } from './connected-office.ts';

/** After a run that leaves questions: somebody who could be two leads, contacts with the tags of leads, options without a counterpart, a list that is gone. */
export async function openUndecidedOffice(userData: string): Promise<ConnectedOffice> {
  const office = await openConnectedOffice(userData);
  const products = `field:${office.office.fieldId('Preferred products')}`;
  office.configureLead(({ mappings }) => ({
    listId: '99',
    mappings: [...mappings, { dynamics: 'new_interests', activeCampaign: products, direction: 'both' }],
  }));
  const ada = office.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Byron', phone: '+44 20 7946 0123' });
  for (const tag of [tagNames.lead, tagNames.pulled]) office.office.addTag(ada.id, tag);
  office.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com', address1_city: 'London' });
  office.sales.create('lead', { lastname: 'King', emailaddress1: 'ada@example.com', companyname: 'Analytical Engines' });
  for (const [firstName, lastName] of [
    ['Grace', 'Hopper'],
    ['Mary', 'Somerville'],
  ] as const) {
    const email = `${firstName.toLowerCase()}@example.com`;
    const { id } = office.office.create(email, { firstName, lastName });
    for (const tag of [tagNames.lead, tagNames.pushed]) office.office.addTag(id, tag);
    office.sales.create('contact', { firstname: firstName, lastname: lastName, emailaddress1: email });
  }
  office.sales.create('lead', { firstname: 'Edda', lastname: 'Lind', emailaddress1: 'edda@example.com', new_interests: '1,3' });
  await office.run();
  return office;
}
