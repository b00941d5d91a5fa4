import { between, pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { Random } from '../../main/ports/random.ts';
import { withAnswers } from './draw-answers.ts';
import { withAutomations } from './draw-automations.ts';
import { type DrawContext, drawDeed, nextSerial } from './draw-deeds.ts';
import { withPairedOptions } from './draw-paired-options.ts';
import { drawPeople, drawRows } from './draw-people.ts';
import { withRarities } from './draw-rarities.ts';
import { changedConfiguration, drawConfiguration, noLimits } from './draw-settings.ts';
import { drawActiveCampaign, drawDynamics } from './draw-variants.ts';
import { type Configuration, faultNames, type Kill, type RunStep, type Scenario, type Step } from './scenario.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Everything about one simulation follows from its seed. */
export const drawScenario = (seed: number): Scenario => withAutomations(withAnswers(withPairedOptions(withRarities(drawOrdinary(seed)))));

function drawOrdinary(seed: number): Scenario {
  const random = seededRandom(seed);
  const startedAt = '2026-03-27T06:30:00Z';
  const start = Date.parse(startedAt);
  const size = between(random, 2, random.fraction() < 0.2 ? 40 : 14);
  const known = between(random, 2, 16);
  const calm = random.fraction() < 0.15;
  const context: DrawContext = { random, known, serial: { last: 0 }, calm };
  const settings = drawConfiguration(random);
  const steps = drawSteps(context, settings);
  const last = steps.findLast((step) => step.kind === 'settings')?.settings ?? settings;
  return {
    seed,
    startedAt,
    timeZone: pick(random, ['UTC', 'Europe/Oslo', 'America/New_York', 'Australia/Sydney']),
    leads: drawRows(random, 'lead', between(random, 0, size), known, start),
    contacts: drawRows(random, 'contact', between(random, 0, size), known, start),
    people: drawPeople(random, between(random, 0, size), known, start),
    activeCampaign: {
      variant: drawActiveCampaign(random),
      importDelayMs: pick(random, [0, 3_000, 3_000, 90_000, 40 * minuteMs]),
      limits: random.fraction() < 0.8,
    },
    dynamics: { variant: drawDynamics(random) },
    settings,
    asksAboutNewcomers: false,
    // Global Sync stays off in the end now and then; most of the time what waited is to be caught up. Nobody is there to release a plan.
    finalSettings: { ...last, globalSync: random.fraction() < 0.85 || last.globalSync, safety: noLimits },
    steps,
  };
}

function drawSteps(context: DrawContext, settings: Configuration): Step[] {
  const { random, calm } = context;
  const steps: Step[] = [];
  const runs = between(random, 1, 6);
  let current = settings;
  for (let run = 0; run < runs; run += 1) {
    for (let deeds = between(random, 0, 7); deeds > 0; deeds -= 1) steps.push({ kind: 'deed', deed: drawDeed(context) });
    if (random.fraction() < 0.2) {
      current = changedConfiguration(random, current);
      steps.push({ kind: 'settings', settings: current });
    }
    if (!calm && random.fraction() < 0.06) steps.push({ kind: 'clockJump', ms: between(random, -72, 72) * hourMs });
    if (!calm && random.fraction() < 0.03) steps.push({ kind: 'loseDatabase' });
    if (random.fraction() < 0.3) steps.push({ kind: 'answerGuard', answer: pick(random, ['release', 'drop'] as const) });
    steps.push(drawRun(context));
    if (!calm && random.fraction() < 0.7) steps.push({ kind: 'editWhatWaits', serial: nextSerial(context.serial) });
    steps.push({ kind: 'wait', ms: pick(random, [5_000, 10 * minuteMs, hourMs, 6 * hourMs, 26 * hourMs]) });
  }
  return steps;
}

/** Awaits of a usual run of these sizes, and a few more. */
const awaits = 70;

function drawRun(context: DrawContext): RunStep {
  const { random, calm } = context;
  const at = () => between(random, 1, random.fraction() < 0.5 ? 30 : awaits);
  const several = (share: number, most: number) => (!calm && random.fraction() < share ? between(random, 1, most) : 0);
  const salt = between(random, 0, 2 ** 30);
  const deeds = Array.from({ length: several(0.5, 4) }, () => ({ at: at(), deed: drawDeed(context) }));
  const faults = Array.from({ length: several(0.4, 6) }, () => ({ at: between(random, 1, 35), fault: pick(random, faultNames) }));
  const interferences = Array.from({ length: several(0.3, 2) }, () => ({ at: between(random, 1, 6), serial: nextSerial(context.serial) }));
  const end = random.fraction();
  return {
    kind: 'run',
    salt,
    deeds: deeds.sort((one, other) => one.at - other.at),
    interferences,
    faults,
    killedAt: !calm && end < 0.3 ? drawKill(random) : null,
    stoppedAt: !calm && end > 0.95 ? at() : null,
  };
}

function drawKill(random: Random): Kill {
  const kind = pick(random, ['await', 'beforeWrite', 'afterWrite'] as const);
  return kind === 'await' ? { kind, number: between(random, 1, awaits) } : { kind, number: between(random, 1, 8) };
}
