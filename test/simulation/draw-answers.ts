import { between } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Random } from '../../main/ports/random.ts';
import type { Configuration, Scenario, Step } from './scenario.ts';

/** For some seeds, somebody answers what the runs left open. Drawn from a generator of its own, as the rarities are. */
export function withAnswers(scenario: Scenario): Scenario {
  const random = seededRandom(scenario.seed * 15_485_863 + 17);
  if (random.fraction() < 0.6) return scenario;
  const asked = random.fraction() < 0.5 ? withNewcomers(scenario) : scenario;
  return { ...asked, steps: asked.steps.flatMap((step) => (step.kind === 'run' ? [step, ...answers(random)] : [step])) };
}

const answers = (random: Random): Step[] =>
  Array.from({ length: between(random, 0, 3) }, () => ({ kind: 'answer', serial: between(random, 0, 2 ** 30) }));

/** The settings let few in at first, and the others after the first run. */
function withNewcomers(scenario: Scenario): Scenario {
  const { settings, steps } = scenario;
  const few: Configuration = {
    ...settings,
    lead: { ...settings.lead, who: 'fromNorway' },
    contact: { ...settings.contact, who: 'fromNorway' },
  };
  const afterFirstRun = steps.findIndex(({ kind }) => kind === 'run') + 1;
  return {
    ...scenario,
    settings: few,
    asksAboutNewcomers: true,
    steps: [...steps.slice(0, afterFirstRun), { kind: 'settings', settings }, ...steps.slice(afterFirstRun)],
  };
}
