import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../main/connections/dynamics/types.ts';
import { canonicalText, misfit, reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { fits } from '../../main/sync/mapping/converter.ts';
import type { ActiveCampaignFieldType } from '../../shared/field-pairs.ts';

const nameOfRow = (id: string) => (id === 'u1' ? '  Ingrid Berg ' : null);
const converter = (column: ColumnType, field: ActiveCampaignFieldType = 'text') => createConverter(field, column, 'UTC', nameOfRow);

/** Every code point, and often those that change under trimming, line ends and Unicode forms. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '\r\n', '\r', '\n', '\u00a0', '\ufeff', 'e', '\u0301', '\u212b', '\ud83d', '🙂'),
      fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point)),
    ),
  )
  .map((letters) => letters.join(''));

describe('text', () => {
  const name = converter({ kind: 'text', maxLength: 10 });
  const notes = converter({ kind: 'multilineText', maxLength: 2000 }, 'textarea');

  test.each([
    ['white space at the ends', '  Ada \t', 'Ada'],
    ['another Unicode form', 'Ame\u0301lie', 'Am\u00e9lie'],
    ['line ends of Windows and of old Macs', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['nothing but white space', ' \r\n ', null],
    ['nothing', '', null],
  ])('%s makes no difference', (_, raw, value) => {
    expect([name.readActiveCampaign(raw), name.readDynamics(raw)]).toEqual([reading(value), reading(value)]);
  });

  test('its case does', () => {
    expect(name.readActiveCampaign('ADA')).toEqual(reading('ADA'));
  });

  test('its length is counted in the units of Dynamics, where most emoji count twice', () => {
    expect([name.toDynamics('🙂🙂🙂🙂🙂'), name.toDynamics('🙂🙂🙂🙂🙂!')]).toEqual([
      fits('🙂🙂🙂🙂🙂'),
      misfit('value-too-long', 'it has 11 characters; Dynamics takes 10'),
    ]);
  });

  test('the one empty value is null in Dynamics and "" in ActiveCampaign', () => {
    expect([name.readDynamics(null), name.toDynamics(null), name.toActiveCampaign(null)]).toEqual([reading(null), fits(null), fits('')]);
  });

  test('its canonical form is one: taking it twice changes nothing', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const once = canonicalText(raw);
        expect(once === null ? null : canonicalText(once)).toBe(once);
      }),
    );
  });

  test('what is written to either side reads back as what was written', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const value = canonicalText(raw);
        const toDynamics = notes.toDynamics(value);
        const toActiveCampaign = notes.toActiveCampaign(value);
        if (!toDynamics.ok || !toActiveCampaign.ok) throw new Error('text of this length fits');
        expect([notes.readDynamics(toDynamics.raw), notes.readActiveCampaign(toActiveCampaign.raw)]).toEqual([
          reading(value),
          reading(value),
        ]);
      }),
    );
  });
});

describe('numbers', () => {
  const whole = converter({ kind: 'wholeNumber', min: -1000, max: 1_000_000 }, 'number');
  const big = converter({ kind: 'bigInteger', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  const money = converter({ kind: 'money', precision: 2, min: 0, max: 1_000_000_000 }, 'number');
  const decimal = converter({ kind: 'decimal', precision: 10, min: -100_000_000_000, max: 100_000_000_000 });

  test.each([
    ['12', 12],
    [' 12 ', 12],
    ['-7', -7],
    ['+7', 7],
    ['7.0', 7],
    ['007', 7],
    ['-0', 0],
    ['1 234', 1234],
    ['1\u00a0234\u00a0567', 1_234_567],
    ['1\u202f234', 1234],
    ['', null],
    ['  ', null],
  ])('ActiveCampaign\'s "%s" is a whole number', (raw, value) => {
    expect(whole.readActiveCampaign(raw)).toEqual(reading(value));
  });

  test.each(['1,234', '1.234,5', '1e3', '0x10', 'Infinity', 'NaN', '-', '.', '12 kr', 'twelve', '12 34', '22 33 44 55', '1 2345', '１２'])(
    '"%s" is held: it could be something else',
    (raw) => {
      expect(whole.readActiveCampaign(raw)).toEqual(
        misfit('value-not-convertible', `"${raw}" is not a number (digits, with a point before decimals)`),
      );
    },
  );

  test('a fraction does not fit a whole number', () => {
    expect(whole.readActiveCampaign('7.5')).toEqual(misfit('value-not-convertible', '"7.5" is not a whole number'));
  });

  test('a number that would silently become another one is held', () => {
    const message = (raw: string) => misfit('value-not-convertible', `"${raw}" is not a whole number up to 9007199254740991`);
    expect([
      big.readActiveCampaign('9007199254740991'),
      big.readActiveCampaign('9007199254740993'),
      big.readDynamics(9_007_199_254_740_992),
    ]).toEqual([reading(9_007_199_254_740_991), message('9007199254740993'), message('9007199254740992')]);
  });

  test('more decimals than the column keeps are no difference', () => {
    expect([
      money.readActiveCampaign('12.344'),
      money.readDynamics(12.3449),
      money.readActiveCampaign('.5'),
      money.readActiveCampaign('5.'),
    ]).toEqual([reading(12.34), reading(12.34), reading(0.5), reading(5)]);
  });

  test('what lies outside of the column does not fit', () => {
    expect([whole.toDynamics(1_000_001), whole.toDynamics(-1001), whole.toDynamics(1_000_000)]).toEqual([
      misfit('value-not-convertible', '1000001 is outside of -1000 to 1000000'),
      misfit('value-not-convertible', '-1001 is outside of -1000 to 1000000'),
      fits(1_000_000),
    ]);
  });

  test('a number never gets an exponent in ActiveCampaign', () => {
    expect([decimal.toActiveCampaign(1.5e-7), decimal.toActiveCampaign(1e21), decimal.toActiveCampaign(-2.5e-10)]).toEqual([
      fits('0.00000015'),
      fits('1000000000000000000000'),
      fits('-0.00000000025'),
    ]);
  });

  test.each([
    ['a whole number', whole, fc.integer({ min: -1000, max: 1_000_000 })],
    ['a big integer', big, fc.maxSafeInteger()],
    ['money', money, fc.integer({ min: 0, max: 100_000_000_000 }).map((cents) => cents / 100)],
    ['a decimal', decimal, fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((parts) => parts / 10_000_000_000)],
  ])('%s goes to either side and back unchanged', (_, side, numbers) => {
    fc.assert(
      fc.property(numbers, (number) => {
        const inDynamics = side.toDynamics(number);
        const inActiveCampaign = side.toActiveCampaign(number);
        if (!inDynamics.ok || !inActiveCampaign.ok) throw new Error(`${number} fits`);
        const found = [side.readDynamics(inDynamics.raw), side.readActiveCampaign(inActiveCampaign.raw)];
        expect(found.every((each) => each.ok && sameValue(each.value, number))).toBe(true);
      }),
    );
  });

  test('reading a number as text and reading it again is reading it once', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (number) => {
        const once = money.readDynamics(number);
        if (!once.ok) throw new Error('a number can be read');
        const written = money.toActiveCampaign(once.value);
        expect(written.ok && money.readActiveCampaign(written.raw)).toEqual(once);
      }),
    );
  });
});

describe('a lookup', () => {
  const owner = converter({ kind: 'lookup', targets: ['systemuser'] });

  test('shows the name of the row that it points to, and is empty where nobody knows it', () => {
    expect([owner.readDynamics('u1'), owner.readDynamics('u2'), owner.readDynamics(null)]).toEqual([
      reading('Ingrid Berg'),
      reading(null),
      reading(null),
    ]);
  });

  test('is never written', () => {
    expect(owner.toDynamics('Ingrid Berg')).toEqual(
      misfit('value-not-convertible', '"Ingrid Berg" is not something that can be written to a lookup'),
    );
  });
});
