import { DynamicsWebApi } from 'dynamics-web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { views } from '../../main/demo/dynamics/environment.ts';
import { createSampleDynamics, type SampleDynamics } from '../../main/demo/dynamics/service.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import { sampleApplication } from '../../main/demo/entra/directory.ts';
import { signToken, tokenVerifier } from '../../main/demo/entra/tokens.ts';
import { type LoopbackServer, serveOnLoopback } from '../../main/demo/loopback-server.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { dynamicsId } from '../../shared/ids.ts';

/** The sample Dynamics as an independent client sees it, over real HTTP: what it relies on is what Dataverse does. */

interface LeadRow {
  readonly leadid: string;
  readonly lastname: string;
  readonly '@odata.etag': string;
}

/** Matchers of the test library, without their `any`. */
const rowWith = (columns: object): unknown => expect.objectContaining(columns);
const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const id = (number: number) => dynamicsId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
const servers: LoopbackServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function connect(variant: Partial<DynamicsVariant> = {}): Promise<{ api: DynamicsWebApi; dynamics: SampleDynamics }> {
  const clock = { now: () => Date.now() };
  const dynamics = createSampleDynamics({
    store: createMemoryStore(),
    clock,
    random: systemRandom,
    verifyToken: tokenVerifier(clock),
    data: {
      leads: [1, 2, 3, 4, 5].map((number) => ({
        id: id(number),
        columns: { lastname: `Lead ${number}`, emailaddress1: `lead${number}@x.no` },
      })),
      contacts: [],
    },
    variant,
  });
  const server = await serveOnLoopback(dynamics.handle);
  servers.push(server);
  const token = signToken({ aud: server.url, exp: clock.now() / 1_000 + 60, oid: sampleApplication.objectId, name: 'Leadferry' });
  const api = new DynamicsWebApi({
    serverUrl: server.url,
    dataApi: { version: '9.2' },
    onTokenRefresh: () => Promise.resolve(token),
  });
  return { api, dynamics };
}

const names = (rows: readonly LeadRow[]) => rows.map((row) => row.lastname);

/** Status and code of the error that a call ends with. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    return error instanceof Error && 'status' in error && 'code' in error ? [error.status, error.code] : error;
  }
}

describe('reading', () => {
  const leads = { collection: 'leads', select: ['lastname'], maxPageSize: 2 };

  it('goes from page to page', async () => {
    const { api } = await connect();
    const first = await api.retrieveMultiple<LeadRow>(leads);
    const second = await api.retrieveMultiple<LeadRow>(leads, first.oDataNextLink);
    const all = await api.retrieveAll<LeadRow>({ ...leads, filter: "contains(emailaddress1,'@x.no')", orderBy: ['lastname desc'] });
    expect([names(first.value), names(second.value), names(all.value)]).toEqual([
      ['Lead 1', 'Lead 2'],
      ['Lead 3', 'Lead 4'],
      ['Lead 5', 'Lead 4', 'Lead 3', 'Lead 2', 'Lead 1'],
    ]);
  });

  it('counts', async () => {
    const { api } = await connect();
    const counted = await api.retrieveMultiple<LeadRow>({ collection: 'leads', select: ['lastname'], count: true, top: 1 });
    expect([await api.count({ collection: 'leads' }), counted.oDataCount]).toEqual([5, 5]);
  });

  it('runs a saved view and pages through FetchXML', async () => {
    const { api } = await connect();
    const view = await api.retrieveMultiple<LeadRow>({ collection: 'leads', queryParams: [`savedQuery=${views.allLeads}`] });
    const fetchXml = '<fetch count="2"><entity name="lead"><attribute name="lastname" /><order attribute="lastname" /></entity></fetch>';
    const all = await api.fetchAll<LeadRow>({ collection: 'leads', fetchXml, includeAnnotations: '*' });
    expect([view.value.length, names(all.value)]).toEqual([5, ['Lead 1', 'Lead 2', 'Lead 3', 'Lead 4', 'Lead 5']]);
  });

  it('reads the metadata of columns', async () => {
    const { api } = await connect();
    const table = await api.retrieveEntity<{ ChangeTrackingEnabled: boolean }>({
      key: "LogicalName='lead'",
      select: ['ChangeTrackingEnabled'],
    });
    const choices = await api.retrieveAttributes<{ LogicalName: string; OptionSet: { Options: unknown[] } }>({
      entityKey: "LogicalName='lead'",
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet' }, { property: 'GlobalOptionSet' }],
    });
    const sources = choices.value.find((column) => column.LogicalName === 'leadsourcecode');
    expect([table.ChangeTrackingEnabled, sources?.OptionSet.Options.length]).toEqual([true, 10]);
  });
});

describe('change tracking', () => {
  it('is read page by page to the delta link, which then gives what changed and what was deleted', async () => {
    const { api, dynamics } = await connect();
    const request = { collection: 'leads', select: ['lastname'], trackChanges: true, maxPageSize: 2 };
    const all = await api.retrieveAll<LeadRow>(request);
    dynamics.salesPeople.edit('lead', id(3), { lastname: 'Edited' });
    dynamics.salesPeople.delete('lead', id(5));
    const delta = await api.retrieveMultiple<LeadRow & { id?: string; reason?: string }>(request, all.oDataDeltaLink);
    expect([all.value.length, delta.value.map((entry) => [entry.lastname, entry.id, entry.reason]), typeof delta.oDataDeltaLink]).toEqual([
      5,
      [
        ['Edited', undefined, undefined],
        [undefined, id(5), 'deleted'],
      ],
      'string',
    ]);
  });

  it('is refused with a filter, and after the token expired', async () => {
    const { api, dynamics } = await connect();
    const request = { collection: 'leads', select: ['lastname'], trackChanges: true };
    const { oDataDeltaLink } = await api.retrieveMultiple<LeadRow>(request);
    dynamics.expireChangeTracking('lead');
    expect([
      await refusal(api.retrieveMultiple({ ...request, filter: "lastname eq 'x'" })),
      await refusal(api.retrieveMultiple(request, oDataDeltaLink)),
    ]).toEqual([
      [400, '0x80060888'],
      [400, '0x80044352'],
    ]);
  });
});

describe('conditional requests', () => {
  const lead = { collection: 'leads', key: id(1) };

  it('follow the rules of upsert', async () => {
    const { api } = await connect();
    expect([
      await refusal(api.upsert({ collection: 'leads', key: id(1), data: { lastname: 'x' }, ifnonematch: '*' })),
      await refusal(api.upsert({ collection: 'leads', key: id(9), data: { lastname: 'x' }, ifmatch: '*' })),
      await refusal(api.update({ collection: 'leads', key: id(9), data: { lastname: 'x' } })),
    ]).toEqual([
      // The client takes these two for the answer "nothing done".
      'not refused',
      'not refused',
      [404, '0x80040217'],
    ]);
    await api.upsert({ collection: 'leads', key: id(9), data: { lastname: 'Nine' }, ifnonematch: '*' });
    expect(names((await api.retrieveAll<LeadRow>({ collection: 'leads', select: ['lastname'] })).value)).toEqual([
      'Lead 1',
      'Lead 2',
      'Lead 3',
      'Lead 4',
      'Lead 5',
      'Nine',
    ]);
  });

  it('compare row versions', async () => {
    const { api } = await connect();
    const before = await api.retrieve<LeadRow>({ ...lead, select: ['lastname'] });
    const etag = before['@odata.etag'];
    const unchanged: unknown = await api.retrieve({ ...lead, select: ['lastname'], ifnonematch: etag });
    const after = await api.update<object, LeadRow>({
      ...lead,
      data: { lastname: 'One' },
      ifmatch: etag,
      returnRepresentation: true,
      select: ['lastname'],
    });
    expect([unchanged, after.lastname, after['@odata.etag'] === etag]).toEqual([undefined, 'One', false]);
    expect([
      await api.update({ ...lead, data: { lastname: 'Late' }, ifmatch: etag }),
      await api.deleteRecord({ ...lead, ifmatch: etag }),
      (await api.retrieve<LeadRow>({ ...lead, select: ['lastname'] })).lastname,
    ]).toEqual([false, false, 'One']);
  });
});

describe('$batch', () => {
  it('goes on after a failure, request by request', async () => {
    const { api } = await connect();
    api.startBatch();
    void api.update({ collection: 'leads', key: id(1), data: { lastname: 'One' }, inChangeSet: false });
    void api.update({ collection: 'leads', key: id(9), data: { lastname: 'Nobody' }, inChangeSet: false });
    void api.retrieve({ collection: 'leads', key: id(1), select: ['lastname'], inChangeSet: false });
    const [updated, failed, read] = (await api.executeBatch({ continueOnError: true })) as unknown[];
    expect([updated, failed, read]).toEqual([
      true,
      rowWith({ status: 404, error: rowWith({ code: '0x80040217' }) }),
      rowWith({ lastname: 'One' }),
    ]);
  });

  it('carries out a change set as a whole, with references in it', async () => {
    const { api } = await connect();
    api.startBatch();
    void api.create({ collection: 'contacts', data: { contactid: id(11), lastname: 'Contact' }, contentId: '1' });
    void api.create({ collection: 'leads', data: { lastname: 'Lead', 'parentcontactid@odata.bind': '$1' }, contentId: '2' });
    await api.executeBatch();
    const [bound] = (await api.retrieveMultiple<LeadRow>({ collection: 'leads', filter: `_parentcontactid_value eq ${id(11)}` })).value;
    expect(bound?.lastname).toBe('Lead');
  });

  it('takes a change set back where one of its requests fails', async () => {
    const { api } = await connect();
    api.startBatch();
    void api.update({ collection: 'leads', key: id(1), data: { lastname: 'One' }, contentId: '1' });
    void api.update({ collection: 'leads', key: id(2), data: { lastname: 'x'.repeat(51) }, contentId: '2' });
    await expect(api.executeBatch()).rejects.toMatchObject([{ status: 400, error: { code: '0x80044331' } }]);
    const { lastname } = await api.retrieve<LeadRow>({ collection: 'leads', key: id(1), select: ['lastname'] });
    expect(lastname).toBe('Lead 1');
  });
});

describe('actions', () => {
  it('creates several rows at once and qualifies a lead', async () => {
    const { api } = await connect();
    const created = await api.callAction<{ Ids: string[] }>({
      collection: 'leads',
      actionName: 'Microsoft.Dynamics.CRM.CreateMultiple',
      action: { Targets: [{ '@odata.type': 'Microsoft.Dynamics.CRM.lead', leadid: id(7), lastname: 'Seven' }] },
    });
    await api.callAction({
      collection: 'leads',
      key: id(7),
      actionName: 'Microsoft.Dynamics.CRM.QualifyLead',
      action: { CreateAccount: false, CreateContact: true, CreateOpportunity: false, Status: 3 },
    });
    const contacts = await api.retrieveMultiple<{ lastname: string }>({
      collection: 'contacts',
      filter: `_originatingleadid_value eq ${id(7)}`,
    });
    expect([created.Ids, contacts.value.map((contact) => contact.lastname)]).toEqual([[id(7)], ['Seven']]);
  });
});

describe('throttling', () => {
  it('comes to the client as 429 with Retry-After', async () => {
    const { api } = await connect({
      serviceProtection: { requests: 1, executionMs: 1_000_000, concurrentRequests: 52, windowMs: 300_000 },
    });
    await api.count({ collection: 'leads' });
    await expect(api.count({ collection: 'leads' })).rejects.toMatchObject({
      status: 429,
      code: '0x80072322',
      headers: { 'retry-after': textLike(/^\d+$/) },
    });
  });
});
