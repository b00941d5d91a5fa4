import { z } from 'zod';
import { jsonBody } from '../../main/connections/http/json-body.ts';
import type { HttpRequest, HttpResponse } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { emailKey } from '../../shared/email.ts';
import { dynamicsId } from '../../shared/ids.ts';
import { BrokenPromise } from './broken-promise.ts';
import { fieldOf } from './ledger.ts';
import { fieldPairs } from './mapped-fields.ts';
import { type AskedWrite, writesOf } from './requests.ts';
import type { Configuration } from './scenario.ts';
import { nameInMapping } from './settings.ts';
import { untoldWrites } from './untold-writes.ts';
import type { World } from './world.ts';

/** Stands between the program and the services, and judges each request in the moment in which it is served. */
export interface Watch {
  readonly activeCampaign: SampleHandler;
  readonly dynamics: SampleHandler;
  /** The program sends a request; it may be served long after the program has given it up. */
  sent(request: HttpRequest): void;
  /** An answer has reached the program. */
  delivered(request: HttpRequest, response: HttpResponse): void;
  /** @param beforeWrite called with what a request asks for before it is served. */
  runStarts(store: SyncStore, calm: boolean, configuration: Configuration, beforeWrite: (writes: readonly AskedWrite[]) => void): void;
  /** Nothing is calm any more in this run. */
  disturbed(): void;
  /** The program has lost its memory. */
  databaseLost(): void;
  /** Rows that the program created, with the person for whom. */
  readonly created: ReadonlyMap<string, number | null>;
}

const contactIds = z.object({ contacts: z.array(z.object({ id: z.coerce.number() })) });

export function watch(world: World): Watch {
  const { office, salesPeople, ledger } = world;
  const sentAt = new WeakMap<HttpRequest, number>();
  const served = new WeakMap<HttpRequest, number>();
  const lastRead = new Map<number, number>();
  /** By address: what the program could have known of the person when it sent the latest import, which may take its time. */
  const knownAtImport = new Map<string, number>();
  const created = new Map<string, number | null>();
  let runStartedAt = 0;
  let calm = false;
  let configuration: Configuration | null = null;
  let store: SyncStore | null = null;
  let beforeWrite: (writes: readonly AskedWrite[]) => void = () => {};
  let before: Promise<unknown> = Promise.resolve();

  /** Up to when the program could know what the person holds. */
  const knownOf = (id: number) => Math.max(lastRead.get(id) ?? -1, runStartedAt);
  const nameOfField = new Map(fieldPairs.map((pair) => [nameInMapping(office, pair), pair]));
  const untold = untoldWrites(office, salesPeople, (name) => nameOfField.get(name)?.activeCampaign ?? name);
  const nameOfList = new Map(['Newsletter', 'Customers'].map((name) => [office.listId(name), name]));

  /** The services carry out one request at a time, so that what it changed can be told from what others did. */
  const inTurn = (handler: SampleHandler, service: 'activeCampaign' | 'dynamics'): SampleHandler => {
    return (request) => {
      const turn = before.then(() => serve(handler, service, request));
      before = turn.catch(() => undefined);
      return turn;
    };
  };

  async function serve(handler: SampleHandler, service: 'activeCampaign' | 'dynamics', request: HttpRequest): Promise<HttpResponse> {
    const writes = writesOf(request);
    const sent = sentAt.get(request) ?? Number.POSITIVE_INFINITY;
    if (writes.length > 0) beforeWrite(writes);
    for (const write of writes) judge(write);
    if (store !== null) untold.forgetTold(store);
    const keepUntold = store === null ? () => {} : untold.watch(writes, store, world.nextMoment());
    const response = await handler(request);
    served.set(request, world.nextMoment());
    if (writes.length > 0 || (service === 'activeCampaign' && knownAtImport.size > 0)) {
      ledger.remember();
      ledger.noticeOverwriting(world.nextMoment(), {
        person: (id, name, entry) => {
          const key = emailKey(office.person(id)?.email) ?? '';
          // Under another address it was somebody else when the program read.
          const entered = Math.max(entry.moment, ledger.personEntries(id, 'email').at(-1)?.moment ?? 0);
          if (untold.tookBack(id, name, entry) || entry.moment > sent) return false;
          const byImport = !writes.some((write) => write.kind === 'changePerson' && (write.id === id || emailKey(write.email) === key));
          return entered <= ((byImport ? knownAtImport.get(key) : undefined) ?? knownOf(id));
        },
        row: (id, column, entry) => !untold.tookBack(id, column, entry) && (world.optimisticConcurrency || entry.moment <= runStartedAt),
      });
    }
    keepUntold();
    if (response.status < 300) for (const write of writes) afterwards(write);
    return response;
  }

  function judge(write: AskedWrite): void {
    const changesPerson =
      write.kind === 'setList' || write.kind === 'importPerson' || write.kind === 'takeTag' || write.kind === 'changePerson';
    if (configuration?.globalSync === false && changesPerson) throw new BrokenPromise('P9', `${JSON.stringify(write)} is sent`);
    switch (write.kind) {
      case 'setList':
        if (write.status === 1) judgeSubscription(write.id, write.list, 'subscribes');
        if (calm && office.person(write.id)?.lists[nameOfList.get(write.list) ?? ''] === write.status)
          throw new BrokenPromise('P3', `person ${write.id} has status ${write.status} on list ${write.list} already`);
        return;
      case 'importPerson': {
        const person = office.personByEmail(write.email);
        knownAtImport.set(emailKey(write.email) ?? '', person === null ? runStartedAt : knownOf(person.id));
        if (person === null) return;
        for (const list of write.subscribe) {
          // The import itself refuses whoever left this list.
          if (!world.leftLists(person.id).has(nameOfList.get(list) ?? '')) judgeSubscription(person.id, list, 'imports with a list');
        }
        if (calm) judgeValues(person.id, write.values);
        return;
      }
      case 'changePerson': {
        const id = write.id ?? office.personByEmail(write.email ?? '')?.id;
        if (calm && id !== undefined) judgeValues(id, write.values);
        return;
      }
      case 'giveTag': {
        const tagged = office.person(write.id)?.tags.some((name) => office.tagId(name) === write.tag);
        if (calm && tagged === true) throw new BrokenPromise('P3', `person ${write.id} has tag ${write.tag} already`);
        return;
      }
      case 'createRow':
      case 'updateRow':
        for (const column of ['donotbulkemail', 'donotemail']) {
          if (write.columns[column] === false) throw new BrokenPromise('P6', `${column} of ${write.table} ${write.id} is set to false`);
        }
        judgeWay(write);
        if (write.kind === 'createRow') judgeCreation(write);
        else if (calm) judgeColumns(write);
        return;
      case 'takeTag':
      case 'other':
        return;
    }
  }

  /** What the program has read or was able to read when the person opted out. */
  function judgeSubscription(id: number, list: number, what: string): void {
    const known = (moment: number) => moment <= (lastRead.get(id) ?? -1);
    const name = nameOfList.get(list) ?? '';
    const person = office.person(id);
    if (person === null) return;
    const left = world.leftLists(id);
    const own = left.get(name);
    if (person.lists[name] === 2 && own !== undefined && known(own.moment))
      throw new BrokenPromise('P6', `the program ${what}: person ${id} left the list ${name}`);
    const campaign = [...left.values()].find(({ throughCampaign }) => throughCampaign);
    if (campaign !== undefined && known(campaign.moment))
      throw new BrokenPromise('P6', `the program ${what} ${name}: person ${id} opted out through a campaign`);
    const statuses = Object.values(person.lists);
    if (statuses.length > 0 && statuses.every((status) => status === 2) && [...left.values()].every(({ moment }) => known(moment)))
      throw new BrokenPromise('P6', `the program ${what} ${name}: person ${id} left every list`);
    for (const table of ['lead', 'contact'] as const) {
      for (const row of salesPeople.rows(table)) {
        const optedOutAt = world.rowOptedOutAt(row.id);
        const link = store?.links.ofRecord(table, row.id);
        if (optedOutAt === null || optedOutAt > runStartedAt || link?.personId !== person.id.toString()) continue;
        throw new BrokenPromise('P6', `the program ${what} ${name}: ${table} ${row.id} of person ${id} has opted out`);
      }
    }
  }

  function judgeValues(id: number, values: Readonly<Record<string, string>>): void {
    const person = office.person(id);
    if (person === null) return;
    for (const [name, value] of Object.entries(values)) {
      const now = fieldOf(person, nameOfField.get(name)?.activeCampaign ?? name);
      const same = name === 'email' ? emailKey(now) === emailKey(value) : now === value;
      if (same) throw new BrokenPromise('P3', `${name} of person ${id} is ${JSON.stringify(value)} already`);
    }
  }

  function judgeColumns(write: Extract<AskedWrite, { kind: 'updateRow' | 'createRow' }>): void {
    const row = salesPeople.row(write.table, write.id);
    if (row === null) return;
    for (const [name, value] of Object.entries(write.columns)) {
      if ((row.columns[name] ?? null) === value)
        throw new BrokenPromise('P3', `${name} of ${write.table} ${write.id} is ${JSON.stringify(value)} already`);
    }
  }

  /** An opt-out goes over in any case; what a creation fills beyond the mappings is no value of a person. */
  function judgeWay({ kind, table, columns }: Extract<AskedWrite, { kind: 'updateRow' | 'createRow' }>): void {
    if (configuration === null) return;
    const { enabled, direction, mappings } = configuration[table];
    const goesOver = (column: string) =>
      column === 'emailaddress1' ||
      mappings.some((each) => fieldPairs[each.pair]?.dynamics === column && each.direction !== 'toActiveCampaign');
    for (const column of Object.keys(columns)) {
      if (column === 'donotbulkemail') continue;
      if (enabled && direction !== 'toActiveCampaign' && (kind === 'createRow' || goesOver(column))) continue;
      throw new BrokenPromise('P10', `${column} of a ${table} is sent`);
    }
  }

  /** Another row under this address, which belonged to nobody when the program read. */
  function judgeCreation({ table, id, columns }: Extract<AskedWrite, { kind: 'updateRow' | 'createRow' }>): void {
    const address = columns.emailaddress1;
    const key = typeof address === 'string' ? emailKey(address) : null;
    if (key === null || salesPeople.row(table, id) !== null) return;
    const person = store?.links.ofRecord(table, dynamicsId(id))?.personId ?? null;
    const saidToBeOthers = person === null ? new Set() : world.rowsThatAreNot(Number(person));
    for (const row of salesPeople.rows(table)) {
      if (saidToBeOthers.has(row.id)) continue;
      const other = row.columns.emailaddress1;
      if (typeof other !== 'string' || emailKey(other) !== key || row.columns.merged === true) continue;
      if (table === 'lead' && row.columns.statecode === 1) continue;
      const since = ledger.rowEntries(row.id, 'emailaddress1').at(-1)?.moment ?? runStartedAt + 1;
      const link = store?.links.ofRecord(table, dynamicsId(row.id)) ?? null;
      if (since > runStartedAt || link !== null) continue;
      throw new BrokenPromise('P2', `${table} ${id} is created for ${key}, though ${table} ${row.id} was there`);
    }
  }

  function afterwards(write: AskedWrite): void {
    if (write.kind === 'createRow' && !created.has(write.id) && salesPeople.row(write.table, write.id) !== null) {
      const link = store?.links.ofRecord(write.table, dynamicsId(write.id)) ?? null;
      created.set(write.id, link?.personId === null || link?.personId === undefined ? null : Number(link.personId));
    }
  }

  return {
    activeCampaign: inTurn(world.handlers.activeCampaign, 'activeCampaign'),
    dynamics: inTurn(world.handlers.dynamics, 'dynamics'),
    sent: (request) => void sentAt.set(request, world.nextMoment()),
    delivered: (request, response) => {
      const at = served.get(request);
      const { pathname, searchParams } = new URL(request.url);
      if (at === undefined || request.method !== 'GET' || !pathname.endsWith('/contacts') || !pathname.startsWith('/api/3')) return;
      // Asked for to count people, or to see how the service compares: nothing is kept of whom it shows.
      if (searchParams.get('limit') === '1') return;
      const answer = contactIds.safeParse(jsonBody(response));
      if (answer.success) for (const { id } of answer.data.contacts) lastRead.set(id, at);
    },
    runStarts: (opened, isCalm, inForce, interfere) => {
      configuration = inForce;
      beforeWrite = interfere;
      store = opened;
      calm = isCalm;
      runStartedAt = world.nextMoment();
    },
    disturbed: () => {
      calm = false;
    },
    databaseLost: () => {
      created.clear();
      // The journal that would tell of an import under way is lost with it.
      for (const key of knownAtImport.keys()) knownAtImport.set(key, -1);
    },
    created,
  };
}
