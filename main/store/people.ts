import { z } from 'zod';
import { emailKey } from '../../shared/email.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import { type ActiveCampaignId, activeCampaignId } from '../../shared/ids.ts';
import { type MembershipTags, type TagKey, tagKeys } from '../../shared/tags.ts';
import type { Database } from './database.ts';
import type { ObservedPerson } from './observed.ts';
import { type PlanState, planState, planStateRow, planStateSchema } from './plan-state.ts';
import { replanRowsUnder } from './replan.ts';

/** ActiveCampaign as last seen. */
export interface People {
  /** Keeps what was read. The person is to be planned again only where it differs from what was known. */
  observe(person: ObservedPerson, sweep: number): void;
  /**
   * Keeps what was read after a write. What there was to plan stays to be planned.
   * @param expected the person as the write alone would have left them: where `found` differs, somebody else has changed it since, which is
   * to be planned.
   */
  confirm(expected: ObservedPerson, found: ObservedPerson): void;
  byId(id: ActiveCampaignId): ObservedPerson | null;
  emailOf(id: ActiveCampaignId): string | null;
  /** People who exist under this address; ActiveCampaign allows one, a merge there may leave two for a moment. */
  byEmail(key: string): ObservedPerson | null;
  /** Up to `limit` people of this state with an id above `after`, in order of id. */
  inState(state: PlanState, after: number, limit: number): readonly ObservedPerson[];
  countInState(state: PlanState): number;
  setState(id: ActiveCampaignId, state: PlanState): void;
  /** Null where nobody has this id. */
  stateOf(id: ActiveCampaignId): PlanState | null;
  /** Moves everybody from one state to another. */
  moveState(from: PlanState, to: PlanState): void;
  /** To be planned again, whatever is known of them. */
  replanSettled(): void;
  /**
   * An automation asks for this person to be created: to be planned, with the pair of tags that the plan gives. It is over as soon as the
   * person carries a pair, whoever gave it.
   * @returns false where nobody of this id exists, or the person carries a pair.
   */
  invite(id: ActiveCampaignId, entity: Entity): boolean;
  /** What an invited person is to be created as. */
  invitedAs(id: ActiveCampaignId): Entity | null;
  countWithTag(tag: TagKey): number;
  countUnsubscribed(): number;
  highestId(): ActiveCampaignId | null;
  /** Up to `limit` people with an id above `after` who are believed to exist and were not met by this sweep, in order of id. */
  unmetBy(sweep: number, after: ActiveCampaignId | null, limit: number): readonly ActiveCampaignId[];
  /** Up to `limit` people who are known to carry the tag and were not met by this sweep. */
  withTagUnseen(tag: TagKey, sweep: number, limit: number): readonly ActiveCampaignId[];
  markGone(id: ActiveCampaignId): void;
  count(): number;
}

const bit = Object.fromEntries(tagKeys.map((key, index) => [key, 1 << index])) as Record<TagKey, number>;
const tagMask = (tags: MembershipTags): number => tagKeys.reduce((mask, key) => (tags[key] ? mask | bit[key] : mask), 0);
const hasTag = (mask: number, key: TagKey): boolean => (mask & bit[key]) !== 0;

/** Every value of the column `tags` that has this tag in it, as SQL: an index finds them, as it could not find a bit. */
const valuesWith = (key: TagKey): string =>
  Array.from({ length: 1 << tagKeys.length }, (_, mask) => mask)
    .filter((mask) => hasTag(mask, key))
    .join(', ');

/** Every value of the column `tags` that holds a complete pair, as SQL. */
const valuesWithPair = Array.from({ length: 1 << tagKeys.length }, (_, mask) => mask)
  .filter((mask) => (hasTag(mask, 'lead') || hasTag(mask, 'contact')) && (hasTag(mask, 'pulled') || hasTag(mask, 'pushed')))
  .join(', ');

const invitedRow = z.object({ invited: z.enum(entities).nullable() });

const list = z.object({ listId: z.string(), status: z.number(), throughCampaign: z.boolean() });
const row = z.object({
  id: z.number(),
  email: z.string(),
  tags: z.number(),
  tag_links: z.string(),
  values: z.string(),
  lists: z.string(),
  bounced: z.number(),
  updated_at: z.number().nullable(),
  gone: z.number(),
});
const tagLinks = z.partialRecord(z.enum(tagKeys), z.string());
const values = z.record(z.string(), z.string());
const emailRow = z.object({ email: z.string() });
const idRow = z.object({ id: z.number() });
const toId = (found: unknown): ActiveCampaignId => activeCampaignId(idRow.parse(found).id);
const counted = z.object({ count: z.number() });

function toPerson(found: unknown): ObservedPerson {
  const { id, email, tags, updated_at: updatedAt, ...rest } = row.parse(found);
  return {
    id: activeCampaignId(id),
    email,
    tags: { lead: hasTag(tags, 'lead'), contact: hasTag(tags, 'contact'), pulled: hasTag(tags, 'pulled'), pushed: hasTag(tags, 'pushed') },
    tagLinks: tagLinks.parse(JSON.parse(rest.tag_links)),
    values: values.parse(JSON.parse(rest.values)),
    lists: z.array(list).parse(JSON.parse(rest.lists)),
    updatedAt,
    bounced: rest.bounced === 1,
    gone: rest.gone === 1,
  };
}

const columns = 'id, email, tags, tag_links, "values", lists, bounced, updated_at, gone';

export function openPeople(db: Database): People {
  const insert = db.prepare(`
    INSERT INTO person (id, email, email_key, tags, tag_links, "values", lists, bounced, updated_at, unsubscribed, gone, sweep, plan_state)
    VALUES (:id, :email, :emailKey, :tags, :tagLinks, :values, :lists, :bounced, :updatedAt, :unsubscribed, :gone, :sweep, :planState)
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key, tags = excluded.tags, tag_links = excluded.tag_links,
      "values" = excluded."values", lists = excluded.lists, bounced = excluded.bounced, updated_at = excluded.updated_at,
      unsubscribed = excluded.unsubscribed, gone = excluded.gone, sweep = max(sweep, excluded.sweep), plan_state = excluded.plan_state,
      invited = CASE WHEN excluded.tags IN (${valuesWithPair}) THEN NULL ELSE invited END`);
  const known = db.prepare('SELECT plan_state, email, tags, "values", lists, gone FROM person WHERE id = ?');
  const knownRow = z.object({
    plan_state: planStateSchema,
    email: z.string(),
    tags: z.number(),
    values: z.string(),
    lists: z.string(),
    gone: z.number(),
  });
  const selectById = db.prepare(`SELECT ${columns} FROM person WHERE id = ?`);
  const selectEmail = db.prepare('SELECT email FROM person WHERE id = ?');
  const selectByEmail = db.prepare(`SELECT ${columns} FROM person WHERE email_key = ? AND gone = 0 ORDER BY id LIMIT 1`);
  const selectInState = db.prepare(`SELECT ${columns} FROM person WHERE plan_state = ? AND plan_state <> 0 AND id > ? ORDER BY id LIMIT ?`);
  const countState = db.prepare('SELECT count(*) AS count FROM person WHERE plan_state = ? AND plan_state <> 0');
  const updateState = db.prepare('UPDATE person SET plan_state = ? WHERE id = ?');
  const updateStates = db.prepare('UPDATE person SET plan_state = ? WHERE plan_state = ? AND plan_state <> 0');
  const updateSettled = db.prepare(`UPDATE person SET plan_state = ${planState.changed} WHERE plan_state = ${planState.settled}`);
  // Who is a contact by one automation stays one whatever another says, as with two pairs of tags.
  const updateInvited = db.prepare(`
    UPDATE person SET invited = CASE WHEN invited = 'contact' THEN invited ELSE :entity END, plan_state = ${planState.changed}
    WHERE id = :id AND gone = 0 AND tags NOT IN (${valuesWithPair})`);
  const selectInvited = db.prepare('SELECT invited FROM person WHERE id = ? AND invited IS NOT NULL');
  const countTag = Object.fromEntries(
    tagKeys.map((key) => [key, db.prepare(`SELECT count(*) AS count FROM person WHERE tags IN (${valuesWith(key)}) AND gone = 0`)]),
  ) as Record<TagKey, ReturnType<Database['prepare']>>;
  const countOut = db.prepare('SELECT count(*) AS count FROM person INDEXED BY person_unsubscribed WHERE unsubscribed <> 0 AND gone = 0');
  const highest = db.prepare('SELECT max(id) AS id FROM person');
  const selectUnmet = db.prepare('SELECT id FROM person WHERE sweep < ? AND gone = 0 AND id > ? ORDER BY id LIMIT ?');
  const selectUnseen = Object.fromEntries(
    tagKeys.map((key) => [key, db.prepare(`SELECT id FROM person WHERE tags IN (${valuesWith(key)}) AND gone = 0 AND sweep < ? LIMIT ?`)]),
  ) as Record<TagKey, ReturnType<Database['prepare']>>;
  const gone = db.prepare(`UPDATE person SET gone = 1, plan_state = ${planState.changed} WHERE id = ? AND gone = 0`);
  const countAll = db.prepare('SELECT count(*) AS count FROM person WHERE gone = 0');

  const stateOf = db.prepare('SELECT plan_state FROM person WHERE id = ?');
  const replan = db.prepare(replanRowsUnder('= ?'));
  const replanRows = (...addresses: readonly string[]) => {
    for (const key of new Set(addresses.map(emailKey))) if (key !== null) replan.run(key);
  };
  const write = (person: ObservedPerson, sweep: number, state: PlanState) => {
    insert.run({
      id: Number(person.id),
      email: person.email,
      emailKey: emailKey(person.email),
      tags: tagMask(person.tags),
      tagLinks: JSON.stringify(person.tagLinks),
      values: canonicalJson(person.values),
      lists: JSON.stringify(person.lists),
      bounced: person.bounced ? 1 : 0,
      updatedAt: person.updatedAt,
      unsubscribed: person.lists.some((membership) => membership.status === 2) ? 1 : 0,
      gone: person.gone ? 1 : 0,
      sweep,
      planState: state,
    });
  };

  return {
    observe: (person, sweep) => {
      const found = known.get(Number(person.id));
      if (found === undefined) return write(person, sweep, planState.changed);
      const before = knownRow.parse(found);
      const now = seenByPlan(person);
      write(person, sweep, samePlan(before, now) ? before.plan_state : planState.changed);
      if (before.email !== now.email || before.tags !== now.tags || before.gone !== now.gone) replanRows(before.email, now.email);
    },
    confirm: (expected, found) => {
      const before = stateOf.get(Number(found.id));
      const state = before === undefined ? planState.settled : planStateRow.parse(before).plan_state;
      write(found, 0, samePlan(seenByPlan(expected), seenByPlan(found)) ? state : planState.changed);
    },
    byId: (id) => {
      const found = selectById.get(Number(id));
      return found === undefined ? null : toPerson(found);
    },
    emailOf: (id) => {
      const found = selectEmail.get(Number(id));
      return found === undefined ? null : emailRow.parse(found).email;
    },
    byEmail: (key) => {
      const found = selectByEmail.get(key);
      return found === undefined ? null : toPerson(found);
    },
    inState: (state, after, limit) => selectInState.all(state, after, limit).map(toPerson),
    countInState: (state) => counted.parse(countState.get(state)).count,
    stateOf: (id) => {
      const found = stateOf.get(Number(id));
      return found === undefined ? null : planStateRow.parse(found).plan_state;
    },
    setState: (id, state) => void updateState.run(state, Number(id)),
    moveState: (from, to) => void updateStates.run(to, from),
    replanSettled: () => void updateSettled.run(),
    invite: (id, entity) => updateInvited.run({ id: Number(id), entity }).changes > 0,
    invitedAs: (id) => {
      const found = selectInvited.get(Number(id));
      return found === undefined ? null : invitedRow.parse(found).invited;
    },
    countWithTag: (tag) => counted.parse(countTag[tag].get()).count,
    countUnsubscribed: () => counted.parse(countOut.get()).count,
    highestId: () => {
      const { id } = z.object({ id: z.number().nullable() }).parse(highest.get());
      return id === null ? null : activeCampaignId(id);
    },
    unmetBy: (sweep, after, limit) => selectUnmet.all(sweep, Number(after ?? 0), limit).map(toId),
    withTagUnseen: (tag, sweep, limit) => selectUnseen[tag].all(sweep, limit).map(toId),
    markGone: (id) => {
      if (gone.run(Number(id)).changes > 0) replanRows(emailRow.parse(selectEmail.get(Number(id))).email);
    },
    count: () => counted.parse(countAll.get()).count,
  };
}

interface SeenByPlan {
  readonly email: string;
  readonly tags: number;
  readonly values: string;
  readonly lists: string;
  readonly gone: number;
}

/** What the planner reads of a person, as it is stored: a later `udate` alone (a note, a deal) asks for no plan. */
const seenByPlan = (person: ObservedPerson): SeenByPlan => ({
  email: person.email,
  tags: tagMask(person.tags),
  values: canonicalJson(person.values),
  lists: JSON.stringify(person.lists),
  gone: person.gone ? 1 : 0,
});

const samePlan = (a: SeenByPlan, b: SeenByPlan): boolean =>
  a.email === b.email && a.tags === b.tags && a.values === b.values && a.lists === b.lists && a.gone === b.gone;

/** With the keys in one order, so that equal values are equal text. */
export function canonicalJson(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}
