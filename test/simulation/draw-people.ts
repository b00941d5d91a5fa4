import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { between, pick } from '../../main/demo/data-set/pick.ts';
import type { SamplePerson, SampleRow } from '../../main/demo/data-set/types.ts';
import type { Random } from '../../main/ports/random.ts';
import type { Entity } from '../../shared/entity.ts';
import { activeCampaignId, dynamicsId } from '../../shared/ids.ts';
import { type TagKey, tagNames } from '../../shared/tags.ts';
import { pairsOf } from './mapped-fields.ts';

/** Few names, so that the same person is met on both sides, and twice on one. */
const localParts = ['ada', 'bo', 'cleo', 'dag', 'eve', 'finn', "o'neill", 'gro', 'hal', 'ida', 'jon', 'kim', 'lea', 'max', 'nils', 'ola'];

/** @param known how many different names may come. */
export function drawEmail(random: Random, known: number): string {
  const name = localParts[between(random, 0, Math.min(known, localParts.length) - 1)] ?? 'ada';
  const draw = random.fraction();
  const spelled = draw < 0.1 ? `${name}+news` : draw < 0.25 ? name.toUpperCase() : name;
  return `${spelled}@example.com`;
}

const rowEmail = (random: Random, known: number): string | null => {
  const draw = random.fraction();
  return draw < 0.08 ? null : draw < 0.1 ? 'no address' : drawEmail(random, known);
};

/** The pairs that make somebody a lead or a contact. */
export const pairsOfTags: readonly (readonly TagKey[])[] = [
  ['lead', 'pulled'],
  ['contact', 'pulled'],
  ['lead', 'pushed'],
  ['contact', 'pushed'],
];

export const listNames = ['Newsletter', 'Customers'] as const;

/** @param serial keeps the values of different rows apart. */
export function drawColumns(random: Random, table: Entity, known: number, serial: number): Record<string, ColumnValue> {
  const columns: Record<string, ColumnValue> = { emailaddress1: rowEmail(random, known) };
  for (const pair of pairsOf(table)) if (random.fraction() < 0.5) columns[pair.dynamics] = pair.enteredInDynamics(random, serial);
  columns.lastname ??= `Row ${serial}`;
  if (table === 'lead' && random.fraction() < 0.4) columns.leadqualitycode = 1;
  if (random.fraction() < 0.06) columns.donotbulkemail = true;
  if (random.fraction() < 0.03) columns.donotemail = true;
  return columns;
}

/** The serial numbers keep values that are entered by different people apart. */
export function drawRows(random: Random, table: Entity, count: number, known: number, startedAt: number): SampleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const id = dynamicsId(random.uuid());
    const createdon = moment(startedAt - between(random, 1, 900) * 86_400_000);
    const state = random.fraction() < 0.1 ? (table === 'lead' ? { statecode: 2, statuscode: 4 } : { statecode: 1, statuscode: 2 }) : {};
    return {
      id,
      columns: {
        merged: false,
        _masterid_value: null,
        createdon,
        modifiedon: createdon,
        ...drawColumns(random, table, known, (table === 'lead' ? 1000 : 2000) + index),
        ...state,
      },
    };
  });
}

const moment = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

export function drawPeople(random: Random, count: number, known: number, startedAt: number): SamplePerson[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index): SamplePerson[] => {
    const email = random.fraction() < 0.05 ? '' : drawEmail(random, known);
    if (email !== '' && taken.has(email.toLowerCase())) return [];
    taken.add(email.toLowerCase());
    const entered = (name: string) => {
      const pair = [...pairsOf('lead'), ...pairsOf('contact')].find((candidate) => candidate.activeCampaign === name);
      return pair === undefined || random.fraction() < 0.4 ? '' : pair.enteredInActiveCampaign(random, 3000 + index);
    };
    const titles = [...new Set([...pairsOf('lead'), ...pairsOf('contact')].map((pair) => pair.activeCampaign))];
    const own = ['firstName', 'lastName', 'phone'];
    return [
      {
        id: activeCampaignId(index + 1),
        email,
        firstName: entered('firstName'),
        lastName: entered('lastName'),
        phone: entered('phone'),
        fields: Object.fromEntries(
          titles
            .filter((title) => !own.includes(title))
            .flatMap((title) => {
              const value = entered(title);
              return value === '' ? [] : [[title, value]];
            }),
        ),
        tags: random.fraction() < 0.35 ? pick(random, pairsOfTags).map((key) => tagNames[key]) : [],
        lists: listNames.flatMap((name) =>
          random.fraction() < 0.4
            ? [{ name, status: random.fraction() < 0.15 ? (2 as const) : (1 as const), throughCampaign: random.fraction() < 0.3 }]
            : [],
        ),
        ...(random.fraction() < 0.04 && { bounced: pick(random, ['hard', 'soft'] as const) }),
        createdAt: moment(startedAt - between(random, 1, 900) * 86_400_000),
      },
    ];
  }).flat();
}
