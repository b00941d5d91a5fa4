import type { PromiseName } from './broken-promise.ts';
import { type Outcome, play } from './play.ts';
import type { Configuration, RunStep, Scenario } from './scenario.ts';

/** Plays that are spent on one scenario at most. */
const mostPlays = 400;

export interface Shortened {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** Leaves out of a scenario, greedily, whatever is not needed for the same promise to be broken. */
export async function shorten(scenario: Scenario, outcome: Outcome): Promise<Shortened> {
  const promise = outcome.broken?.promise;
  if (promise === undefined) return { scenario, outcome };
  let shortest: Shortened = { scenario, outcome };
  let plays = 0;
  for (let before = -1; before !== plays && plays < mostPlays; ) {
    before = plays;
    let found = false;
    for (const part of parts) {
      // From the end: what comes first is more often the cause.
      for (let index = part.count(shortest.scenario) - 1; index >= 0 && plays < mostPlays; index -= 1) {
        if (index >= part.count(shortest.scenario)) continue;
        plays += 1;
        const shorter = await stillBroken(part.without(shortest.scenario, index), promise);
        if (shorter === null) continue;
        shortest = shorter;
        found = true;
      }
    }
    if (!found) break;
  }
  return shortest;
}

async function stillBroken(scenario: Scenario, promise: PromiseName): Promise<Shortened | null> {
  const outcome = await play(scenario);
  return outcome.broken?.promise === promise ? { scenario, outcome } : null;
}

/** Something that a scenario has several of, each of which can be left out. */
interface Part {
  count(scenario: Scenario): number;
  without(scenario: Scenario, index: number): Scenario;
}

const leftOut = <Item>(items: readonly Item[], index: number): readonly Item[] => items.filter((_, each) => each !== index);

const ofScenario = (name: 'steps' | 'people' | 'leads' | 'contacts'): Part => ({
  count: (scenario) => scenario[name].length,
  without: (scenario, index) => ({ ...scenario, [name]: leftOut<unknown>(scenario[name], index) }),
});

/** What happens in the runs, one after the other. */
const inRuns: Part = {
  count: (scenario) => scenario.steps.reduce((sum, step) => sum + (step.kind === 'run' ? happenings(step).length : 0), 0),
  without: (scenario, index) => {
    let passed = 0;
    const steps = scenario.steps.map((step) => {
      if (step.kind !== 'run') return step;
      const own = happenings(step);
      const at = index - passed;
      passed += own.length;
      return own[at]?.() ?? step;
    });
    return { ...scenario, steps };
  },
};

const happenings = (run: RunStep): readonly (() => RunStep)[] => [
  ...run.deeds.map((_, index) => () => ({ ...run, deeds: leftOut(run.deeds, index) })),
  ...run.interferences.map((_, index) => () => ({ ...run, interferences: leftOut(run.interferences, index) })),
  ...run.faults.map((_, index) => () => ({ ...run, faults: leftOut(run.faults, index) })),
  ...(run.killedAt === null ? [] : [() => ({ ...run, killedAt: null })]),
  ...(run.stoppedAt === null ? [] : [() => ({ ...run, stoppedAt: null })]),
];

/** Where a service differs from the ordinary. */
const peculiarities = (service: 'activeCampaign' | 'dynamics'): Part => ({
  count: (scenario) => Object.keys(scenario[service].variant).length,
  without: (scenario, index) => ({
    ...scenario,
    [service]: { ...scenario[service], variant: Object.fromEntries(leftOut(Object.entries(scenario[service].variant), index)) },
  }),
});

const mappings = (settings: 'settings' | 'finalSettings', entity: 'lead' | 'contact'): Part => ({
  count: (scenario) => scenario[settings][entity].mappings.length,
  without: (scenario, index) => {
    const before: Configuration = scenario[settings];
    const choice = before[entity];
    return { ...scenario, [settings]: { ...before, [entity]: { ...choice, mappings: leftOut(choice.mappings, index) } } };
  },
});

const parts: readonly Part[] = [
  ofScenario('steps'),
  inRuns,
  ofScenario('people'),
  ofScenario('contacts'),
  ofScenario('leads'),
  peculiarities('activeCampaign'),
  peculiarities('dynamics'),
  mappings('settings', 'lead'),
  mappings('settings', 'contact'),
  mappings('finalSettings', 'lead'),
  mappings('finalSettings', 'contact'),
];
