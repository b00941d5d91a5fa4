import { pick } from '../../main/demo/data-set/pick.ts';
import type { Random } from '../../main/ports/random.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Direction } from '../../shared/settings.ts';
import { fieldPairs } from './mapped-fields.ts';
import type { Configuration, EntityChoice } from './scenario.ts';

const directions: readonly Direction[] = ['both', 'both', 'both', 'both', 'toActiveCampaign', 'toDynamics'];
const winners = ['dynamics', 'activeCampaign', 'newest', 'ask'] as const;
const people = ['all', 'all', 'all', 'fromNorway', 'notFromNorway', 'systemView', 'personalView'] as const;

/** What an admin has set under Data Configuration and Sync Settings. */
export function drawConfiguration(random: Random): Configuration {
  return {
    lead: drawEntity(random, 'lead'),
    contact: drawEntity(random, 'contact'),
    globalSync: random.fraction() < 0.85,
    syncOptOut: random.fraction() < 0.9,
    safety: drawSafety(random),
  };
}

function drawEntity(random: Random, entity: Entity): EntityChoice {
  const who = pick(random, people);
  return {
    enabled: random.fraction() < 0.92,
    direction: pick(random, directions),
    // Contacts have no personal view in the sample environment.
    who: entity === 'contact' && who === 'personalView' ? 'all' : who,
    joinsList: random.fraction() < 0.4,
    createsFrom: [],
    conflictWinner: pick(random, winners),
    mappings: fieldPairs.flatMap((pair, index) =>
      pair.entities.includes(entity) && random.fraction() < 0.6 ? [{ pair: index, direction: pick(random, directions) }] : [],
    ),
  };
}

export const noLimits = {
  maxUpdatesPercent: 100,
  maxBlankedPercent: 100,
  maxOptOutsPercent: 100,
  maxVanishedPercent: 100,
  minimumRecords: 1000,
};

function drawSafety(random: Random): Configuration['safety'] {
  if (random.fraction() < 0.8) return noLimits;
  return { maxUpdatesPercent: 50, maxBlankedPercent: 10, maxOptOutsPercent: 10, maxVanishedPercent: 10, minimumRecords: 3 };
}

/** One thing is changed, as an admin does. */
export function changedConfiguration(random: Random, before: Configuration): Configuration {
  const entity = pick(random, entities);
  const fresh = drawEntity(random, entity);
  const draw = random.fraction();
  if (draw < 0.3) return { ...before, globalSync: !before.globalSync };
  if (draw < 0.5) return { ...before, [entity]: { ...before[entity], mappings: fresh.mappings } };
  if (draw < 0.6) return { ...before, [entity]: { ...before[entity], direction: fresh.direction } };
  if (draw < 0.7) return { ...before, [entity]: { ...before[entity], who: fresh.who } };
  if (draw < 0.8) return { ...before, [entity]: { ...before[entity], conflictWinner: fresh.conflictWinner } };
  if (draw < 0.9) return { ...before, [entity]: { ...before[entity], enabled: !before[entity].enabled } };
  return { ...before, [entity]: fresh };
}
