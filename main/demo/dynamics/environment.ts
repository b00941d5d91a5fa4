import { sampleApplication, sampleDirectory } from '../entra/directory.ts';
import type { Database } from './rows/database.ts';
import type { Columns } from './rows/stored-row.ts';

/** What a sample environment holds besides leads and contacts: its own settings, users, a team, a few accounts, and views. */

export const organizationId = '5b3a7c10-92de-4f6b-a1c7-d04e8f2b9361';
export const businessUnitId = '7e21c4d9-06fb-4d83-b5aa-1f9c6038e7d2';
export const currencyId = 'c84d1e65-3fa7-4b92-8e0d-65a2b7193fc8';

/** Users of the environment (`systemuserid`). The sales people are the other side that edits leads and contacts. */
export const users = {
  application: 'a1f0c2d4-5e6b-4789-9abc-def012345678',
  signedIn: 'b2e1d3c5-6f7a-4890-8bcd-ef0123456789',
  ingrid: 'c3d2e4b6-7a8b-4901-9cde-f01234567890',
  tomas: 'd4c3f5a7-8b9c-4012-8def-012345678901',
} as const;

export const salesPeople: readonly string[] = [users.ingrid, users.tomas];

export const salesTeamId = 'e5b4a698-9cad-4123-9ef0-123456789012';

const accounts: readonly (readonly [string, string])[] = [
  ['f6a5b789-adbe-4234-8f01-234567890123', 'Nordlys Consulting AS'],
  ['07b6c89a-becf-4345-9012-345678901234', 'Fjord Foods AS'],
  ['18c7d9ab-cfd0-4456-8123-456789012345', 'Grün & Söhne Werke GmbH'],
];

export const views = {
  allLeads: '00000000-0000-0000-00aa-000010001005',
  openLeads: '00000000-0000-0000-00aa-000010001006',
  leadsFromNorway: '6d1c5a3e-7b2f-4c90-8e4d-9a0b1c2d3e4f',
  leadLookup: '00000000-0000-0000-00aa-000010001007',
  activeContacts: '00000000-0000-0000-00aa-000010001004',
  allContacts: '00000000-0000-0000-00aa-000010001008',
  /** Personal: in `userqueries`. */
  myHotLeads: '7e2d6b4f-8c30-4da1-9f5e-ab1c2d3e4f50',
} as const;

const fetch = (table: string, attributes: readonly string[], conditions: string) =>
  `<fetch version="1.0" output-format="xml-platform" mapping="logical"><entity name="${table}">${attributes
    .map((name) => `<attribute name="${name}" />`)
    .join('')}<order attribute="fullname" descending="false" />${conditions}</entity></fetch>`;

const leadColumns = ['fullname', 'subject', 'statuscode', 'createdon', 'emailaddress1', 'leadid'];
const contactColumns = ['fullname', 'parentcustomerid', 'telephone1', 'emailaddress1', 'contactid'];

const norway =
  '<filter type="and"><condition attribute="statecode" operator="eq" value="0" /><filter type="or"><condition attribute="address1_country" operator="eq" value="Norway" /><condition attribute="address1_country" operator="eq" value="Norge" /></filter></filter>';
const open = '<filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter>';
const hot = '<filter type="and"><condition attribute="leadqualitycode" operator="eq" value="1" /></filter>';

const view = (name: string, returnedtypecode: string, fetchxml: string, querytype = 0) => ({ name, returnedtypecode, fetchxml, querytype });

const rows: Readonly<Record<string, readonly (readonly [id: string, columns: Columns])[]>> = {
  organization: [[organizationId, { name: 'leadferrysample', expirechangetrackingindays: 7 }]],
  systemuser: [
    [
      users.application,
      { fullname: `# ${sampleApplication.name}`, azureactivedirectoryobjectid: sampleApplication.objectId, isdisabled: false },
    ],
    [
      users.signedIn,
      {
        fullname: sampleDirectory.user.name,
        internalemailaddress: sampleDirectory.user.username,
        azureactivedirectoryobjectid: sampleDirectory.user.objectId,
        isdisabled: false,
      },
    ],
    [users.ingrid, { fullname: 'Ingrid Berg', isdisabled: false }],
    [users.tomas, { fullname: 'Tomás Ortiz', isdisabled: false }],
  ],
  team: [[salesTeamId, { name: 'Nordic Sales' }]],
  transactioncurrency: [[currencyId, { currencyname: 'Norwegian Krone', isocurrencycode: 'NOK' }]],
  account: accounts.map(([id, name]) => [id, { name }]),
  savedquery: [
    [views.allLeads, view('All Leads', 'lead', fetch('lead', leadColumns, ''))],
    [views.openLeads, { ...view('Open Leads', 'lead', fetch('lead', leadColumns, open)), isdefault: true }],
    [views.leadsFromNorway, view('Leads from Norway', 'lead', fetch('lead', leadColumns, norway))],
    [views.leadLookup, view('Leads Lookup View', 'lead', fetch('lead', leadColumns, open), 64)],
    [views.activeContacts, { ...view('Active Contacts', 'contact', fetch('contact', contactColumns, open)), isdefault: true }],
    [views.allContacts, view('All Contacts', 'contact', fetch('contact', contactColumns, ''))],
  ],
  userquery: [[views.myHotLeads, view('My hot leads', 'lead', fetch('lead', leadColumns, hot))]],
};

/** Fills the tables that are still empty. */
export function fillEnvironment(database: Database): void {
  for (const [name, entries] of Object.entries(rows)) {
    const table = database.table(name);
    if (table.size > 0) continue;
    for (const [id, columns] of entries) table.put(id, { ...columns, [table.schema.primaryId]: id });
  }
}
