import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenAutomations } from '../../main/sync/automations/chosen.ts';
import { earlierStamp } from '../../main/sync/automations/earlier-stamp.ts';
import type { Decision } from '../../main/sync/plan/decision.ts';
import { givingPair } from '../../main/sync/plan/invited.ts';
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';

describe('the bound of a reading', () => {
  test.each([
    ['2026-05-28T05:03:51-05:00', 70, '2026-05-28T03:53:51-05:00'],
    ['2026-05-28T00:30:00+05:30', 70, '2026-05-27T23:20:00+05:30'],
    ['2026-03-01T00:30:00-0500', 60, '2026-02-28T23:30:00-0500'],
    ['2026-05-28T05:03:51Z', 0, '2026-05-28T05:03:51Z'],
  ])('%s, %i minutes earlier, is %s in the zone of the account', (stamp, minutes, earlier) => {
    expect(earlierStamp(stamp, minutes * 60_000)).toBe(earlier);
  });

  test('is that much earlier, whatever the zone', () => {
    const stamp = fc
      .record({ time: fc.integer({ min: 0, max: 2 ** 41 }), quarters: fc.integer({ min: -48, max: 56 }) })
      .map(({ time, quarters }) => {
        const minutes = Math.abs(quarters) * 15;
        const offset = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        return `${new Date(time).toISOString().slice(0, 19)}${quarters < 0 ? '-' : '+'}${offset}`;
      });
    fc.assert(
      fc.property(stamp, fc.integer({ min: 0, max: 10_000 }), (text, seconds) => {
        const earlier = earlierStamp(text, seconds * 1000);
        expect([Date.parse(text) - Date.parse(earlier), earlier.slice(-6)]).toEqual([seconds * 1000, text.slice(-6)]);
      }),
    );
  });
});

describe('chosen automations', () => {
  const choosing = (lead: object, contact: object): Settings => settingsSchema.parse({ dataConfiguration: { lead, contact } });

  test('make what their entity is; one that is named for both makes contacts', () => {
    const settings = choosing({ createFromAutomations: ['1', '2'] }, { createFromAutomations: ['2', '3'] });
    expect([...chosenAutomations(settings)]).toEqual([
      ['1', 'lead'],
      ['2', 'contact'],
      ['3', 'contact'],
    ]);
  });

  test('make nothing while their entity is off or goes to ActiveCampaign only', () => {
    const settings = choosing(
      { enabled: false, createFromAutomations: ['1'] },
      { direction: 'toActiveCampaign', createFromAutomations: ['2'] },
    );
    expect(chosenAutomations(settings).size).toBe(0);
  });

  test('are none by default', () => {
    expect(chosenAutomations(defaultSettings).size).toBe(0);
  });
});

describe('who is invited', () => {
  const none = { lead: false, contact: false, pulled: false, pushed: false };
  const keeping: Decision = { link: { kind: 'keep' }, operations: [], holds: [], deferred: false };
  const given = (decision: Decision, tags = none) => givingPair(decision, 'lead', tags, 'ada@example.com').operations;
  const writing = {
    kind: 'writePerson' as const,
    email: 'ada@example.com',
    write: {},
    addTags: [],
    removeTags: [],
    joinList: null,
    changes: [],
    settles: {},
  };

  test('is given the tags that are lacking', () => {
    expect(given(keeping)).toEqual([{ ...writing, addTags: ['pulled', 'lead'], removeTags: [], invites: true }]);
    expect(given(keeping, { ...none, lead: true })).toEqual([{ ...writing, addTags: ['pulled'], removeTags: [], invites: true }]);
  });

  test('is given them together with what is written anyway, and never a tag that would be taken away again', () => {
    const decision: Decision = { ...keeping, operations: [{ ...writing, addTags: ['contact'], removeTags: ['lead'] }] };
    expect(given(decision)).toEqual([{ ...writing, addTags: ['pulled', 'contact'], removeTags: [], invites: true }]);
  });

  test('is given nothing while held, and where the link ends', () => {
    expect(given({ ...keeping, link: { kind: 'none' } })).toEqual([]);
    const ending: Decision = { ...keeping, operations: [{ kind: 'endLink', because: 'entity-changed' }] };
    expect(given(ending)).toEqual(ending.operations);
  });
});
