import { describe, expect, test } from 'vitest';
import type { Person } from '../../main/connections/activecampaign/types.ts';
import type { Row } from '../../main/connections/dynamics/types.ts';
import { judgedColumns, keysOf, observePerson, observeRow } from '../../main/sync/read/observe.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { contact, lead, rowId, subscribed, unsubscribed } from './sync-subjects.ts';

const tagIds = { lead: '11', contact: '12', pulled: '13', pushed: '14' };

test('of a person is kept what is mapped, what the four tags say, and the lists in one order', () => {
  const ada: Person = {
    id: activeCampaignId(1),
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Byron',
    phone: '22 33',
    fields: { 3: 'Referral', 9: 'not mapped' },
    tags: [
      { linkId: '501', tagId: '11' },
      { linkId: '502', tagId: '99' },
      { linkId: '503', tagId: '14' },
    ],
    lists: [unsubscribed('7'), subscribed('2')],
    updatedAt: 5,
    createdAt: 4,
    bounced: true,
  };
  expect(observePerson(ada, ['firstName', 'field:3', 'field:4'], tagIds)).toEqual({
    id: '1',
    email: 'ada@example.com',
    tags: { lead: true, contact: false, pulled: false, pushed: true },
    tagLinks: { lead: '501', pushed: '503' },
    values: { firstName: 'Ada', 'field:3': 'Referral', 'field:4': '' },
    lists: [subscribed('2'), unsubscribed('7')],
    updatedAt: 5,
    bounced: true,
    gone: false,
  });
});

const row = (columns: Row['columns'], entity: Row['entity'] = 'lead'): Row => ({ entity, id: rowId(1), etag: 'W/"1"', columns });
const selected = ['lastname', 'statecode', 'createdon', 'modifiedon'];

describe('of a row', () => {
  test('are kept the selected columns, the stamps apart from them', () => {
    const wire = row({ lastname: 'Byron', modifiedon: '2026-01-02T00:00:00Z', createdon: '2026-01-01T00:00:00Z', other: 1 });
    expect(observeRow(wire, selected, (columns) => columns.other === 1)).toEqual({
      entity: 'lead',
      id: rowId(1),
      etag: 'W/"1"',
      columns: { lastname: 'Byron', statecode: null },
      modifiedAt: Date.UTC(2026, 0, 2),
      createdAt: Date.UTC(2026, 0, 1),
      succeededBy: null,
      meetsCriteria: true,
      gone: false,
    });
  });

  test('its stamps are there again for criteria that change', () => {
    const seen = observeRow(row({ lastname: 'Byron', createdon: '2026-01-01T00:00:00Z' }), selected, () => true);
    expect(judgedColumns(seen)).toEqual({ lastname: 'Byron', statecode: null, createdon: '2026-01-01T00:00:00.000Z', modifiedon: null });
  });

  const successor = (columns: Row['columns'], entity: Row['entity'] = 'lead') =>
    observeRow(row(columns, entity), [], () => true).succeededBy;

  test('that was merged stands the winner, for a qualified lead its contact', () => {
    expect([
      successor({ merged: true, _masterid_value: rowId(7) }, 'contact'),
      successor({ merged: true, _masterid_value: rowId(7), statecode: 1, _parentcontactid_value: rowId(8) }),
      successor({ statecode: 1, _parentcontactid_value: rowId(8).toUpperCase() }),
    ]).toEqual([
      { entity: 'contact', id: rowId(7) },
      { entity: 'lead', id: rowId(7) },
      { entity: 'contact', id: rowId(8) },
    ]);
  });

  test('that only names another one stands itself', () => {
    expect([
      successor({ merged: false, _masterid_value: rowId(7) }),
      successor({ statecode: 0, _parentcontactid_value: rowId(8) }),
      successor({ statecode: 1, _parentcontactid_value: null }),
      successor({ statecode: 1, _parentcontactid_value: rowId(8) }, 'contact'),
    ]).toEqual([null, null, null, null]);
  });

  test('the address is compared in one form, and what is not open is closed', () => {
    expect([
      keysOf(contact(1, { columns: { emailaddress1: ' Ada@Example.com ' } })),
      keysOf(lead(1, { columns: { emailaddress1: null, statecode: 2 } })),
    ]).toEqual([
      { emailKey: 'ada@example.com', closed: false },
      { emailKey: null, closed: true },
    ]);
  });
});
