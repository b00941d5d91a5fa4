import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import { stillLeftOut } from '../../main/sync/left-out.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import type { Mapping } from '../../shared/settings.ts';
import { tagNames } from '../../shared/tags.ts';
import { rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** One mapping of each kind, over the custom fields and columns of the sample services, with a value as each side holds it. */
interface Kind {
  readonly kind: string;
  readonly column: string;
  /** Title of the custom field. */
  readonly field: string;
  readonly dynamics: ColumnValue;
  readonly activeCampaign: string;
  readonly changed: { readonly dynamics: ColumnValue; readonly activeCampaign: string };
}

const kinds: readonly Kind[] = [
  {
    kind: 'text',
    column: 'companyname',
    field: 'Company',
    dynamics: "Murphy's Söhne & Co.",
    activeCampaign: "Murphy's Söhne & Co.",
    changed: { dynamics: 'Łąka', activeCampaign: 'Łąka' },
  },
  {
    kind: 'several lines',
    column: 'description',
    field: 'Notes',
    dynamics: 'Two lines\nof text',
    activeCampaign: 'Two lines\nof text',
    changed: { dynamics: 'One line', activeCampaign: 'One line' },
  },
  {
    kind: 'a whole number',
    column: 'numberofemployees',
    field: 'Employees',
    dynamics: 1200,
    activeCampaign: '1200',
    changed: { dynamics: 7, activeCampaign: '7' },
  },
  {
    kind: 'money',
    column: 'estimatedamount',
    field: 'Job title',
    dynamics: 1250.5,
    activeCampaign: '1250.5',
    changed: { dynamics: 0.1, activeCampaign: '0.1' },
  },
  {
    kind: 'a date',
    column: 'estimatedclosedate',
    field: 'Birthday',
    dynamics: '2028-02-29',
    activeCampaign: '2028-02-29',
    changed: { dynamics: '1999-12-31', activeCampaign: '1999-12-31' },
  },
  {
    kind: 'a point in time',
    column: 'new_visitedon',
    field: 'Last event',
    dynamics: '2026-03-29T01:30:00Z',
    activeCampaign: '2026-03-29T01:30:00+00:00',
    changed: { dynamics: '2026-10-25T23:59:59Z', activeCampaign: '2026-10-25T23:59:59+00:00' },
  },
  {
    kind: 'a choice',
    column: 'leadsourcecode',
    field: 'Lead source',
    dynamics: 7,
    activeCampaign: 'Trade Show',
    changed: { dynamics: 9, activeCampaign: 'Word of Mouth' },
  },
  {
    kind: 'two options',
    column: 'new_newsletter',
    field: 'Customer number',
    dynamics: true,
    activeCampaign: 'Yes',
    changed: { dynamics: false, activeCampaign: 'No' },
  },
  {
    kind: 'a floating number',
    column: 'new_score',
    field: 'Country',
    dynamics: 12.25,
    activeCampaign: '12.25',
    changed: { dynamics: 99.5, activeCampaign: '99.5' },
  },
  {
    kind: 'a choice by radio buttons',
    column: 'industrycode',
    field: 'Newsletter',
    dynamics: 7,
    activeCampaign: 'Consulting',
    changed: { dynamics: 16, activeCampaign: 'Financial' },
  },
  {
    kind: 'several choices',
    column: 'new_interests',
    field: 'Interests',
    dynamics: '1,4',
    activeCampaign: '||Sailing||Food & wine||',
    changed: { dynamics: '3', activeCampaign: '||Cycling||' },
  },
];

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  for (const industry of ['Consulting', 'Financial']) engine.office.addFieldOption('Newsletter', industry);
  const mappings: Mapping[] = kinds.map(({ column, field }) => ({
    dynamics: column,
    activeCampaign: `field:${engine.office.fieldId(field)}`,
    direction: 'both',
  }));
  const person: Mapping[] = [
    { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
    { dynamics: 'telephone1', activeCampaign: 'phone', direction: 'both' },
  ];
  engine.configure((settings) => ({
    ...settings,
    dataConfiguration: {
      ...settings.dataConfiguration,
      lead: { ...settings.dataConfiguration.lead, mappings: [...person, ...mappings] },
    },
  }));
});
afterEach(() => engine.close());

const email = 'ada@example.com';
const columns = (value: (kind: Kind) => ColumnValue) => Object.fromEntries(kinds.map((kind) => [kind.column, value(kind)]));
const fields = (value: (kind: Kind) => string) => Object.fromEntries(kinds.map((kind) => [kind.field, value(kind)]));
const inDynamics = () => {
  const row = rowByEmail(engine, 'lead', email);
  return Object.fromEntries(kinds.map(({ column }) => [column, row?.[column]]));
};
const inActiveCampaign = () => engine.office.personByEmail(email)?.fields;

const pull = (values: Readonly<Record<string, string>>, phone = '') => {
  const { id } = engine.office.create(email, { lastName: 'Lovelace', phone, fields: values });
  for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
  return id;
};

describe(`every kind of field (${kinds.map(({ kind }) => kind).join(', ')})`, () => {
  it('is converted for a person who is new in ActiveCampaign', async () => {
    engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email, ...columns(({ dynamics }) => dynamics) });
    await engine.run();
    expect(inActiveCampaign()).toEqual(fields(({ activeCampaign }) => activeCampaign));
  });

  it('is converted for a lead that is new in Dynamics', async () => {
    pull(fields(({ activeCampaign }) => activeCampaign));
    await engine.run();
    expect(inDynamics()).toEqual(columns(({ dynamics }) => dynamics));
  });

  it('is converted when it changes in Dynamics, and is no change when it comes back', async () => {
    pull(fields(({ activeCampaign }) => activeCampaign));
    await engine.run();
    const [row] = engine.sales.rows('lead');
    engine.sales.edit(
      'lead',
      row?.id ?? '',
      columns(({ changed }) => changed.dynamics),
    );
    await engine.run();
    expect(inActiveCampaign()).toEqual(fields(({ changed }) => changed.activeCampaign));
    const after = await engine.run();
    expect([after.counts.toDynamics.updated, after.counts.toActiveCampaign.updated]).toEqual([0, 0]);
  });

  it('is converted when it changes in ActiveCampaign, and is no change when it comes back', async () => {
    engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email, ...columns(({ dynamics }) => dynamics) });
    await engine.run();
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: fields(({ changed }) => changed.activeCampaign) });
    await engine.run();
    expect(inDynamics()).toEqual(columns(({ changed }) => changed.dynamics));
    const after = await engine.run();
    expect([after.counts.toDynamics.updated, after.counts.toActiveCampaign.updated]).toEqual([0, 0]);
  });

  it('is emptied on the other side when it is emptied', async () => {
    pull(fields(({ activeCampaign }) => activeCampaign));
    await engine.run();
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: fields(() => '') });
    await engine.run();
    expect(inDynamics()).toEqual(columns(() => null));
  });
});

describe('a value that does not fit', () => {
  const held = () =>
    engine.logged
      .filter(({ event }) => event === 'field.held')
      .map(({ details, person }) => ({ email: person?.email, field: details?.field, reason: details?.reason }));
  const tooLong = '0'.repeat(51);

  it('because it is too long holds that field of a new lead, and nothing else', async () => {
    pull({ Company: 'Contoso' }, tooLong);
    const run = await engine.run();
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ lastname: 'Lovelace', companyname: 'Contoso' });
    expect(rowByEmail(engine, 'lead', email)?.telephone1 ?? null).toBeNull();
    expect(held()).toEqual([{ email, field: 'telephone1=phone', reason: 'value-too-long' }]);
    expect(run).toMatchObject({ outcome: 'attention', counts: { toDynamics: { created: 1 }, held: 1, failed: 0 } });
  });

  it('because it is too long holds that field of an update, until it fits', async () => {
    const id = pull({}, '0123');
    await engine.run();
    engine.office.edit(id, { phone: tooLong, lastName: 'King' });
    await engine.run();
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ lastname: 'King', telephone1: '0123' });
    expect(held()).toEqual([{ email, field: 'telephone1=phone', reason: 'value-too-long' }]);
    engine.office.edit(id, { phone: '0456' });
    const run = await engine.run();
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ telephone1: '0456' });
    expect(run).toMatchObject({ outcome: 'ok', counts: { held: 0 } });
  });

  it('because there is no such option, or it is no number, holds those fields', async () => {
    pull({ 'Lead source': 'Carrier pigeon', Employees: 'many', Company: 'Contoso' });
    await engine.run();
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ companyname: 'Contoso' });
    expect(new Set(held().map(({ reason }) => reason))).toEqual(new Set(['no-such-option', 'value-not-convertible']));
  });
});

describe('what the accounts do not have (any more)', () => {
  const leftOut = () => stillLeftOut(engine.store, engine.settings()).map(({ key }) => key);
  const events = () => engine.logged.filter(({ level }) => level === 'warn').map(({ event }) => event);

  it('a mapped field is left out, and told of until it is mapped no more', async () => {
    const mappings: Mapping[] = [
      { dynamics: 'companyname', activeCampaign: 'field:999', direction: 'both' },
      { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
    ];
    engine.configureLead(() => ({ mappings }));
    pull({});
    await engine.run();
    expect([leftOut(), events()]).toEqual([['companyname=field:999'], ['mapping.unusable']]);
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ lastname: 'Lovelace' });
    engine.configureLead(() => ({ mappings: mappings.slice(1) }));
    expect(leftOut()).toEqual([]);
  });

  it.each([1, 12])('a list: %i new people come in without it, and it is told of until there is one', async (count) => {
    engine.configureLead(() => ({ listId: '99' }));
    for (let n = 1; n <= count; n += 1) engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: `ada${n}@example.com` });
    const { counts, outcome } = await engine.run();
    expect([outcome, counts.toActiveCampaign.created, leftOut(), events()]).toEqual(['ok', count, ['list 99'], ['list.missing']]);
    engine.configureLead(() => ({ listId: String(engine.office.listId('Newsletter')) }));
    engine.sales.create('lead', { lastname: 'King', emailaddress1: email });
    await engine.run();
    expect(leftOut()).toEqual([]);
    expect(engine.office.personByEmail(email)?.lists).toEqual({ Newsletter: 1 });
  });
});

describe('a conflict that the newer value wins', () => {
  const edits = async (passed: number) => {
    engine.configure(({ dataConfiguration: before, ...settings }) => ({
      ...settings,
      dataConfiguration: { ...before, lead: { ...before.lead, conflictWinner: 'newest' } },
    }));
    const id = pull({ Company: 'Contoso' });
    await engine.run();
    const [row] = engine.sales.rows('lead');
    engine.sales.edit('lead', row?.id ?? '', { companyname: 'Dynamics Ltd' });
    engine.clock.pass(passed);
    engine.office.edit(id, { fields: { Company: 'Campaign Ltd' } });
    await engine.run();
    const rules = engine.store.journal.ofSubject({ record: null, personId: activeCampaignId(id) }, 1).map(({ rule }) => rule);
    return { rules, company: engine.office.person(id)?.fields.Company };
  };

  it('is told by the stamps of both services', async () => {
    expect(await edits(60_000)).toEqual({ company: 'Campaign Ltd', rules: ['conflict-newest-wins'] });
  });

  it('is won by Dynamics where the stamps do not tell, and journal and log say so', async () => {
    expect(await edits(0)).toEqual({ company: 'Dynamics Ltd', rules: ['conflict-newest-unknown-dynamics-wins'] });
    expect(engine.logged.find(({ event }) => event === 'person.updated')?.message).toMatch(/is newer is not known: Dynamics wins$/);
  });
});

it('a day that somebody entered stays that day on a machine that is in another zone now', async () => {
  engine = await openEngine();
  const birthday = `field:${engine.office.fieldId('Birthday')}`;
  engine.configureLead(({ mappings }) => ({
    mappings: [...mappings, { dynamics: 'schedulefollowup_prospect', activeCampaign: birthday, direction: 'both' }],
  }));
  const lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await engine.run('Europe/Oslo');
  const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
  engine.office.edit(id, { fields: { Birthday: '2026-03-02' } });
  await engine.run('Europe/Oslo');
  const midnight = engine.sales.row('lead', lead)?.columns.schedulefollowup_prospect;
  expect(midnight).toBe('2026-03-01T23:00:00Z');
  engine.sales.edit('lead', lead, { telephone1: '1' });
  await engine.run('America/New_York');
  expect([engine.office.person(id)?.fields.Birthday, engine.sales.row('lead', lead)?.columns.schedulefollowup_prospect]).toEqual([
    '2026-03-02',
    midnight,
  ]);
});
