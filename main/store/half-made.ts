import { z } from 'zod';
import { type Entity, entities } from '../../shared/entity.ts';
import { type ActiveCampaignId, activeCampaignId, type DynamicsId, dynamicsId } from '../../shared/ids.ts';
import type { Database } from './database.ts';
import { agreedByKey } from './links.ts';
import type { HalfMade } from './observed.ts';

/** Pairs of which something is written, though their link was taken back before it counted: they do not meet for the first time. */
export interface HalfMadePairs {
  ofPerson(id: ActiveCampaignId): HalfMade | null;
  /** Takes the place of what was kept of that person. */
  keep(pair: HalfMade): void;
  /** A link of that person, or of that row, counts. */
  forget(person: ActiveCampaignId | null, entity: Entity, id: DynamicsId): void;
  /** In the order of their people. */
  page(after: number, limit: number): readonly HalfMade[];
}

const row = z.object({
  person_id: z.number(),
  entity: z.enum(entities),
  dynamics_id: z.string(),
  agreed: z.string(),
  awaits_list: z.number(),
});

function toPair(found: unknown): HalfMade {
  const pair = row.parse(found);
  return {
    personId: activeCampaignId(pair.person_id),
    entity: pair.entity,
    dynamicsId: dynamicsId(pair.dynamics_id),
    agreed: agreedByKey.parse(JSON.parse(pair.agreed)),
    awaitsList: pair.awaits_list === 1,
  };
}

const columns = 'person_id, entity, dynamics_id, agreed, awaits_list';

export function openHalfMade(db: Database): HalfMadePairs {
  const select = db.prepare(`SELECT ${columns} FROM half_made WHERE person_id = ?`);
  const insert = db.prepare(`INSERT OR REPLACE INTO half_made (${columns}) VALUES (?, ?, ?, ?, ?)`);
  const deleteAll = db.prepare('DELETE FROM half_made WHERE person_id = ? OR (entity = ? AND dynamics_id = ?)');
  const selectPage = db.prepare(`SELECT ${columns} FROM half_made WHERE person_id > ? ORDER BY person_id LIMIT ?`);
  return {
    ofPerson: (id) => {
      const found = select.get(Number(id));
      return found === undefined ? null : toPair(found);
    },
    keep: ({ personId, entity, dynamicsId: id, agreed, awaitsList }) =>
      void insert.run(Number(personId), entity, id, JSON.stringify(agreed), awaitsList ? 1 : 0),
    forget: (person, entity, id) => void deleteAll.run(person === null ? null : Number(person), entity, id),
    page: (after, limit) => selectPage.all(after, limit).map(toPair),
  };
}
