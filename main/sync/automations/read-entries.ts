import type { Entity } from '../../../shared/entity.ts';
import type { ActiveCampaignId } from '../../../shared/ids.ts';
import type { ActiveCampaignClient, Automation, AutomationEntry } from '../../connections/activecampaign/types.ts';
import { ServiceError, type ServiceErrorCode } from '../../connections/errors.ts';
import type { Log } from '../../log/log.ts';
import type { AutomationWatch } from '../../store/automations.ts';
import type { SyncStore } from '../../store/sync-store.ts';
import { transaction } from '../../store/transaction.ts';
import { observePerson, type TagIds } from '../read/observe.ts';
import { sideloaded } from '../read/people-pass.ts';
import { earlierStamp } from './earlier-stamp.ts';

export interface ReadEntriesContext {
  readonly client: ActiveCampaignClient;
  readonly store: SyncStore;
  readonly log: Log;
  readonly run: number;
  readonly tagIds: TagIds;
  /** Names of the fields that are kept of a person. */
  readonly fields: readonly string[];
  /** By id, with what their people are created as. */
  readonly chosen: ReadonlyMap<string, Entity>;
  /** What the account has. */
  readonly automations: readonly Automation[];
  /** The service's time at which the reading before this one began; null at the first. */
  readonly readBefore: number | null;
  readonly now: () => number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** An entry may become visible a moment after its stamp; and an account's wall clock goes back by an hour once a year. */
const overlapMs = 70 * minuteMs;
const idsAPage = 100;

/**
 * Invites whoever has entered a chosen automation since the last reading: the plan gives them the pair of tags and creates them. Costs one
 * request for each automation where nobody has, and no request for a person who is known.
 *
 * Invitations and the place up to which was read are kept in one transaction for each automation, and an entry counts once, so that it may
 * be broken off anywhere.
 */
export async function readEntries(context: ReadEntriesContext): Promise<void> {
  const { store, chosen, automations, now } = context;
  transaction(store.database, () => store.automations.followOnly([...chosen.keys()], now()));
  for (const [id, entity] of chosen) {
    const watch = store.automations.watch(id);
    if (watch === null) continue;
    const automation = automations.find((candidate) => candidate.id === id);
    const found = automation === undefined ? null : await entriesOf(context, watch);
    store.automations.setMissing(id, found === null);
    if (found === null) tellMissing(context, id, entity);
    else await invite(context, watch, found, entity, automation?.name ?? id);
  }
}

/** What is about the one automation; anything else ends the run. */
const ofTheAutomation: readonly ServiceErrorCode[] = ['not-found', 'no-right', 'not-available'];

interface Found {
  /** Those that count and were not met before. */
  readonly fresh: readonly AutomationEntry[];
  readonly newest: AutomationEntry | null;
  readonly since: number;
}

/** @returns null where there is no such automation. */
async function entriesOf({ client, store, readBefore, now }: ReadEntriesContext, watch: AutomationWatch): Promise<Found | null> {
  try {
    // Until an entry shows in which zone the account writes, a day covers every one.
    const bound =
      watch.stamp === null ? new Date((watch.since ?? watch.pickedAt) - dayMs).toISOString() : earlierStamp(watch.stamp, overlapMs);
    const { entries, serverTime } = await client.automationEntries(watch.automation, bound);
    const since = watch.since ?? pickedAt(watch, readBefore, serverTime ?? now(), now());
    return {
      fresh: entries.filter(({ runId, enteredAt }) => enteredAt >= since && !store.automations.isKnown(watch.automation, runId)),
      newest: entries.reduce<AutomationEntry | null>(
        (one, other) => (one === null || other.enteredAt >= one.enteredAt ? other : one),
        null,
      ),
      since,
    };
  } catch (error) {
    if (error instanceof ServiceError && ofTheAutomation.includes(error.code)) return null;
    throw error;
  }
}

/**
 * When the automation was chosen, by the clock of the service: as long ago as this machine says, but not before the last reading began, since
 * it was not chosen then.
 */
function pickedAt(watch: AutomationWatch, readBefore: number | null, serverNow: number, now: number): number {
  const ago = Math.max(0, now - watch.pickedAt);
  return Math.floor(Math.max(readBefore ?? Number.NEGATIVE_INFINITY, serverNow - ago) / 1000) * 1000;
}

async function invite(context: ReadEntriesContext, watch: AutomationWatch, found: Found, entity: Entity, name: string): Promise<void> {
  const { store, log, run } = context;
  const { fresh, newest, since } = found;
  const ids = [...new Set(fresh.map(({ personId }) => personId))];
  await readUnknown(context, ids);
  const invited = transaction(store.database, () => {
    store.automations.advance(watch, {
      since,
      stamp: newest?.stamp ?? watch.stamp,
      entries: fresh.map(({ runId, enteredAt }) => ({ id: runId, enteredAt })),
      forgetBefore: newest === null ? since : Math.max(since, newest.enteredAt - overlapMs),
    });
    return ids.filter((id) => store.people.invite(id, entity)).length;
  });
  if (invited === 0) return;
  log.write({
    level: 'info',
    event: 'automation.entered',
    run,
    message:
      invited === 1
        ? `One person entered the automation "${name}" and becomes a ${entity}`
        : `${invited} people entered the automation "${name}" and become ${entity}s`,
    details: { automation: watch.automation, entity, people: invited },
  });
}

/** Who came into the account while it was read. */
async function readUnknown({ client, store, fields, tagIds }: ReadEntriesContext, ids: readonly ActiveCampaignId[]): Promise<void> {
  const unknown = ids.filter((id) => store.people.emailOf(id) === null);
  for (let start = 0; start < unknown.length; start += idsAPage) {
    const page = await client.people({ ids: unknown.slice(start, start + idsAPage), limit: idsAPage });
    const people = await sideloaded(client, page);
    transaction(store.database, () => {
      for (const person of people) store.people.observe(observePerson(person, fields, tagIds), 0);
    });
  }
}

function tellMissing({ log, run }: ReadEntriesContext, id: string, entity: Entity): void {
  log.write({
    level: 'warn',
    event: 'automation.missing',
    run,
    message: `The automation ${id}, which ${entity}s are created from, is not in ActiveCampaign any more, or may not be read. The others go on.`,
    details: { automation: id, path: `dataConfiguration.${entity}.createFromAutomations` },
  });
}
