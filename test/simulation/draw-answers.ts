import { between } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Scenario, Step } from './scenario.ts';

/** For some seeds, somebody answers what the runs left open. Drawn from a generator of its own, as the rarities are. */
export function withAnswers(scenario: Scenario): Scenario {
  const random = seededRandom(scenario.seed * 15_485_863 + 17);
  if (random.fraction() < 0.6) return scenario;
  const answers = (): Step[] =>
    Array.from({ length: between(random, 0, 3) }, () => ({ kind: 'answer', serial: between(random, 0, 2 ** 30) }));
  return { ...scenario, steps: scenario.steps.flatMap((step) => (step.kind === 'run' ? [step, ...answers()] : [step])) };
}
