import type { ColumnType, ColumnValue } from '../../main/connections/dynamics/types.ts';
import { interests, leadSources } from '../../main/demo/data-set/choices.ts';
import { between, pick } from '../../main/demo/data-set/pick.ts';
import type { Random } from '../../main/ports/random.ts';
import type { Entity } from '../../shared/entity.ts';
import type { ActiveCampaignFieldType } from '../../shared/field-pairs.ts';

/** A pair of fields that a simulated admin may map, and what people on both sides enter there. */
export interface FieldPair {
  readonly entities: readonly Entity[];
  readonly dynamics: string;
  readonly column: ColumnType;
  /** `firstName`, `lastName`, `phone`, or the title of a custom field. */
  readonly activeCampaign: string;
  readonly field: ActiveCampaignFieldType;
  /** @param serial makes values different from each other where that is wanted. */
  readonly enteredInDynamics: (random: Random, serial: number) => ColumnValue;
  readonly enteredInActiveCampaign: (random: Random, serial: number) => string;
}

const both = ['lead', 'contact'] as const;
const names = ['Ada', 'Søren', "O'Neill", 'Zoë', 'Łukasz', 'Jean-Luc'];
/** Of a few values, so that both sides enter the same now and then, or of values that nobody else enters. */
const word = (random: Random, serial: number) => (random.fraction() < 0.3 ? pick(random, names) : `${pick(random, names)} ${serial}`);
const country = (random: Random) => pick(random, ['Norway', 'norway', 'Germany', 'Italy']);
const tooLong = (text: string) => text.padEnd(60, ' and so on');
const orEmpty = <Value>(random: Random, value: Value): Value | null => (random.fraction() < 0.12 ? null : value);
const someOf = <Item>(random: Random, items: readonly Item[]): Item[] => items.filter(() => random.fraction() < 0.4);
const date = (random: Random) => `${between(random, 1950, 2005)}-0${between(random, 1, 9)}-1${between(random, 0, 9)}`;

function text(dynamics: string, activeCampaign: string, maxLength: number, entities: readonly Entity[] = both): FieldPair {
  return {
    entities,
    dynamics,
    column: { kind: 'text', maxLength },
    activeCampaign,
    field: 'text',
    enteredInDynamics: (random, serial) => orEmpty(random, word(random, serial)),
    enteredInActiveCampaign: (random, serial) => {
      const entered = word(random, serial);
      const draw = random.fraction();
      if (draw < 0.04) return tooLong(entered);
      return draw < 0.14 ? '' : draw < 0.2 ? ` ${entered} ` : entered;
    },
  };
}

/** E-mail is mapped always, and is not among these. */
export const fieldPairs: readonly FieldPair[] = [
  text('firstname', 'firstName', 50),
  text('lastname', 'lastName', 50),
  text('telephone1', 'phone', 50),
  text('jobtitle', 'Job title', 100),
  text('companyname', 'Company', 100, ['lead']),
  {
    ...text('address1_country', 'Country', 80),
    enteredInDynamics: (random) => orEmpty(random, country(random)),
    enteredInActiveCampaign: (random) => orEmpty(random, country(random)) ?? '',
  },
  {
    entities: ['lead'],
    dynamics: 'leadsourcecode',
    column: { kind: 'choice', options: leadSources },
    activeCampaign: 'Lead source',
    field: 'dropdown',
    enteredInDynamics: (random) => orEmpty(random, pick(random, leadSources).value),
    enteredInActiveCampaign: (random) => pick(random, [...leadSources.map((option) => option.label), 'Carrier pigeon', '']),
  },
  {
    entities: both,
    dynamics: 'new_interests',
    column: { kind: 'choices', options: interests },
    activeCampaign: 'Interests',
    field: 'checkbox',
    enteredInDynamics: (random) => {
      const chosen = someOf(random, interests).map((option) => option.value);
      return chosen.length === 0 ? null : chosen.join(',');
    },
    enteredInActiveCampaign: (random) => {
      const chosen = someOf(random, interests).map((option) => option.label);
      return chosen.length === 0 ? '' : `||${chosen.join('||')}||`;
    },
  },
  {
    entities: ['lead'],
    dynamics: 'numberofemployees',
    column: { kind: 'wholeNumber', min: 0, max: 1_000_000 },
    activeCampaign: 'Employees',
    field: 'number',
    enteredInDynamics: (random, serial) => orEmpty(random, serial),
    enteredInActiveCampaign: (random, serial) => pick(random, [String(serial), `${serial}.0`, `1 ${serial}`, 'many', '-5', '']),
  },
  {
    entities: ['contact'],
    dynamics: 'birthdate',
    column: { kind: 'dateTime', behavior: 'dateOnly', format: 'dateOnly' },
    activeCampaign: 'Birthday',
    field: 'date',
    enteredInDynamics: (random) => orEmpty(random, date(random)),
    enteredInActiveCampaign: (random) => pick(random, [date(random), date(random), '', '1600-01-01', 'soon']),
  },
  {
    entities: both,
    dynamics: 'lastusedincampaign',
    column: { kind: 'dateTime', behavior: 'userLocal', format: 'dateOnly' },
    activeCampaign: 'Last event',
    field: 'datetime',
    enteredInDynamics: (random) => orEmpty(random, `${date(random)}T0${between(random, 0, 9)}:00:00Z`),
    enteredInActiveCampaign: (random) => orEmpty(random, `${date(random)}T0${between(random, 0, 9)}:30:00+02:00`) ?? '',
  },
  {
    entities: both,
    dynamics: 'new_newsletter',
    column: { kind: 'twoOptions', trueLabel: 'Yes', falseLabel: 'No' },
    activeCampaign: 'Customer number',
    field: 'hidden',
    enteredInDynamics: (random) => random.fraction() < 0.5,
    enteredInActiveCampaign: (random) => pick(random, ['Yes', 'no', 'true', '', 'perhaps']),
  },
  {
    entities: both,
    dynamics: 'description',
    column: { kind: 'multilineText', maxLength: 2000 },
    activeCampaign: 'Notes',
    field: 'textarea',
    enteredInDynamics: (random, serial) => orEmpty(random, `First line ${serial}\r\nsecond line`),
    enteredInActiveCampaign: (random, serial) => orEmpty(random, `Note ${serial}\nwith "quotes" & <signs>`) ?? '',
  },
];

export const pairsOf = (entity: Entity): readonly FieldPair[] => fieldPairs.filter((pair) => pair.entities.includes(entity));
