import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { between, pick } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import type { Random } from '../../main/ports/random.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import type { Direction } from '../../shared/settings.ts';
import { tagKeys } from '../../shared/tags.ts';
import { drawColumns, drawEmail, drawPeople, drawRows, listNames, pairsOfTags } from './draw-people.ts';
import { fieldPairs, pairsOf } from './mapped-fields.ts';
import {
  type Configuration,
  type Deed,
  type EntityChoice,
  faultNames,
  type Kill,
  type RunStep,
  type Scenario,
  type Step,
} from './scenario.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Everything about one simulation follows from its seed. */
export function drawScenario(seed: number): Scenario {
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
    // Global Sync stays off in the end now and then; most of the time what waited is to be caught up. Nobody is there to release a plan.
    finalSettings: { ...last, globalSync: random.fraction() < 0.85 || last.globalSync, safety: noLimits },
    steps,
  };
}

interface DrawContext {
  readonly random: Random;
  readonly known: number;
  readonly serial: { last: number };
  /** Nothing goes wrong, and nobody works while the program does. */
  readonly calm: boolean;
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

type DrawDeed = (context: DrawContext) => Deed;
const anyone = (random: Random) => between(random, 0, 999);
const anyTable = (random: Random): Entity => pick(random, entities);
const nextSerial = (serial: { last: number }) => {
  serial.last += 1;
  return serial.last;
};

const editPerson: DrawDeed = ({ random, serial }) => {
  const pair = pick(random, fieldPairs);
  return {
    kind: 'editPerson',
    who: anyone(random),
    field: pair.activeCampaign,
    value: pair.enteredInActiveCampaign(random, nextSerial(serial)),
  };
};
const editRow: DrawDeed = ({ random, serial }) => {
  const table = anyTable(random);
  const pair = pick(random, pairsOf(table));
  return {
    kind: 'editRow',
    table,
    who: anyone(random),
    column: pair.dynamics,
    value: pair.enteredInDynamics(random, nextSerial(serial)),
  };
};
const onAList =
  (kind: 'subscribe' | 'unsubscribe' | 'unsubscribeThroughCampaign'): DrawDeed =>
  ({ random }) => ({ kind, who: anyone(random), list: pick(random, listNames) });

/** By how often each happens. */
const deeds: readonly (readonly [weight: number, draw: DrawDeed])[] = [
  [22, editPerson],
  [22, editRow],
  [4, ({ random, known }) => ({ kind: 'changePersonEmail', who: anyone(random), email: drawEmail(random, known) })],
  [
    6,
    ({ random, known, serial }) => ({
      kind: 'createPerson',
      email: drawEmail(random, known),
      firstName: `New ${nextSerial(serial)}`,
      tags: random.fraction() < 0.6 ? pick(random, pairsOfTags) : [],
    }),
  ],
  [2, ({ random }) => ({ kind: 'deletePerson', who: anyone(random) })],
  [6, ({ random }) => ({ kind: 'giveTags', who: anyone(random), tags: pick(random, pairsOfTags) })],
  [1, ({ random }) => ({ kind: 'giveTags', who: anyone(random), tags: [pick(random, tagKeys)] })],
  [3, ({ random }) => ({ kind: 'takeTag', who: anyone(random), tag: pick(random, tagKeys) })],
  [2, onAList('subscribe')],
  [3, onAList('unsubscribe')],
  [3, onAList('unsubscribeThroughCampaign')],
  [1, ({ random }) => ({ kind: 'bounce', who: anyone(random), bounce: pick(random, ['hard', 'soft'] as const) })],
  [4, ({ random }) => ({ kind: 'enterAutomation', who: anyone(random) })],
  [1, ({ random }) => ({ kind: pick(random, ['addNote', 'openEmail'] as const), who: anyone(random) })],
  [1, ({ random, known }) => ({ kind: 'exclude', email: drawEmail(random, known) })],
  [1, ({ random }) => ({ kind: 'endNextImport', fate: pick(random, ['failed', 'interrupted'] as const) })],
  [
    5,
    ({ random, known, serial }) => {
      const table = anyTable(random);
      return { kind: 'createRow', table, columns: drawColumns(random, table, known, nextSerial(serial)) };
    },
  ],
  [
    4,
    ({ random, known }) => ({
      kind: 'editRow',
      table: anyTable(random),
      who: anyone(random),
      column: 'emailaddress1',
      value: random.fraction() < 0.15 ? null : drawEmail(random, known),
    }),
  ],
  [2, ({ random }) => ({ kind: 'deleteRow', table: anyTable(random), who: anyone(random) })],
  [
    3,
    ({ random }) => ({
      kind: 'optOutRow',
      table: anyTable(random),
      who: anyone(random),
      column: pick(random, ['donotbulkemail', 'donotemail'] as const),
    }),
  ],
  [4, ({ random }) => ({ kind: 'qualify', who: anyone(random) })],
  [1, ({ random }) => ({ kind: 'disqualify', who: anyone(random) })],
  [3, ({ random }) => ({ kind: 'merge', table: anyTable(random), winner: anyone(random), loser: anyone(random) })],
  [1, ({ random }) => ({ kind: 'expireChangeTracking', table: anyTable(random) })],
  [1, () => ({ kind: 'expireTokens' })],
];
const allWeights = deeds.reduce((sum, [weight]) => sum + weight, 0);

function drawDeed(context: DrawContext): Deed {
  let left = context.random.fraction() * allWeights;
  for (const [weight, draw] of deeds) {
    left -= weight;
    if (left < 0) return draw(context);
  }
  return editPerson(context);
}

const directions: readonly Direction[] = ['both', 'both', 'both', 'both', 'toActiveCampaign', 'toDynamics'];
const winners = ['dynamics', 'activeCampaign', 'newest', 'ask'] as const;
const people = ['all', 'all', 'all', 'fromNorway', 'notFromNorway', 'systemView', 'personalView'] as const;

function drawConfiguration(random: Random): Configuration {
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
    conflictWinner: pick(random, winners),
    mappings: fieldPairs.flatMap((pair, index) =>
      pair.entities.includes(entity) && random.fraction() < 0.6 ? [{ pair: index, direction: pick(random, directions) }] : [],
    ),
  };
}

const noLimits = { maxUpdatesPercent: 100, maxBlankedPercent: 100, maxOptOutsPercent: 100, maxVanishedPercent: 100, minimumRecords: 1000 };

function drawSafety(random: Random): Configuration['safety'] {
  if (random.fraction() < 0.8) return noLimits;
  return { maxUpdatesPercent: 50, maxBlankedPercent: 10, maxOptOutsPercent: 10, maxVanishedPercent: 10, minimumRecords: 3 };
}

/** One thing is changed, as an admin does. */
function changedConfiguration(random: Random, before: Configuration): Configuration {
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

function drawActiveCampaign(random: Random): Partial<ActiveCampaignVariant> {
  return {
    filterGranularity: pick(random, ['second', 'day'] as const),
    filterZone: pick(random, ['utc', 'account'] as const),
    filterBound: pick(random, ['inclusive', 'exclusive'] as const),
    include: pick(random, ['supported', 'supported', 'supported', 'ignored'] as const),
    existingTag: pick(random, ['answered', 'refused'] as const),
    importMovesUdate: pick(random, ['everything', 'all-but-tags', 'nothing'] as const),
    automationTagsMoveUdate: random.fraction() < 0.5,
    tagRemovalMovesUdate: random.fraction() < 0.5,
    importEmptyValue: pick(random, ['clears', 'ignored'] as const),
    importSuccessIds: pick(random, ['created', 'created-and-updated'] as const),
    importSuccessKey: pick(random, ['success', 'Success'] as const),
    excludeAutomations: pick(random, ['top-level', 'per-contact'] as const),
    dateZone: pick(random, ['America/Chicago', 'Europe/Oslo']),
    storedEmail: pick(random, ['as-sent', 'lower-case'] as const),
    rateLimitHeaders: random.fraction() < 0.5,
  };
}

function drawDynamics(random: Random): Partial<DynamicsVariant> {
  const protection = { requests: between(random, 20, 60), executionMs: 1_200_000, concurrentRequests: 52, windowMs: 20_000 };
  return {
    contactChangeTracking: random.fraction() < 0.8,
    optimisticConcurrency: random.fraction() < 0.85,
    organizationLevelRead: random.fraction() < 0.9,
    leadTable: random.fraction() < 0.96,
    expiredTokenStatus: pick(random, [400, 410] as const),
    firstLoadMissesEdits: random.fraction() < 0.7,
    throttlesInsideBatch: random.fraction() < 0.5,
    pageSize: pick(random, [3, 7, 5_000]),
    enforcesBusinessRequired: random.fraction() < 0.2,
    stateOnCreate: random.fraction() < 0.8,
    qualifiedLeadsReadOnly: random.fraction() < 0.3,
    serviceProtection: random.fraction() < 0.3 ? protection : null,
  };
}
