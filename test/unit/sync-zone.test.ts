import { expect, test } from 'vitest';
import { createZone } from '../../main/sync/mapping/zone.ts';

const dayMs = 24 * 60 * 60 * 1000;
const days = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / dayMs }, (_, index) =>
    new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
  );

test.each([
  'Europe/Oslo',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Cairo',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Pago_Pago',
])('each day of %s begins on that day and not before, across all clock changes', (name) => {
  const zone = createZone(name);
  const wrong = days('2014-01-01', '2024-12-31').filter((date) => {
    const midnight = zone.midnightOf(date);
    return zone.dateAt(midnight) !== date || zone.dateAt(midnight - 2 * 60 * 60 * 1000) === date;
  });
  expect(wrong).toEqual([]);
});

test('a zone that does not exist is refused', () => {
  expect(() => createZone('Europe/Atlantis')).toThrow(RangeError);
});
