import { type Entity, entities } from '../../../shared/entity.ts';
import type { Settings } from '../../../shared/settings.ts';

/**
 * The automations whose people are created in Dynamics, with what they are created as. Those of an entity that is off, or that goes to
 * ActiveCampaign only, ask for nobody. One that is named for both makes contacts, as two pairs of tags do.
 */
export function chosenAutomations({ dataConfiguration }: Pick<Settings, 'dataConfiguration'>): ReadonlyMap<string, Entity> {
  return new Map(
    entities.flatMap((entity) => {
      const { enabled, direction, createFromAutomations } = dataConfiguration[entity];
      const counts = enabled && direction !== 'toActiveCampaign';
      return counts ? createFromAutomations.map((id): [string, Entity] => [id, entity]) : [];
    }),
  );
}
