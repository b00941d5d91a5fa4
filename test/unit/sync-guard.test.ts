import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, type PlanConsequences } from '../../main/sync/guard/guards.ts';
import { defaultSettings } from '../../shared/settings.ts';

const limits = defaultSettings.safety;
const harmless: PlanConsequences = { linked: 100, updates: 0, blanked: 0, optOuts: 0, vanished: 0 };

describe('the guard', () => {
  test('lets pass what reaches every limit and exceeds none', () => {
    expect(judge({ linked: 100, updates: 50, blanked: 10, optOuts: 10, vanished: 10 }, limits)).toBeNull();
  });

  test.each([
    ['updates', 51, '51 linked records would be changed, which is more than 50 % of the 100 linked ones'],
    ['blanked', 11, '11 values would be emptied, which is more than 10 % of the 100 linked ones'],
    ['optOuts', 11, '11 people would be opted out, which is more than 10 % of the 100 linked ones'],
    ['vanished', 11, '11 linked records are gone or lost their tags, which is more than 10 % of the 100 linked ones'],
  ] as const)('holds one too many %s and says how many there are', (guard, count, message) => {
    expect(judge({ ...harmless, [guard]: count }, limits)).toEqual({ guard, message });
  });

  test('names what weighs most where several limits are exceeded', () => {
    expect(judge({ linked: 100, updates: 100, blanked: 100, optOuts: 100, vanished: 100 }, limits)?.guard).toBe('vanished');
  });

  test('judges shares only from the least number of linked records on', () => {
    const all = (linked: number) => judge({ linked, updates: linked, blanked: 0, optOuts: 0, vanished: 0 }, limits)?.guard ?? null;
    expect([all(49), all(50)]).toEqual([null, 'updates']);
  });

  test('without a least number judges from the first record on', () => {
    const always = { ...limits, minimumRecords: 0 };
    expect([judge({ ...harmless, linked: 0 }, always), judge({ ...harmless, linked: 1, vanished: 1 }, always)?.guard]).toEqual([
      null,
      'vanished',
    ]);
  });

  test('at 0 % lets nothing pass, at 100 % one of each record', () => {
    expect([
      judge({ ...harmless, optOuts: 1 }, { ...limits, maxOptOutsPercent: 0 })?.guard,
      judge({ ...harmless, optOuts: 100 }, { ...limits, maxOptOutsPercent: 100 }),
    ]).toEqual(['optOuts', null]);
  });

  test('never holds less when a plan does more', () => {
    const consequences = fc.record({
      linked: fc.nat(500),
      updates: fc.nat(600),
      blanked: fc.nat(600),
      optOuts: fc.nat(600),
      vanished: fc.nat(600),
    });
    fc.assert(
      fc.property(consequences, fc.constantFrom('updates', 'blanked', 'optOuts', 'vanished'), (plan, what) => {
        const held = judge(plan, limits) !== null;
        const heldWithMore = judge({ ...plan, [what]: plan[what] + 1 }, limits) !== null;
        expect(held && !heldWithMore).toBe(false);
      }),
    );
  });
});
