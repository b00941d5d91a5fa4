import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { misfit, reading, sameValue } from '../../main/sync/mapping/canonical.ts';
import { type MergeInput, type MergeOutcome, mergeField } from '../../main/sync/plan/merge.ts';
import type { CanonicalValue } from '../../shared/canonical-value.ts';
import type { ConflictWinner, Direction } from '../../shared/settings.ts';

const input = (given: {
  agreed?: MergeInput['agreed'];
  here: CanonicalValue;
  there: CanonicalValue;
  direction?: Direction;
  winner?: ConflictWinner;
  changedAt?: MergeInput['changedAt'];
  globalSync?: boolean;
  decidedFor?: MergeInput['decidedFor'];
}): MergeInput => ({
  agreed: given.agreed,
  activeCampaign: reading(given.here),
  dynamics: reading(given.there),
  direction: given.direction ?? 'both',
  mayWriteActiveCampaign: given.globalSync ?? true,
  conflictWinner: given.winner ?? 'dynamics',
  decidedFor: given.decidedFor ?? null,
  changedAt: given.changedAt ?? { activeCampaign: 1, dynamics: 2 },
});

const newestUnknown: MergeOutcome = { kind: 'toActiveCampaign', old: 'b', value: 'c', rule: 'conflict-newest-unknown-dynamics-wins' };

describe('a field of a linked pair', () => {
  test('that nobody changed asks for nothing', () => {
    expect(mergeField(input({ agreed: 'a', here: 'a', there: 'a' }))).toEqual({ kind: 'unchanged' });
  });

  test('changed on one side goes to the other', () => {
    expect([mergeField(input({ agreed: 'a', here: 'b', there: 'a' })), mergeField(input({ agreed: 'a', here: 'a', there: 'b' }))]).toEqual([
      { kind: 'toDynamics', old: 'a', value: 'b', rule: 'changed-in-activecampaign' },
      { kind: 'toActiveCampaign', old: 'a', value: 'b', rule: 'changed-in-dynamics' },
    ]);
  });

  test('emptied on one side is emptied on the other', () => {
    expect(mergeField(input({ agreed: 'a', here: 'a', there: null }))).toEqual({
      kind: 'toActiveCampaign',
      old: 'a',
      value: null,
      rule: 'changed-in-dynamics',
    });
  });

  test('changed to the same on both sides is only remembered', () => {
    expect(mergeField(input({ agreed: 'a', here: [1, 2], there: [1, 2] }))).toEqual({ kind: 'settled', value: [1, 2] });
  });

  test.each([undefined, 'a'])('that somebody decided goes the way that was said, an empty value too', (agreed) => {
    const decided = { agreed, winner: 'ask', here: 'b', there: null } as const;
    expect([
      mergeField(input({ ...decided, decidedFor: 'dynamics' })),
      mergeField(input({ ...decided, decidedFor: 'activeCampaign' })),
    ]).toEqual([
      { kind: 'toActiveCampaign', old: 'b', value: null, rule: 'conflict-decided' },
      { kind: 'toDynamics', old: null, value: 'b', rule: 'conflict-decided' },
    ]);
  });

  test.each<[ConflictWinner, MergeInput['changedAt'], MergeOutcome]>([
    ['dynamics', { activeCampaign: 2, dynamics: 1 }, { kind: 'toActiveCampaign', old: 'b', value: 'c', rule: 'conflict-dynamics-wins' }],
    [
      'activeCampaign',
      { activeCampaign: 1, dynamics: 2 },
      { kind: 'toDynamics', old: 'c', value: 'b', rule: 'conflict-activecampaign-wins' },
    ],
    ['newest', { activeCampaign: 1, dynamics: 2 }, { kind: 'toActiveCampaign', old: 'b', value: 'c', rule: 'conflict-newest-wins' }],
    ['newest', { activeCampaign: 2, dynamics: 1 }, { kind: 'toDynamics', old: 'c', value: 'b', rule: 'conflict-newest-wins' }],
    ['newest', { activeCampaign: null, dynamics: 1 }, newestUnknown],
    ['newest', { activeCampaign: 2, dynamics: null }, newestUnknown],
    ['newest', { activeCampaign: 2, dynamics: 2 }, newestUnknown],
    ['ask', { activeCampaign: 1, dynamics: 2 }, { kind: 'conflict', activeCampaign: 'b', dynamics: 'c' }],
  ])('changed differently on both sides follows the rule "%s" (%o)', (winner, changedAt, outcome) => {
    expect(mergeField(input({ agreed: 'a', here: 'b', there: 'c', winner, changedAt }))).toEqual(outcome);
  });

  test('left to differ on purpose stays so until somebody changes it', () => {
    const agreed = { activeCampaign: null, dynamics: 'ada' };
    expect([
      mergeField(input({ agreed, here: null, there: 'ada' })),
      mergeField(input({ agreed, here: 'Byron', there: 'ada' })),
      mergeField(input({ agreed, here: null, there: 'Lovelace' })),
    ]).toEqual([
      { kind: 'unchanged' },
      { kind: 'toDynamics', old: 'ada', value: 'Byron', rule: 'changed-in-activecampaign' },
      { kind: 'toActiveCampaign', old: null, value: 'Lovelace', rule: 'changed-in-dynamics' },
    ]);
  });
});

describe('the first contact', () => {
  test('a value beats an empty one', () => {
    expect([mergeField(input({ here: 'a', there: null })), mergeField(input({ here: null, there: 'b' }))]).toEqual([
      { kind: 'toDynamics', old: null, value: 'a', rule: 'first-contact-fills-empty' },
      { kind: 'toActiveCampaign', old: null, value: 'b', rule: 'first-contact-fills-empty' },
    ]);
  });

  test('two different values follow the conflict rule', () => {
    expect(mergeField(input({ here: 'a', there: 'b', winner: 'activeCampaign' }))).toEqual({
      kind: 'toDynamics',
      old: 'b',
      value: 'a',
      rule: 'conflict-activecampaign-wins',
    });
  });

  test('an empty source empties nothing', () => {
    expect([
      mergeField(input({ here: 'a', there: null, direction: 'toActiveCampaign' })),
      mergeField(input({ here: null, there: 'b', direction: 'toDynamics' })),
    ]).toEqual([{ kind: 'unchanged' }, { kind: 'unchanged' }]);
  });
});

describe('a field with one direction', () => {
  test('leaves alone what was changed at its target, until its source changes too', () => {
    expect([
      mergeField(input({ agreed: 'a', here: 'b', there: 'a', direction: 'toActiveCampaign' })),
      mergeField(input({ agreed: 'a', here: 'b', there: 'c', direction: 'toActiveCampaign', winner: 'activeCampaign' })),
    ]).toEqual([{ kind: 'unchanged' }, { kind: 'toActiveCampaign', old: 'b', value: 'c', rule: 'conflict-dynamics-wins' }]);
  });
});

describe('a value that cannot be read', () => {
  const unreadable = misfit('value-not-convertible', '"twelve" is not a number');

  test('is held with its reason, and nothing overwrites it silently', () => {
    expect([
      mergeField({ ...input({ agreed: 12, here: 12, there: 12 }), activeCampaign: unreadable }),
      mergeField({ ...input({ agreed: 12, here: 12, there: 13, direction: 'toActiveCampaign' }), activeCampaign: unreadable }),
      mergeField({ ...input({ agreed: 12, here: 13, there: 12, direction: 'toDynamics' }), dynamics: unreadable }),
    ]).toEqual([
      { kind: 'unreadable', side: 'activeCampaign', misfit: unreadable },
      { kind: 'unreadable', side: 'activeCampaign', misfit: unreadable },
      { kind: 'unreadable', side: 'dynamics', misfit: unreadable },
    ]);
  });

  test("is nobody's business where nothing would go to or from it", () => {
    expect(
      mergeField({ ...input({ agreed: 12, here: 12, there: 12, direction: 'toActiveCampaign' }), activeCampaign: unreadable }),
    ).toEqual({
      kind: 'unchanged',
    });
  });
});

// Few values, so that equal ones are common.
const value = fc.constantFrom<CanonicalValue>(null, 'a', 'b', 1, true, [1], [1, 2]);
const anyInput: fc.Arbitrary<MergeInput> = fc.record({
  agreed: fc.oneof(fc.constant(undefined), value, fc.record({ activeCampaign: value, dynamics: value })),
  activeCampaign: value.map(reading),
  dynamics: value.map(reading),
  direction: fc.constantFrom('both', 'toActiveCampaign', 'toDynamics'),
  mayWriteActiveCampaign: fc.boolean(),
  conflictWinner: fc.constantFrom('dynamics', 'activeCampaign', 'newest', 'ask'),
  decidedFor: fc.constantFrom(null, null, 'activeCampaign', 'dynamics'),
  changedAt: fc.record({ activeCampaign: fc.option(fc.constantFrom(1, 2)), dynamics: fc.option(fc.constantFrom(1, 2)) }),
});

const readOf = (side: MergeInput['activeCampaign']): CanonicalValue => {
  if (!side.ok) throw new Error('every value here can be read');
  return side.value;
};

/** Both sides and what is agreed once the outcome is confirmed. */
function carriedOut(before: MergeInput, outcome: MergeOutcome): MergeInput {
  switch (outcome.kind) {
    case 'settled':
      return { ...before, agreed: outcome.value };
    case 'toActiveCampaign':
      return { ...before, agreed: outcome.value, activeCampaign: reading(outcome.value) };
    case 'toDynamics':
      return { ...before, agreed: outcome.value, dynamics: reading(outcome.value) };
    default:
      return before;
  }
}

const mirroredNames = { activeCampaign: 'dynamics', dynamics: 'activeCampaign', newest: 'newest', ask: 'ask' } as const;
const mirroredDirections = { both: 'both', toActiveCampaign: 'toDynamics', toDynamics: 'toActiveCampaign' } as const;
const mirroredRules: Readonly<Record<string, string>> = {
  'changed-in-activecampaign': 'changed-in-dynamics',
  'changed-in-dynamics': 'changed-in-activecampaign',
  'conflict-activecampaign-wins': 'conflict-dynamics-wins',
  'conflict-dynamics-wins': 'conflict-activecampaign-wins',
};

const mirrored = (before: MergeInput): MergeInput => ({
  ...before,
  agreed:
    typeof before.agreed === 'object' && before.agreed !== null && 'dynamics' in before.agreed
      ? { activeCampaign: before.agreed.dynamics, dynamics: before.agreed.activeCampaign }
      : before.agreed,
  activeCampaign: before.dynamics,
  dynamics: before.activeCampaign,
  direction: mirroredDirections[before.direction],
  conflictWinner: mirroredNames[before.conflictWinner],
  decidedFor: before.decidedFor && mirroredNames[before.decidedFor],
  changedAt: { activeCampaign: before.changedAt.dynamics, dynamics: before.changedAt.activeCampaign },
});

function mirroredOutcome(outcome: MergeOutcome): object {
  switch (outcome.kind) {
    case 'toActiveCampaign':
    case 'toDynamics':
      return { ...outcome, kind: mirroredDirections[outcome.kind], rule: mirroredRules[outcome.rule] ?? outcome.rule };
    case 'conflict':
      return { kind: 'conflict', activeCampaign: outcome.dynamics, dynamics: outcome.activeCampaign };
    default:
      return outcome;
  }
}

describe('whatever both sides hold', () => {
  const holds = (rule: (before: MergeInput, outcome: MergeOutcome) => void) =>
    fc.assert(
      fc.property(anyInput, (before) => rule(before, mergeField(before))),
      { numRuns: 2_000 },
    );

  test('no value is written over an equal one', () => {
    holds((_, outcome) => {
      if ('old' in outcome) expect(sameValue(outcome.old, outcome.value)).toBe(false);
    });
  });

  test('what is written is what the other side holds, and the old value is the one that was there', () => {
    holds((before, outcome) => {
      const sides = [readOf(before.activeCampaign), readOf(before.dynamics)];
      if (outcome.kind === 'toActiveCampaign') expect([outcome.old, outcome.value]).toEqual(sides);
      if (outcome.kind === 'toDynamics') expect([outcome.value, outcome.old]).toEqual(sides);
    });
  });

  test('a field with one direction never changes its source', () => {
    holds((before, outcome) => {
      if (before.direction !== 'both' && 'rule' in outcome) expect(outcome.kind).toBe(before.direction);
    });
  });

  test('nothing goes to ActiveCampaign while Global Sync is off', () => {
    holds((before, outcome) => {
      expect(!before.mayWriteActiveCampaign && outcome.kind === 'toActiveCampaign').toBe(false);
      expect(before.mayWriteActiveCampaign && outcome.kind === 'deferred').toBe(false);
    });
  });

  test('who wants to be asked, and has not answered, finds no value overwritten that differs from the agreed one', () => {
    holds((before, outcome) => {
      if (before.conflictWinner !== 'ask' || before.decidedFor !== null || !('rule' in outcome)) return;
      const overwritten = outcome.kind === 'toDynamics' ? 'dynamics' : 'activeCampaign';
      const { agreed } = before;
      const agreedThere = agreed !== null && typeof agreed === 'object' && 'dynamics' in agreed ? agreed[overwritten] : (agreed ?? null);
      expect(sameValue(outcome.old, agreedThere)).toBe(true);
    });
  });

  test('at the first contact no value is emptied, unless somebody decided so', () => {
    holds((before, outcome) => {
      if (before.agreed === undefined && before.decidedFor === null && 'rule' in outcome) expect(outcome.value).not.toBeNull();
    });
  });

  test('carried out and merged again, nothing is left to do', () => {
    holds((before, outcome) => {
      const again = mergeField(carriedOut(before, outcome));
      const waits = outcome.kind === 'deferred' || outcome.kind === 'conflict';
      expect(again).toEqual(waits ? outcome : { kind: 'unchanged' });
    });
  });

  test('both sides are treated alike', () => {
    const decided = (before: MergeInput) =>
      before.mayWriteActiveCampaign &&
      (before.conflictWinner !== 'newest' ||
        (before.changedAt.activeCampaign !== null &&
          before.changedAt.dynamics !== null &&
          before.changedAt.activeCampaign !== before.changedAt.dynamics));
    fc.assert(
      fc.property(anyInput.filter(decided), (before) => {
        expect(mergeField(mirrored(before))).toEqual(mirroredOutcome(mergeField(before)));
      }),
      { numRuns: 2_000 },
    );
  });
});
