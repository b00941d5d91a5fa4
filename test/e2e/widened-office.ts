import { type ConnectedOffice, openConnectedOffice } from './connected-office.ts';

/** An office whose settings let three more in after the Initial Sync, who wait for an answer: two leads and a contact. */
export async function openWidenedOffice(userData: string): Promise<ConnectedOffice> {
  const office = await openConnectedOffice(userData, {
    asksAboutNewcomers: true,
    settings: (before) => ({
      ...before,
      dataConfiguration: {
        lead: {
          ...before.dataConfiguration.lead,
          criteria: { match: 'conditions', join: 'and', conditions: [{ field: 'address1_country', operator: 'equals', value: 'Norway' }] },
        },
        contact: { ...before.dataConfiguration.contact, enabled: false },
      },
    }),
  });
  for (const [firstname, address1_country] of [
    ['Ada', 'Norway'],
    ['Bo', 'Sweden'],
    ['Cy', 'Denmark'],
  ] as const) {
    office.sales.create('lead', { firstname, lastname: 'Berg', emailaddress1: `${firstname.toLowerCase()}@example.com`, address1_country });
  }
  office.sales.create('contact', { firstname: 'Dag', lastname: 'Berg', emailaddress1: 'dag@example.com' });
  await office.run();
  office.configure(({ dataConfiguration, ...settings }) => ({
    ...settings,
    dataConfiguration: {
      lead: { ...dataConfiguration.lead, criteria: { match: 'all' } },
      contact: { ...dataConfiguration.contact, enabled: true },
    },
  }));
  await office.run();
  return office;
}
