import type { ActiveCampaignClient, PeopleQuery, Person } from '../../main/connections/activecampaign/types.ts';
import type { Column, DynamicsClient, Row, TableDefinition } from '../../main/connections/dynamics/types.ts';
import { ServiceError } from '../../main/connections/errors.ts';
import type { Connections } from '../../main/sync/prepare.ts';
import { activeCampaignId, type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import { tagKeys, tagNames } from '../../shared/tags.ts';

const leadsAPage = 5_000;
const peopleAPage = 100;

/**
 * An environment of so many leads and an empty ActiveCampaign account, inside this process. Every page is made when it is asked for and
 * nothing is kept of it: what grows is the engine's alone.
 *
 * The leads' ids rise with their number and the engine writes in order of id, so the n-th person who is imported is the n-th lead.
 */
export function generatedServices(leads: number): Connections {
  let people = 0;

  const page = ({ afterId, updatedAfter, status, ids, tagId, limit = peopleAPage }: PeopleQuery): Person[] => {
    if (ids !== undefined) return ids.filter((id) => Number(id) <= people).map((id) => personOf(Number(id)));
    if (updatedAfter !== undefined || status === 2 || tagId !== undefined) return [];
    const first = Number(afterId ?? 0) + 1;
    return Array.from({ length: Math.max(0, Math.min(limit, people - first + 1)) }, (_, index) => personOf(first + index));
  };

  const activeCampaign: ActiveCampaignClient = {
    whoAmI: async () => ({ account: 'generated', userName: 'generated', userEmail: 'generated@example.com' }),
    people: async (query) => ({ people: page(query), total: people, sideloaded: true, serverTime: stamp }),
    withNestedReads: async (person) => person,
    countPeople: async () => 0,
    tags: async () => tagKeys.map((key) => ({ id: tagIds[key], name: tagNames[key], subscriberCount: 0 })),
    createTag: async () => notOffered(),
    fields: async () => [],
    addFieldOptions: async () => notOffered(),
    lists: async () => [],
    automations: async () => [],
    automationEntries: async () => ({ entries: [], serverTime: null }),
    syncPerson: async () => notOffered(),
    updatePerson: async () => notOffered(),
    addTag: async () => notOffered(),
    removeTag: async () => notOffered(),
    setListStatus: async () => notOffered(),
    importPeople: async (rows) => {
      people += rows.length;
      return { kind: 'queued', batchId: String(people), queued: rows.length };
    },
    importProgress: async () => ({ status: 'completed', succeeded: [], failed: [] }),
  };

  const dynamics: DynamicsClient = {
    whoAmI: async () => ({ organizationId: 'generated', userId: leadId(0) }),
    table: async (entity) => {
      if (entity === 'lead') return leadTable;
      throw new ServiceError({ service: 'dynamics', code: 'not-available', message: 'No contacts are generated.', advice: '' });
    },
    async *changes(_, __, deltaLink) {
      for (let first = 1; deltaLink === null && first <= leads; first += leadsAPage) {
        const rows = Array.from({ length: Math.min(leadsAPage, leads - first + 1) }, (___, index) => rowOf(first + index));
        yield { rows, deleted: [], deltaLink: null, last: false, serverTime: stamp };
      }
      yield { rows: [], deleted: [], deltaLink: 'generated', last: true, serverTime: stamp };
    },
    async *rows() {},
    async *rowsByFetchXml() {},
    firstRows: async () => notOffered(),
    firstRowsByFetchXml: async () => notOffered(),
    rowsById: async () => [],
    lookupNames: async () => new Map(),
    views: async () => [],
    write: async () => notOffered(),
  };
  return { activeCampaign, dynamics };
}

const stamp = Date.parse('2026-07-01T12:00:00Z');
const tagIds = { lead: '1', contact: '2', pulled: '3', pushed: '4' } as const;

const emailOf = (number: number): string => `lead.${number}@company-${number % 977}.example`;
const phoneOf = (number: number): string => `+47 ${String(20_000_000 + number)}`;
const leadId = (number: number): DynamicsId => dynamicsId(`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);

function rowOf(number: number): Row {
  return {
    entity: 'lead',
    id: leadId(number),
    etag: `W/"${number}"`,
    columns: {
      emailaddress1: emailOf(number),
      firstname: `Kari ${number % 631}`,
      lastname: `Nordmann ${number % 1_009}`,
      telephone1: phoneOf(number),
      statecode: 0,
      donotbulkemail: false,
      donotemail: false,
      merged: false,
      _masterid_value: null,
      _parentcontactid_value: null,
      createdon: '2026-01-05T08:00:00Z',
      modifiedon: '2026-06-20T08:00:00Z',
    },
  };
}

function personOf(number: number): Person {
  return {
    id: activeCampaignId(number),
    email: emailOf(number),
    firstName: `Kari ${number % 631}`,
    lastName: `Nordmann ${number % 1_009}`,
    phone: phoneOf(number),
    fields: {},
    tags: [
      { linkId: String(2 * number), tagId: tagIds.lead },
      { linkId: String(2 * number + 1), tagId: tagIds.pushed },
    ],
    lists: [],
    updatedAt: stamp,
    createdAt: stamp,
    bounced: false,
  };
}

const textColumn = (name: string): Column => ({
  name,
  label: name,
  type: { kind: 'text', maxLength: 100 },
  required: 'none',
  readable: true,
  creatable: true,
  updatable: true,
  secured: false,
});

const leadTable: TableDefinition = {
  entity: 'lead',
  entitySetName: 'leads',
  changeTracking: true,
  optimisticConcurrency: true,
  columns: ['emailaddress1', 'firstname', 'lastname', 'telephone1', 'subject'].map(textColumn),
};

function notOffered(): never {
  throw new Error('The generated services have nothing that this request would be needed for');
}
