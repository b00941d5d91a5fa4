import { z } from 'zod';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import type { ActiveCampaignClient, PeoplePage, PeopleQuery, Person } from '../../connections/activecampaign/types.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { observePerson, type TagIds } from './observe.ts';
import { readAhead } from './read-ahead.ts';

/** What every reading of people needs. */
export interface PeoplePassContext {
  readonly client: ActiveCampaignClient;
  readonly store: SyncStore;
  readonly tagIds: TagIds;
  /** Names of the fields that are kept. */
  readonly fields: readonly string[];
  /** Called after each page with the number of people read and, where it is known, of those to read. */
  readonly progress: (read: number, total: number | null) => Promise<void>;
}

export const peopleAPage = 100;
const lastSweepKey = 'activeCampaign.lastSweep';

/** Numbers of sweeps only grow: a person met in a later one was not missed by an earlier one. */
export function nextSweep({ store }: Pick<PeoplePassContext, 'store'>): number {
  const next = (readMeta(store.database, lastSweepKey, z.number()) ?? 0) + 1;
  writeMeta(store.database, lastSweepKey, next);
  return next;
}

export interface PassOptions {
  /** Kept with each page, in its transaction. */
  readonly afterPage?: (page: PeoplePage, afterId: ActiveCampaignId) => void;
  /** Asked between two pages. */
  readonly isTimeUp?: () => boolean;
}

/** How a pass over the people of a query went. */
export interface Pass {
  /** The service's time at the first page; null where nothing told it. */
  readonly startedAt: number | null;
  /** False where the time was up before the last page. */
  readonly complete: boolean;
}

/** Reads the people of a query page by page, in order of id. */
export async function readPass(
  context: PeoplePassContext,
  query: PeopleQuery,
  sweep: number,
  { afterPage = () => undefined, isTimeUp = () => false }: PassOptions = {},
): Promise<Pass> {
  let startedAt: number | null = null;
  let total: number | null = null;
  let read = 0;
  for await (const page of readAhead(pagesOf(context.client, query))) {
    startedAt ??= page.serverTime;
    // Later pages count only what is above their first id.
    total ??= page.total;
    await keep(context, page, sweep, afterPage);
    read += page.people.length;
    await context.progress(read, total);
    if (isLast(page)) break;
    if (isTimeUp()) return { startedAt, complete: false };
  }
  return { startedAt, complete: true };
}

/** Every page of a query, in order of id. */
export async function* pagesOf(client: ActiveCampaignClient, query: PeopleQuery): AsyncGenerator<PeoplePage> {
  for (let afterId = query.afterId; ; ) {
    const page = await client.people(afterId === undefined ? query : { ...query, afterId });
    yield page;
    if (isLast(page)) return;
    afterId = page.people.at(-1)?.id;
  }
}

const isLast = (page: PeoplePage): boolean => page.people.length < peopleAPage;

/** Reads these people, at most a page of them. @returns the ids of those who exist. */
export async function readByIds(
  context: PeoplePassContext,
  query: PeopleQuery & Required<Pick<PeopleQuery, 'ids'>>,
  sweep: number,
): Promise<ReadonlySet<ActiveCampaignId>> {
  const page = await context.client.people({ ...query, limit: peopleAPage });
  await keep(context, page, sweep, () => undefined);
  return new Set(page.people.map((person) => person.id));
}

async function keep(
  { client, store, fields, tagIds }: PeoplePassContext,
  page: PeoplePage,
  sweep: number,
  afterPage: NonNullable<PassOptions['afterPage']>,
): Promise<void> {
  const complete = await sideloaded(client, page);
  transaction(store.database, () => {
    for (const person of complete) store.people.observe(observePerson(person, fields, tagIds), sweep);
    const last = page.people.at(-1);
    if (last !== undefined) afterPage(page, last.id);
  });
}

/** The people of a page with their tags, fields and lists: three requests a person where the account does not sideload them. */
export async function sideloaded(client: ActiveCampaignClient, page: PeoplePage): Promise<readonly Person[]> {
  if (page.sideloaded) return page.people;
  const people: Person[] = [];
  for (const person of page.people) people.push(await client.withNestedReads(person));
  return people;
}
