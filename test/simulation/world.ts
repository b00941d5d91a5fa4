import type { ActiveCampaignOffice } from '../../main/demo/activecampaign/office.ts';
import { createSampleActiveCampaign } from '../../main/demo/activecampaign/service.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { SalesPeople } from '../../main/demo/dynamics/sales/sales-people.ts';
import { createSampleDynamics } from '../../main/demo/dynamics/service.ts';
import { sampleApplication } from '../../main/demo/entra/directory.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import type { Entity } from '../../shared/entity.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Scenario } from './scenario.ts';
import { dynamicsUrl } from './settings.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** What somebody did that no list of values tells. */
export interface Notices {
  subscribed(id: number, list: string): void;
  unsubscribed(id: number, list: string, throughCampaign: boolean, moment: number): void;
  rowOptedOut(id: string, moment: number): void;
  tagsTaken(id: number): void;
  /** Somebody said that the person is none of these rows. */
  saidToBeNone(id: number, rows: readonly string[]): void;
}

/** Both services with everybody who works in them, and the time that they all share. */
export interface World {
  readonly clock: VirtualClock;
  readonly office: ActiveCampaignOffice;
  readonly salesPeople: SalesPeople;
  readonly ledger: Ledger;
  readonly notice: Notices;
  /** Lists that a person left, by name. */
  leftLists(id: number): ReadonlyMap<string, { readonly moment: number; readonly throughCampaign: boolean }>;
  rowOptedOutAt(id: string): number | null;
  tagsWereTaken(id: number): boolean;
  /** Rows that the person is not, as somebody said. */
  rowsThatAreNot(id: number): ReadonlySet<string>;
  /** Numbers events in the order in which they happen. */
  nextMoment(): number;
  readonly handlers: { readonly activeCampaign: SampleHandler; readonly dynamics: SampleHandler };
  /** Whether Dynamics refuses a write that was made for an older version of the row. */
  readonly optimisticConcurrency: boolean;
  expireChangeTracking(table: Entity): void;
  expireTokens(): void;
  /** What is done meanwhile bears the stamps of an earlier time, as something does that took its time to be committed. */
  stampedLate<Result>(ms: number, work: () => Result): Result;
  /** Changes when tokens expire. */
  tokenGeneration(): number;
  readonly trace: string[];
  tell(line: string): void;
}

export const apiKey = 'simulated-key';

export function createWorld(scenario: Scenario): World {
  const clock = virtualClock(Date.parse(scenario.startedAt));
  const random = seededRandom(scenario.seed + 1_000_003);
  let lateMs = 0;
  const stamping = { ...clock, now: () => clock.now() - lateMs };
  const { handle, office } = createSampleActiveCampaign({
    store: createMemoryStore(),
    clock: stamping,
    random,
    apiKey,
    people: scenario.people,
    variant: scenario.activeCampaign.variant,
    limits: scenario.activeCampaign.limits,
    importDelayMs: scenario.activeCampaign.importDelayMs,
  });
  let generation = 1;
  const dynamics = createSampleDynamics({
    store: createMemoryStore(),
    clock: stamping,
    random,
    verifyToken: (authorization) =>
      authorization === `Bearer ${generation}`
        ? { audience: dynamicsUrl, user: { objectId: sampleApplication.objectId, name: sampleApplication.name } }
        : null,
    data: { leads: scenario.leads, contacts: scenario.contacts },
    variant: scenario.dynamics.variant,
  });
  const { salesPeople } = dynamics;
  const ledger = openLedger(office, salesPeople);
  let moment = 0;
  type LeftLists = Map<string, { readonly moment: number; readonly throughCampaign: boolean }>;
  const left = new Map<number, LeftLists>();
  const optedOut = new Map<string, number>();
  const tagsTaken = new Set<number>();
  const noneOf = new Map<number, ReadonlySet<string>>();
  const trace: string[] = [];

  const leave = (id: number, list: string, throughCampaign: boolean, at: number) => {
    const lists: LeftLists = left.get(id) ?? new Map();
    left.set(id, lists.set(list, { moment: at, throughCampaign }));
  };
  for (const person of scenario.people) {
    ledger.personMade(Number(person.id), 0);
    for (const { name, status, throughCampaign = false } of person.lists)
      if (status === 2) leave(Number(person.id), name, throughCampaign, 0);
  }
  for (const table of ['lead', 'contact'] as const) {
    for (const row of scenario[table === 'lead' ? 'leads' : 'contacts']) {
      ledger.rowMade(table, row.id, 0);
      if (row.columns.donotbulkemail === true || row.columns.donotemail === true) optedOut.set(row.id, 0);
    }
  }
  ledger.remember();

  return {
    clock,
    office,
    salesPeople,
    ledger,
    notice: {
      subscribed: (id, list) => void left.get(id)?.delete(list),
      unsubscribed: (id, list, throughCampaign, at) => leave(id, list, throughCampaign, at),
      rowOptedOut: (id, at) => void optedOut.set(id, at),
      tagsTaken: (id) => void tagsTaken.add(id),
      saidToBeNone: (id, rows) => void noneOf.set(id, new Set(rows)),
    },
    leftLists: (id) => left.get(id) ?? new Map(),
    rowOptedOutAt: (id) => optedOut.get(id) ?? null,
    tagsWereTaken: (id) => tagsTaken.has(id),
    rowsThatAreNot: (id) => noneOf.get(id) ?? new Set(),
    nextMoment: () => {
      moment += 1;
      return moment;
    },
    handlers: { activeCampaign: handle, dynamics: dynamics.handle },
    optimisticConcurrency: scenario.dynamics.variant.optimisticConcurrency ?? true,
    expireChangeTracking: dynamics.expireChangeTracking,
    expireTokens: () => {
      generation += 1;
    },
    stampedLate: (ms, work) => {
      lateMs = ms;
      try {
        return work();
      } finally {
        lateMs = 0;
      }
    },
    tokenGeneration: () => generation,
    trace,
    tell: (line) => void trace.push(`${new Date(clock.now()).toISOString()} ${line}`),
  };
}
