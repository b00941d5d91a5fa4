import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccountReader } from '../../main/application/account-reader.ts';
import { createFieldOptions } from '../../main/application/create-options.ts';
import { decide, describePerson } from '../../main/application/person.ts';
import type { LogInput } from '../../main/log/log.ts';
import { writeMeta } from '../../main/store/meta.ts';
import type { ConflictWinner, Direction, Mapping } from '../../shared/settings.ts';
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
interface Otherwise {
  readonly conflictWinner?: ConflictWinner;
  readonly direction?: Direction;
  readonly globalSync?: boolean;
}
const mapOptions = (
  options: Mapping['options'] = [],
  { conflictWinner = 'dynamics', direction = 'both', globalSync = true }: Otherwise = {},
) =>
  engine.configure(({ dataConfiguration, ...settings }) => ({
    ...settings,
    syncSettings: { ...settings.syncSettings, globalSync },
    dataConfiguration: {
      ...dataConfiguration,
      lead: {
        ...dataConfiguration.lead,
        conflictWinner,
        mappings: [
          { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' },
          { dynamics: 'new_interests', activeCampaign: field(), direction, options },
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
    mapOptions(pairs('Spare parts', 'Training'), { conflictWinner });
    await engine.run();
    expect([both(), held()]).toEqual([expected, []]);
    const quiet = await engine.run();
    expect([quiet.counts.toDynamics.updated, quiet.counts.toActiveCampaign.updated]).toEqual([0, 0]);
  });

  it.each(['dynamics', 'activeCampaign'] as const)('a conflict that was decided for an empty value in %s ends so', async (winner) => {
    mapOptions(pairs('Training', 'Spare parts'), { conflictWinner: 'ask' });
    const subject = `lead:${[...engine.sales.rows('lead')][0]?.id ?? ''}`;
    const [value, row] = winner === 'dynamics' ? ['||Spare parts||', null] : ['', '2'];
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: { 'Preferred products': value } });
    engine.sales.edit('lead', subject.slice('lead:'.length), { new_interests: row });
    await engine.run();
    const open = describePerson(engine.store, engine.settings(), subject).fields.find(({ conflict }) => conflict !== null);
    const { key = '', activeCampaign = null, dynamics = null } = open ?? {};
    decide(engine.store, engine.settings(), { subject, field: key, winner, between: { activeCampaign, dynamics } });
    mapOptions(pairs('Spare parts', 'Training'), { conflictWinner: 'ask' });
    await engine.run();
    expect([both(), held()]).toEqual([[null, ''], []]);
  });

  describe('leave everybody alone whose own option is paired as before', () => {
    const oneMore = () => [...pairs('Training', 'Spare parts'), { dynamics: 3, activeCampaign: 'Starter kit' }];
    const editPerson = (value: string) =>
      engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: { 'Preferred products': value } });
    const editRow = (value: string) => engine.sales.edit('lead', [...engine.sales.rows('lead')][0]?.id ?? '', { new_interests: value });

    it.each([
      ['changed', '||Spare parts||', ['2', '||Spare parts||']],
      ['emptied', '', [null, '']],
    ])('a field that was %s in ActiveCampaign meanwhile goes to Dynamics, though that wins conflicts', async (_how, value, expected) => {
      editPerson(value);
      mapOptions(oneMore());
      await engine.run();
      expect(both()).toEqual(expected);
    });

    it('an option that was added in Dynamics and is paired only now goes to ActiveCampaign, though that wins conflicts', async () => {
      editRow('1,3');
      mapOptions(oneMore(), { conflictWinner: 'activeCampaign' });
      await engine.run();
      expect(both()).toEqual(['1,3', '||Training||Starter kit||']);
    });

    it('an edit that waited for Global Sync goes over when that is switched on', async () => {
      mapOptions(pairs('Training', 'Spare parts'), { conflictWinner: 'activeCampaign', globalSync: false });
      editRow('2');
      await engine.run();
      mapOptions(oneMore(), { conflictWinner: 'activeCampaign' });
      await engine.run();
      expect(both()).toEqual(['2', '||Spare parts||']);
    });

    it('what somebody entered in the target of a field that goes one way stays', async () => {
      mapOptions(pairs('Training', 'Spare parts'), { direction: 'toActiveCampaign' });
      editPerson('||Spare parts||');
      await engine.run();
      mapOptions(oneMore(), { direction: 'toActiveCampaign' });
      await engine.run();
      expect(both()).toEqual(['1', '||Spare parts||']);
    });
  });

  it('because their labels have changed, are no edit either', async () => {
    const relabel = (one: string, two: string) => {
      const table = engine.store.database.prepare("SELECT value FROM meta WHERE key = 'metadata'").get()?.value;
      const metadata = JSON.parse(String(table)) as { lead: { columns: { name: string; type: { options?: unknown } }[] } };
      for (const column of metadata.lead.columns.filter(({ name }) => name === 'new_interests')) {
        column.type.options = [
          { value: 1, label: one },
          { value: 2, label: two },
        ];
      }
      writeMeta(engine.store.database, 'metadata', metadata as never);
    };
    mapOptions();
    await engine.run();
    relabel('Training', 'Spare parts');
    await engine.run();
    expect(both()).toEqual(['1', '||Training||']);
    relabel('Spare parts', 'Training');
    await engine.run();
    expect(both()).toEqual(['1', '||Spare parts||']);
  });

  it('for contacts than for leads are no edit of a lead that becomes a contact', async () => {
    const interests: Mapping = { dynamics: 'new_interests', activeCampaign: field(), direction: 'both' };
    engine.configure(({ dataConfiguration, ...settings }) => ({
      ...settings,
      dataConfiguration: {
        ...dataConfiguration,
        contact: { ...dataConfiguration.contact, mappings: [{ ...interests, options: pairs('Spare parts', 'Training') }] },
      },
    }));
    engine.sales.qualify([...engine.sales.rows('lead')][0]?.id ?? '');
    await engine.run();
    expect([rowByEmail(engine, 'contact', email)?.new_interests, products()]).toEqual(['1', '||Spare parts||']);
  });

  it('the same pairs in another order are the same', async () => {
    engine.office.edit(engine.office.personByEmail(email)?.id ?? 0, { fields: { 'Preferred products': '||Spare parts||' } });
    mapOptions(pairs('Training', 'Spare parts').reverse());
    await engine.run();
    expect(both()).toEqual(['2', '||Spare parts||']);
  });
});
