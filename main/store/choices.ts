import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import { type ActiveCampaignId, type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Database } from './database.ts';

/** What somebody has answered about whom a person of ActiveCampaign is in Dynamics. */
export interface MatchChoice {
  /** Null: none of those that there were to choose from. */
  readonly row: { readonly entity: Entity; readonly id: DynamicsId } | null;
  /** Ids of the rows that there were to choose from. */
  readonly among: readonly DynamicsId[];
}

/** Answers that wait for the run which links the person; a later answer takes the place of an earlier one. */
export interface Choices {
  ofPerson(id: ActiveCampaignId): MatchChoice | null;
  choose(id: ActiveCampaignId, choice: MatchChoice, now: number): void;
  remove(id: ActiveCampaignId): void;
  /** How many people are held for this reason and not dismissed, and how many of them have an answer. */
  countAsked(reason: string): { readonly asked: number; readonly answered: number };
  /** Subjects of people who are held for this reason, not dismissed, and have no answer: at most `limit`, in order, behind `after`. */
  unanswered(reason: string, after: string, limit: number): readonly string[];
}

const row = z.object({ entity: z.enum(entities).nullable(), dynamics_id: z.string().nullable(), among: z.string() });
const ids = z.array(z.string());

export function openChoices(db: Database): Choices {
  const select = db.prepare('SELECT entity, dynamics_id, among FROM choice WHERE person_id = ?');
  const insert = db.prepare('INSERT OR REPLACE INTO choice (person_id, entity, dynamics_id, among, chosen_at) VALUES (?, ?, ?, ?, ?)');
  const deleteOne = db.prepare('DELETE FROM choice WHERE person_id = ?');
  const asked = "FROM problem WHERE reason = ? AND subject LIKE 'person:%' AND field = '' AND dismissed = 0";
  const isAnswered = "EXISTS (SELECT 1 FROM choice WHERE person_id = CAST(substr(problem.subject, length('person:') + 1) AS INTEGER))";
  const count = db.prepare(`SELECT count(*) AS asked, count(*) FILTER (WHERE ${isAnswered}) AS answered ${asked}`);
  const counted = z.object({ asked: z.number(), answered: z.number() });
  const selectUnanswered = db.prepare(`SELECT subject ${asked} AND NOT ${isAnswered} AND subject > ? ORDER BY subject LIMIT ?`);
  return {
    countAsked: (reason) => counted.parse(count.get(reason)),
    unanswered: (reason, after, limit) =>
      selectUnanswered.all(reason, after, limit).map((found) => z.object({ subject: z.string() }).parse(found).subject),
    ofPerson: (id) => {
      const found = select.get(Number(id));
      if (found === undefined) return null;
      const { entity, dynamics_id: chosen, among } = row.parse(found);
      return {
        row: entity === null || chosen === null ? null : { entity, id: dynamicsId(chosen) },
        among: ids.parse(JSON.parse(among)).map(dynamicsId),
      };
    },
    choose: (id, choice, now) =>
      void insert.run(Number(id), choice.row?.entity ?? null, choice.row?.id ?? null, JSON.stringify(choice.among), now),
    remove: (id) => void deleteOne.run(Number(id)),
  };
}
