import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccountReader } from '../../main/application/account-reader.ts';
import { createFieldOptions } from '../../main/application/create-options.ts';
import type { LogInput } from '../../main/log/log.ts';
import type { ConflictWinner, Mapping } from '../../shared/settings.ts';
import { tagNames } from '../../shared/tags.ts';
import { bodies, rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Options of both sides: paired by label, corrected in the settings, created where they are missing. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  mapOptions();
});
afterEach(() => engine.close());

const email = 'ada@example.com';
const field = () => `field:${engine.office.fieldId('Preferred products')}`;
const mapOptions = (options: Mapping['options'] = [], conflictWinner: ConflictWinner = 'dynamics') =>
  engine.configure(({ dataConfiguration, ...settings }) => ({
    ...settings,
    dataConfiguration: {
      ...dataConfiguration,
      lead: {
        ...dataConfiguration.lead,
        conflictWinner,
        mappings: [
          { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
          { dynamics: 'new_interests', activeCampaign: field(), direction: 'both', options },
        ],
      },
    },
  }));
const products = () => engine.office.personByEmail(email)?.fields['Preferred products'] ?? '';
const held = () => engine.store.problems.all(10).map(({ field: key, reason, advice }) => ({ key, reason, advice }));
const create = (values: string[], logged: LogInput[] = []) =>
  createFieldOptions(
    createAccountReader(engine.connector, engine.settings, engine.clock),
    engine.store,
    { write: (entry) => void logged.push(entry) },
    { field: field(), values },
  );

describe('an option without a counterpart', () => {
  beforeEach(async () => {
    engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email, new_interests: '1,2' });
    await engine.run();
  });

  it('holds its field alone, with the advice to pair it', () => {
    expect([engine.office.personByEmail(email)?.lastName, products(), held()]).toEqual([
      'Lovelace',
      '',
      [
        {
          key: `new_interests=${field()}`,
          reason: 'no-such-option',
          advice: 'Pair the option under Data Configuration, or create it in ActiveCampaign there. Or choose another one.',
        },
      ],
    ]);
  });

  it('goes over once it is paired by hand, and comes back as what it was', async () => {
    mapOptions([
      { dynamics: 1, activeCampaign: 'Training' },
      { dynamics: 2, activeCampaign: 'spare parts' },
    ]);
    await engine.run();
    expect([products(), held()]).toEqual(['||Training||Spare parts||', []]);
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: { 'Preferred products': '||Training||' } });
    await engine.run();
    expect(rowByEmail(engine, 'lead', email)).toMatchObject({ new_interests: '1' });
    const quiet = await engine.run();
    expect([quiet.counts.toDynamics.updated, quiet.counts.toActiveCampaign.updated]).toEqual([0, 0]);
  });

  it('goes over at the next run once it was created, though nobody touched the person', async () => {
    engine.activeCampaign.requests.clear();
    const logged: LogInput[] = [];
    expect(await create(['Sailing', 'Hiking', 'training'], logged)).toEqual([
      'Starter kit',
      'Training',
      'Spare parts',
      'Sailing',
      'Hiking',
    ]);
    const id = String(engine.office.fieldId('Preferred products'));
    const option = (value: string, orderid: number) => ({ field: id, orderid, value, label: value, isdefault: false });
    expect(bodies(engine.activeCampaign.requests)).toEqual([{ fieldOptions: [option('Sailing', 4), option('Hiking', 5)] }]);
    expect(logged).toMatchObject([{ event: 'options.created', details: { options: ['Sailing', 'Hiking'] } }]);
    await engine.run();
    expect([products(), held()]).toEqual(['||Sailing||Hiking||', []]);
  });

  it('is created once, however often it is asked for', async () => {
    await create(['Sailing']);
    expect(await create(['Sailing'])).toEqual(['Starter kit', 'Training', 'Spare parts', 'Sailing']);
  });

  it('goes over a day later where somebody created it in ActiveCampaign itself', async () => {
    engine.office.addFieldOption('Preferred products', 'Sailing');
    engine.office.addFieldOption('Preferred products', 'Hiking');
    engine.clock.pass(25 * 60 * 60 * 1000);
    await engine.run();
    expect([products(), held()]).toEqual(['||Sailing||Hiking||', []]);
  });
});

it('an option of ActiveCampaign that is paired with none holds the field of a person who comes from there', async () => {
  mapOptions([{ dynamics: 1, activeCampaign: 'Training' }]);
  await engine.run();
  const { id } = engine.office.create(email, { lastName: 'Lovelace', fields: { 'Preferred products': '||Training||Starter kit||' } });
  for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
  await engine.run();
  expect(rowByEmail(engine, 'lead', email)?.new_interests ?? null).toBeNull();
  expect(held()).toMatchObject([{ key: `new_interests=${field()}`, reason: 'no-such-option' }]);
});

describe('options that are paired otherwise than before', () => {
  const pairs = (first: string, second: string) => [
    { dynamics: 1, activeCampaign: first },
    { dynamics: 2, activeCampaign: second },
  ];
  const both = () => [rowByEmail(engine, 'lead', email)?.new_interests, products()];
  beforeEach(async () => {
    mapOptions(pairs('Training', 'Spare parts'));
    engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email, new_interests: '1' });
    await engine.run();
  });

  it.each([
    ['dynamics', ['1', '||Spare parts||']],
    ['activeCampaign', ['2', '||Training||']],
  ] as const)('no value passes for an edit because it means something else now: %s wins', async (conflictWinner, expected) => {
    expect(both()).toEqual(['1', '||Training||']);
    mapOptions(pairs('Spare parts', 'Training'), conflictWinner);
    await engine.run();
    expect([both(), held()]).toEqual([expected, []]);
    const quiet = await engine.run();
    expect([quiet.counts.toDynamics.updated, quiet.counts.toActiveCampaign.updated]).toEqual([0, 0]);
  });

  it('the same pairs in another order are the same', async () => {
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: { 'Preferred products': '||Spare parts||' } });
    mapOptions(pairs('Training', 'Spare parts').reverse());
    await engine.run();
    expect(both()).toEqual(['2', '||Spare parts||']);
  });
});
