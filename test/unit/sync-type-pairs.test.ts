import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType, ColumnValue } from '../../main/connections/dynamics/types.ts';
import { sameValue } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import {
  type ActiveCampaignFieldType,
  activeCampaignFieldTypes,
  dynamicsColumnKinds,
  mappingDirections,
} from '../../shared/field-pairs.ts';

/** Every pair of types that may be mapped, and that nothing changes on the way. */

const offered: Readonly<Record<ActiveCampaignFieldType, readonly string[]>> = {
  text: ['text', 'wholeNumber', 'bigInteger', 'decimal', 'float', 'money', 'twoOptions', 'lookup (read only)'],
  hidden: ['text', 'wholeNumber', 'bigInteger', 'decimal', 'float', 'money', 'twoOptions', 'lookup (read only)'],
  textarea: ['multilineText'],
  date: ['dateTime'],
  datetime: ['dateTime'],
  dropdown: ['choice'],
  radio: ['choice'],
  listbox: ['choices'],
  checkbox: ['choices'],
  number: ['wholeNumber', 'decimal', 'float', 'money'],
};

test.each(activeCampaignFieldTypes)(
  'a %s field may be mapped to what ActiveCampaign’s own integration offers, and to nothing else',
  (field) => {
    const found = dynamicsColumnKinds.flatMap((kind) => {
      const directions = mappingDirections(field, kind, true);
      if (directions.length === 0) return [];
      return [directions.includes('toDynamics') ? kind : `${kind} (read only)`];
    });
    expect(found).toEqual(offered[field]);
  },
);

const options = [
  { value: 1, label: 'Hot' },
  { value: 2, label: 'Warm & dry' },
  { value: 3, label: 'Cold' },
];
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const instant = day.map((date) => `${date.toISOString().slice(0, 19)}Z`);
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

interface Sample {
  readonly column: ColumnType;
  /** As Dynamics sends them. */
  readonly values: fc.Arbitrary<ColumnValue>;
}

const dateColumn = (behavior: 'userLocal' | 'dateOnly' | 'timeZoneIndependent', format: 'dateOnly' | 'dateAndTime'): Sample => ({
  column: { kind: 'dateTime', behavior, format },
  values: behavior === 'dateOnly' ? day.map((date) => date.toISOString().slice(0, 10)) : instant,
});

const samples: readonly Sample[] = [
  { column: { kind: 'text', maxLength: 100 }, values: text },
  { column: { kind: 'multilineText', maxLength: 100 }, values: text },
  { column: { kind: 'wholeNumber', min: -1000, max: 1000 }, values: fc.integer({ min: -1000, max: 1000 }) },
  { column: { kind: 'bigInteger', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }, values: fc.maxSafeInteger() },
  ...(['decimal', 'float', 'money'] as const).map(
    (kind): Sample => ({
      column: { kind, precision: 2, min: -1_000_000, max: 1_000_000 },
      values: fc.integer({ min: -100_000_000, max: 100_000_000 }).map((cents) => cents / 100),
    }),
  ),
  { column: { kind: 'twoOptions', trueLabel: 'Wants it', falseLabel: 'Does not' }, values: fc.boolean() },
  dateColumn('userLocal', 'dateOnly'),
  dateColumn('userLocal', 'dateAndTime'),
  dateColumn('dateOnly', 'dateOnly'),
  dateColumn('timeZoneIndependent', 'dateOnly'),
  dateColumn('timeZoneIndependent', 'dateAndTime'),
  { column: { kind: 'choice', options }, values: fc.constantFrom(1, 2, 3) },
  { column: { kind: 'choices', options }, values: fc.subarray([1, 2, 3], { minLength: 1 }).map((chosen) => chosen.join(',')) },
];

const pairs = activeCampaignFieldTypes.flatMap((field) =>
  samples.flatMap((sample) => {
    if (!mappingDirections(field, sample.column.kind, true).includes('both')) return [];
    const { column } = sample;
    const name = column.kind === 'dateTime' ? `dateTime (${column.behavior}, ${column.format})` : column.kind;
    return [{ field, name, ...sample }];
  }),
);
const zones = fc.constantFrom('UTC', 'Europe/Oslo', 'America/New_York', 'Pacific/Apia');
const pairing = { offered: options.map(({ label }) => label), corrections: [] };

describe.each(pairs)('$field with $name', ({ field, column, values }) => {
  test('takes a value of Dynamics over, and it comes back as no change', () => {
    fc.assert(
      fc.property(values, zones, (raw, zone) => {
        const converter = createConverter(field, column, zone, () => null, pairing);
        const there = converter.readDynamics(raw);
        const written = there.ok ? converter.toActiveCampaign(there.value) : there;
        if (!there.ok || !written.ok) throw new Error(`${String(raw)} is not taken over`);
        const here = converter.readActiveCampaign(written.raw);
        expect(here.ok && sameValue(here.value, there.value)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('takes any text of ActiveCampaign over as what it means, or says why not', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.constantFrom('12', '1.5', 'yes', 'Hot', '||Hot||Cold||', '2024-02-29', '2024-02-29T01:30:00+02:00')),
        (raw) => {
          const converter = createConverter(field, column, 'Europe/Oslo', () => null, pairing);
          const here = converter.readActiveCampaign(raw);
          const written = here.ok ? converter.toDynamics(here.value) : here;
          if (here.ok && written.ok) {
            const there = converter.readDynamics(written.raw);
            expect(there.ok && sameValue(there.value, here.value)).toBe(true);
          } else {
            const misfit = here.ok ? written : here;
            expect(misfit.ok ? '' : misfit.explanation).not.toBe('');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is emptied on both sides by nothing', () => {
    const converter = createConverter(field, column, 'UTC', () => null, pairing);
    expect([
      converter.toDynamics(null),
      converter.toActiveCampaign(null),
      converter.readDynamics(null),
      converter.readActiveCampaign(''),
    ]).toEqual([
      { ok: true, raw: null },
      { ok: true, raw: '' },
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
  });
});
