import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileStore } from '../../main/demo/sample-store.ts';
import { id, rowWith, sampleLead, testEnvironment } from './demo-dynamics-environment.ts';

const contact = (number: number, columns = {}) => ({ id: id(number), columns: { lastname: `Contact ${number}`, ...columns } });

describe('qualifying', () => {
  it('closes the lead and makes a contact with the same e-mail that points back to it', async () => {
    const { send, get } = testEnvironment({
      leads: [sampleLead(1, { emailaddress1: 'a@x.no', companyname: 'Fjord', donotbulkemail: true })],
    });
    const action = `leads(${id(1)})/Microsoft.Dynamics.CRM.QualifyLead`;
    const body = { CreateAccount: true, CreateContact: true, CreateOpportunity: false, Status: 3 };
    const answer = await send('POST', action, { body });
    const [account, made] = answer.page().value;
    expect([account?.name, made]).toEqual([
      'Fjord',
      rowWith({
        '@odata.type': '#Microsoft.Dynamics.CRM.contact',
        emailaddress1: 'a@x.no',
        donotbulkemail: true,
        _originatingleadid_value: id(1),
        _parentcustomerid_value: account?.accountid,
      }),
    ]);
    expect((await get(`leads(${id(1)})`)).json()).toMatchObject({ statecode: 1, statuscode: 3, _parentcontactid_value: made?.contactid });
    expect((await send('POST', action, { body })).error().code).toBe('0x80081018');
  });

  it('can leave the lead read-only', async () => {
    const environment = testEnvironment({ leads: [sampleLead(1)], variant: { qualifiedLeadsReadOnly: true } });
    environment.dynamics.salesPeople.qualify(id(1));
    expect((await environment.send('PATCH', `leads(${id(1)})`, { body: { jobtitle: 'x' } })).error().code).toBe('0x80040265');
  });
});

describe('merging', () => {
  it('deactivates the loser, which points to the winner, and moves what belonged to it', async () => {
    const { send, get } = testEnvironment({
      contacts: [contact(11), contact(12)],
      leads: [sampleLead(1, { _parentcontactid_value: id(12) })],
    });
    const reference = (number: number) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.contact', contactid: id(number) });
    const answer = await send('POST', 'Merge', {
      body: {
        Target: reference(11),
        Subordinate: reference(12),
        UpdateContent: { '@odata.type': 'Microsoft.Dynamics.CRM.contact', firstname: 'Kept' },
        PerformParentingChecks: false,
      },
    });
    expect(answer.status).toBe(204);
    expect((await get(`contacts(${id(11)})`)).json()).toMatchObject({ firstname: 'Kept', merged: false, statecode: 0 });
    expect((await get(`contacts(${id(12)})`)).json()).toMatchObject({ merged: true, _masterid_value: id(11), statecode: 1, statuscode: 2 });
    expect((await get(`leads(${id(1)})`)).json()._parentcontactid_value).toBe(id(11));
  });
});

describe('sales people', () => {
  it('work on rows directly, under the rules of the service', () => {
    const { salesPeople } = testEnvironment({ leads: [sampleLead(1), sampleLead(2), sampleLead(3)] }).dynamics;
    salesPeople.disqualify(id(1));
    salesPeople.optOut('lead', id(2));
    salesPeople.merge('lead', id(2), id(3));
    expect(salesPeople.row('lead', id(1))?.columns).toMatchObject({ statecode: 2, statuscode: 4 });
    expect(salesPeople.row('lead', id(2))?.columns).toMatchObject({ donotbulkemail: true });
    expect(salesPeople.row('lead', id(3))?.columns).toMatchObject({ merged: true, _masterid_value: id(2), statuscode: 7 });
    expect(() => salesPeople.edit('lead', id(1), { firstname: 'x'.repeat(51) })).toThrow('maximum allowed length');
    expect(salesPeople.count('lead')).toBe(3);
  });
});

describe('a stored environment', () => {
  it('keeps rows, versions and deletions, so that a delta link of the last process still works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadferry-'));
    try {
      const leads = [sampleLead(1), sampleLead(2)];
      const firstStore = openFileStore(join(folder, 'sample.sqlite'));
      const first = testEnvironment({ leads, store: firstStore });
      const link = (await first.get('leads?$select=lastname', { prefer: 'odata.track-changes' })).page()['@odata.deltaLink'] ?? '';
      first.dynamics.salesPeople.edit('lead', id(1), { lastname: 'Edited' });
      first.dynamics.salesPeople.delete('lead', id(2));
      firstStore.close();

      const store = openFileStore(join(folder, 'sample.sqlite'));
      const { value } = (await testEnvironment({ leads, store }).get(link)).page();
      store.close();
      expect(value.map((entry) => entry.lastname ?? entry.reason)).toEqual(['Edited', 'deleted']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
