import type { ColumnType } from '../../main/connections/dynamics/types.ts';
import { between, pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Random } from '../../main/ports/random.ts';
import { entities } from '../../shared/entity.ts';
import type { OptionCorrection } from '../../shared/option-pairs.ts';
import { pairsOf } from './mapped-fields.ts';
import type { Scenario, Step } from './scenario.ts';

/** For some seeds, options are paired by hand somewhere between the steps. Drawn from a generator of its own, as the rarities are. */
export function withPairedOptions(scenario: Scenario): Scenario {
  const random = seededRandom(scenario.seed * 104_729 + 11);
  if (random.fraction() < 0.7) return scenario;
  const steps = [...scenario.steps];
  for (const entity of entities) {
    for (const { dynamics, column } of pairsOf(entity)) {
      const options = drawCorrections(random, column);
      if (options.length === 0 || random.fraction() < 0.3) continue;
      const step: Step = { kind: 'pairOptions', entity, column: dynamics, options };
      steps.splice(between(random, 0, steps.length), 0, step);
    }
  }
  return { ...scenario, steps };
}

/** Two options may well get the same text. */
function drawCorrections(random: Random, column: ColumnType): readonly OptionCorrection[] {
  switch (column.kind) {
    case 'choice':
    case 'choices': {
      const labels = column.options.map(({ label }) => label);
      const share = pick(random, [0.15, 0.4]);
      return column.options.flatMap(({ value }) =>
        random.fraction() < share ? [{ dynamics: value, activeCampaign: pick(random, labels) }] : [],
      );
    }
    case 'twoOptions':
      return [{ dynamics: random.fraction() < 0.5, activeCampaign: pick(random, ['Yes', 'No', 'perhaps', 'true']) }];
    default:
      return [];
  }
}
