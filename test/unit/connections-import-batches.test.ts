import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importBatches } from '../../main/connections/activecampaign/import.ts';
import type { ImportRow } from '../../main/connections/activecampaign/types.ts';

const rows: fc.Arbitrary<ImportRow[]> = fc
  .array(fc.record({ name: fc.string({ unit: 'grapheme', maxLength: 20 }), length: fc.constantFrom(0, 10, 700, 900, 9_000) }), {
    maxLength: 600,
    size: 'max',
  })
  .map((people) =>
    people.map(({ name, length }, number) => ({
      email: `${number}@example.com`,
      firstName: name,
      fields: { '7': 'ø'.repeat(length) },
      tags: ['D365: Lead'],
      subscribeTo: ['3'],
      unsubscribeFrom: [],
    })),
  );

const bytesOf = (batch: readonly ImportRow[]): number =>
  Buffer.byteLength(
    JSON.stringify({
      contacts: batch.map(({ email, firstName, fields = {}, tags }) => ({
        email,
        first_name: firstName,
        fields: Object.entries(fields).map(([id, value]) => ({ id: Number(id), value })),
        tags,
        subscribe: [{ listid: 3 }],
        exclude_automations: true,
      })),
      exclude_automations: true,
    }),
  );

test('an import has at most 250 people and 399,999 bytes, and everybody is in one, in order', () => {
  fc.assert(
    fc.property(rows, (people) => {
      const batches = importBatches(people);
      expect(batches.flat()).toEqual(people);
      for (const batch of batches) expect([batch.length <= 250, bytesOf(batch) <= 399_999]).toEqual([true, true]);
    }),
    { numRuns: 8 },
  );
});

test('an import is cut only where one more person would not fit', () => {
  fc.assert(
    fc.property(rows, (people) => {
      const batches = importBatches(people);
      for (const [index, next] of batches.slice(1).entries()) {
        const full = [...(batches[index] ?? []), ...next.slice(0, 1)];
        expect(full.length > 250 || bytesOf(full) > 399_990).toBe(true);
      }
    }),
    { numRuns: 8 },
  );
});
