import { describe, expect, test } from 'vitest';
import { commonDirection, firstContact, mergePair, setPersonField, type WritableFields } from '../../main/sync/plan/pair.ts';
import type { Direction } from '../../shared/settings.ts';
import { agreedOnAda, allFields, lead, person, rules } from './sync-subjects.ts';

const own = rules().entities.lead;

/** Nobody has changed anything since. */
const remembered = { ...firstContact, agreed: agreedOnAda };

describe('the ways a field may flow', () => {
  test.each<[Direction, Direction, Direction | null]>([
    ['both', 'both', 'both'],
    ['both', 'toDynamics', 'toDynamics'],
    ['toActiveCampaign', 'both', 'toActiveCampaign'],
    ['toActiveCampaign', 'toActiveCampaign', 'toActiveCampaign'],
    ['toActiveCampaign', 'toDynamics', null],
    ['toDynamics', 'toActiveCampaign', null],
  ])('are those that its mapping (%s) and its entity (%s) both allow: %s', (field, entity, both) => {
    expect(commonDirection(field, entity)).toBe(both);
  });
});

describe('the fields of a pair', () => {
  test('go their own ways, each with its snapshot and its rule', () => {
    const merge = mergePair(
      person({ values: { firstName: 'Augusta' } }),
      lead(1, { columns: { lastname: 'Lovelace' } }),
      own,
      remembered,
      true,
    );
    expect(merge).toEqual({
      toDynamics: {
        columns: { firstname: 'Augusta' },
        changes: [{ field: 'firstname', old: 'Ada', new: 'Augusta', rule: 'changed-in-activecampaign' }],
        settles: { 'firstname=firstName': 'Augusta' },
      },
      toActiveCampaign: {
        write: { lastName: 'Lovelace' },
        changes: [{ field: 'lastName', old: 'Byron', new: 'Lovelace', rule: 'changed-in-dynamics' }],
        settles: { 'lastname=lastName': 'Lovelace' },
      },
      settled: {},
      holds: [],
      deferred: false,
    });
  });

  test('that one cannot take is held alone, with what to do', () => {
    const merge = mergePair(person({ values: { firstName: 'A'.repeat(51), lastName: 'King' } }), lead(1), own, remembered, true);
    expect([merge.toDynamics.columns, merge.holds]).toEqual([
      { lastname: 'King' },
      [
        {
          field: 'firstname=firstName',
          reason: 'value-too-long',
          message: 'firstname / firstName: the value from ActiveCampaign does not fit: it has 51 characters; Dynamics takes 50',
          advice: 'Shorten the value, or map it to a longer column.',
        },
      ],
    ]);
  });

  test('of custom fields are written under their number, converted', () => {
    const all = rules({ mappings: allFields }).entities.lead;
    const row = lead(1, { columns: { companyname: 'Acme', numberofemployees: 12, leadsourcecode: 2, estimatedclosedate: '2024-02-29' } });
    expect(mergePair(person(), row, all, remembered, true).toActiveCampaign.write).toEqual({
      fields: { 1: 'Acme', 2: '12', 3: 'Referral', 4: '2024-02-29' },
    });
  });

  test('changed on both sides are held with both values where somebody wants to be asked', () => {
    const merge = mergePair(
      person({ values: { lastName: 'King' } }),
      lead(1, { columns: { lastname: null } }),
      { ...own, conflictWinner: 'ask' },
      remembered,
      true,
    );
    expect(merge.holds.map(({ reason, message }) => ({ reason, message }))).toEqual([
      { reason: 'conflict', message: 'lastname / lastName: ActiveCampaign has "King", Dynamics has "(empty)"; both were changed' },
    ]);
  });

  test('that are newer by the stamps of the services win where the newest is to', () => {
    const winners = [1, 2].map((activeCampaign) => {
      const merge = mergePair(
        person({ values: { lastName: 'King' }, updatedAt: activeCampaign * 1000 }),
        lead(1, { columns: { lastname: 'Lovelace' }, modifiedAt: 1500 }),
        { ...own, conflictWinner: 'newest' },
        remembered,
        true,
      );
      return [...merge.toActiveCampaign.changes, ...merge.toDynamics.changes].map((change) => change.new);
    });
    expect(winners).toEqual([['Lovelace'], ['King']]);
  });

  test('wait for Global Sync where they would go to ActiveCampaign, and go on where they go to Dynamics', () => {
    const merge = mergePair(
      person({ values: { firstName: 'Augusta' } }),
      lead(1, { columns: { lastname: 'Lovelace' } }),
      own,
      remembered,
      false,
    );
    expect([merge.toDynamics.columns, merge.toActiveCampaign.write, merge.deferred]).toEqual([{ firstname: 'Augusta' }, {}, true]);
  });

  test('that both sides agree on without being told are remembered', () => {
    expect(mergePair(person(), lead(1), own, firstContact, true)).toMatchObject({ settled: agreedOnAda, toDynamics: { changes: [] } });
  });
});

describe('the e-mail address', () => {
  const merged = (email: string, emailaddress1: string | null) =>
    mergePair(person({ email }), lead(1, { columns: { emailaddress1 } }), own, remembered, true);

  test('changed on one side is changed on the other, through the link', () => {
    expect([
      merged('king@example.com', 'ada@example.com').toDynamics.columns,
      merged('ada@example.com', 'king@example.com').toActiveCampaign.write,
    ]).toEqual([{ emailaddress1: 'king@example.com' }, { email: 'king@example.com' }]);
  });

  test('in another case or with white space around it is the same', () => {
    expect(merged(' ADA@Example.com', 'ada@example.com ')).toMatchObject({
      toDynamics: { changes: [] },
      toActiveCampaign: { changes: [] },
      settled: {},
    });
  });

  test('is never emptied on either side', () => {
    const emptied = [merged('ada@example.com', null), merged('', 'ada@example.com')];
    expect(
      emptied.map(({ toDynamics, toActiveCampaign, holds }) => [
        toDynamics.columns,
        toActiveCampaign.write,
        holds.map((each) => each.reason),
      ]),
    ).toEqual([
      [{}, {}, ['no-email']],
      [{}, {}, ['no-email']],
    ]);
  });

  test('that ActiveCampaign does not take is held, and the one that is there stays', () => {
    const { toActiveCampaign, holds } = merged('ada@example.com', 'ada at example.com');
    expect([toActiveCampaign.write, holds.map(({ reason, message }) => ({ reason, message }))]).toEqual([
      {},
      [{ reason: 'invalid-email', message: '"ada at example.com" is not an address that ActiveCampaign takes; it keeps the one it has' }],
    ]);
  });
});

test('a value is written to the part of a person that its name says', () => {
  const write: WritableFields = {};
  setPersonField(write, 'phone', '22 33');
  setPersonField(write, 'field:12', 'a');
  setPersonField(write, 'field:7', '');
  expect(write).toEqual({ phone: '22 33', fields: { 12: 'a', 7: '' } });
});
