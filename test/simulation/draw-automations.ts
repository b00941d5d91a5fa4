import { between, pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { entities } from '../../shared/entity.ts';
import type { Configuration, Deed, Scenario, Step } from './scenario.ts';

/** The first is entered by whoever is put on the list that newcomers join, the second one gives the tags of a lead, the third does nothing. */
const automations = ['Welcome series', 'Hand over to sales', 'Webinar follow-up'] as const;

/** For some seeds, people who enter automations are created in Dynamics. Drawn from a generator of its own, as the rarities are. */
export function withAutomations(scenario: Scenario): Scenario {
  const random = seededRandom(scenario.seed * 49_979 + 23);
  if (random.fraction() < 0.75) return scenario;
  const entity = pick(random, entities);
  const createsFrom = automations.filter(() => random.fraction() < 0.5);
  const chosen = (settings: Configuration): Configuration => ({ ...settings, [entity]: { ...settings[entity], createsFrom } });
  const entry = (): Deed => ({ kind: 'enterAutomation', who: between(random, 0, 999), automation: pick(random, automations) });
  const entries = (most: number): Step[] => Array.from({ length: between(random, 0, most) }, () => ({ kind: 'deed', deed: entry() }));
  const steps = scenario.steps.flatMap((step): Step[] => {
    if (step.kind === 'settings') return [{ ...step, settings: chosen(step.settings) }];
    if (step.kind !== 'run') return [step];
    const meanwhile = step.deeds.map(({ at, deed }) => ({ at, deed: random.fraction() < 0.3 ? entry() : deed }));
    return [...entries(2), { ...step, deeds: meanwhile }];
  });
  return { ...scenario, settings: chosen(scenario.settings), finalSettings: chosen(scenario.finalSettings), steps };
}
