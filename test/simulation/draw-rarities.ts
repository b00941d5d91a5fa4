import { between, pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { tagKeys } from '../../shared/tags.ts';
import { type Deed, faultNames, type RunStep, type Scenario, type Step } from './scenario.ts';

/** The program asks again for what changed in the last five minutes before it read. */
const latestMs = 240_000;
/** Where a long run has come to, beyond those that every run reaches. */
const lateAwait = { from: 60, to: 500 } as const;
const lateRequest = { from: 30, to: 200 } as const;

/**
 * What has come to the simulation after its first seeds: stamps that are older than what they stand on, tags that somebody deletes, and faults and kills late in long
 * runs. Drawn from a generator of its own, and for some seeds alone, so that the others go on telling what they told.
 */
export function withRarities(scenario: Scenario): Scenario {
  const random = seededRandom(scenario.seed * 7_919 + 5);
  if (random.fraction() < 0.7) return scenario;
  const late = (deed: Deed): Deed => (random.fraction() < 0.3 ? { kind: 'late', ms: between(random, 1_000, latestMs), deed } : deed);
  const tagDeletion = () =>
    random.fraction() < 0.06
      ? [{ at: between(random, 1, lateAwait.from), deed: { kind: 'deleteTag', tag: pick(random, tagKeys) } as const }]
      : [];
  const inRun = (step: RunStep): RunStep => {
    const faults = Array.from({ length: random.fraction() < 0.4 ? between(random, 1, 4) : 0 }, () => ({
      at: between(random, lateRequest.from, lateRequest.to),
      fault: pick(random, faultNames),
    }));
    const kill = random.fraction() < 0.3 ? ({ kind: 'await', number: between(random, lateAwait.from, lateAwait.to) } as const) : null;
    return {
      ...step,
      deeds: [...step.deeds.map(({ at, deed }) => ({ at, deed: late(deed) })), ...tagDeletion()].sort((one, other) => one.at - other.at),
      faults: [...step.faults, ...faults],
      killedAt: step.killedAt ?? kill,
    };
  };
  const changed = (step: Step): Step =>
    step.kind === 'deed' ? { ...step, deed: late(step.deed) } : step.kind === 'run' ? inRun(step) : step;
  return { ...scenario, steps: scenario.steps.map(changed) };
}
