import { type ConnectedOffice, openConnectedOffice } from './connected-office.ts';

/** Two accounts in which everything has happened that the screens tell of: people in sync, a conflict, somebody held, and a held run. */
export async function openEventfulOffice(userData: string): Promise<ConnectedOffice> {
  const office = await openConnectedOffice(userData, {
    settings: (before) => ({
      ...before,
      dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, conflictWinner: 'ask' } },
      safety: { ...before.safety, minimumRecords: 1 },
    }),
  });
  const leads = [
    ['Ada', 'Lovelace'],
    ['Grace', 'Hopper'],
    ['Mary', 'Somerville'],
    ['Joan', 'Clarke'],
  ].map(([firstname = '', lastname = '']) =>
    office.sales.create('lead', { firstname, lastname, emailaddress1: `${firstname.toLowerCase()}@example.com` }),
  );
  const [ada = '', ...others] = leads;
  office.sales.create('contact', { lastname: 'Nobody' });
  await office.run();
  const { id } = office.office.personByEmail('ada@example.com') ?? { id: 0 };
  office.office.edit(id, { firstName: 'Augusta' });
  office.sales.edit('lead', ada, { firstname: 'Byron' });
  await office.run();
  for (const lead of others) office.sales.edit('lead', lead, { firstname: null });
  await office.run();
  return office;
}
