import { between, pick } from '../../main/demo/data-set/pick.ts';
import type { Random } from '../../main/ports/random.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import { tagKeys } from '../../shared/tags.ts';
import { drawColumns, drawEmail, listNames, pairsOfTags } from './draw-people.ts';
import { fieldPairs, pairsOf } from './mapped-fields.ts';
import type { Deed } from './scenario.ts';

/** What is drawn from, and what has been drawn so far. */
export interface DrawContext {
  readonly random: Random;
  readonly known: number;
  readonly serial: { last: number };
  /** Nothing goes wrong, and nobody works while the program does. */
  readonly calm: boolean;
}

type DrawDeed = (context: DrawContext) => Deed;
const anyone = (random: Random) => between(random, 0, 999);
const anyTable = (random: Random): Entity => pick(random, entities);
/** Keeps values that are entered at different times apart. */
export const nextSerial = (serial: { last: number }) => {
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
  [4, ({ random }) => ({ kind: 'enterAutomation', who: anyone(random), automation: 'Hand over to sales' })],
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

/** Something that somebody does, the frequent more often. */
export function drawDeed(context: DrawContext): Deed {
  let left = context.random.fraction() * allWeights;
  for (const [weight, draw] of deeds) {
    left -= weight;
    if (left < 0) return draw(context);
  }
  return editPerson(context);
}
