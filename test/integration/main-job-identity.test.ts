import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagNames } from '../../shared/tags.ts';
import { membership, rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';
import { having, textWith } from '../support/matching.ts';

/** Who is who, and who takes part, over several runs. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
});
afterEach(() => engine.close());

const ada = { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com', telephone1: '+44 1' };
const adaId = () => {
  const person = engine.office.personByEmail('ada@example.com');
  if (person === null) throw new Error('Ada is not in ActiveCampaign');
  return person.id;
};
const unlinked = () => engine.logged.filter(({ event }) => event === 'person.unlinked').map(({ details }) => details?.reason);

describe('taking the pair of tags away', () => {
  it('ends the sync of that person, says so, and deletes nothing', async () => {
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    engine.office.removeTag(adaId(), tagNames.pushed);
    await engine.run();
    expect(unlinked()).toEqual(['tags-removed']);
    expect(engine.logged.find(({ event }) => event === 'person.unlinked')).toMatchObject({
      person: { email: 'ada@example.com', dynamics: { entity: 'lead', id: lead } },
      message: textWith('the pair of D365 tags was taken away in ActiveCampaign'),
    });
    engine.sales.edit('lead', lead, { firstname: 'Augusta' });
    engine.office.edit(adaId(), { phone: '+44 2' });
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ firstName: 'Ada', phone: '+44 2', tags: [tagNames.lead] });
    expect(engine.sales.row('lead', lead)?.columns).toMatchObject({ firstname: 'Augusta', telephone1: '+44 1' });
  });

  it('can be taken back by giving it again', async () => {
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    engine.office.removeTag(adaId(), tagNames.lead);
    await engine.run();
    engine.office.addTag(adaId(), tagNames.lead);
    await engine.run();
    engine.sales.edit('lead', lead, { firstname: 'Augusta' });
    await engine.run();
    expect(engine.office.personByEmail('ada@example.com')).toMatchObject({ firstName: 'Augusta' });
    expect(engine.sales.count('lead')).toBe(1);
  });
});

describe('a changed e-mail address', () => {
  it('goes from Dynamics to the same person in ActiveCampaign', async () => {
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    const id = adaId();
    engine.sales.edit('lead', lead, { emailaddress1: 'countess@example.com' });
    await engine.run();
    expect(engine.office.people()).toEqual([
      expect.objectContaining({ id, email: 'countess@example.com', tags: [tagNames.lead, tagNames.pushed] }),
    ]);
  });

  it('goes from ActiveCampaign to the same row in Dynamics', async () => {
    const contact = engine.sales.create('contact', ada);
    await engine.run();
    engine.office.edit(adaId(), { email: 'countess@example.com' });
    await engine.run();
    expect(engine.sales.row('contact', contact)?.columns.emailaddress1).toBe('countess@example.com');
    expect([engine.sales.count('contact'), engine.office.people().length]).toEqual([1, 1]);
  });

  it('in another spelling alone is no change', async () => {
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    engine.sales.edit('lead', lead, { emailaddress1: 'Ada@EXAMPLE.com' });
    const run = await engine.run();
    expect(run.counts.toActiveCampaign.updated).toBe(0);
    expect(engine.office.personByEmail('ada@example.com')?.email).toBe('ada@example.com');
  });
});

describe('a qualified lead', () => {
  it.each([
    { origin: 'from Dynamics', tag: tagNames.pushed },
    { origin: 'from ActiveCampaign', tag: tagNames.pulled },
  ])('that came $origin hands its person to its contact, and the tags follow', async ({ tag }) => {
    if (tag === tagNames.pushed) engine.sales.create('lead', ada);
    else {
      const { id } = engine.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace', phone: '+44 1' });
      for (const name of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, name);
    }
    await engine.run();
    const lead = [...engine.sales.rows('lead')][0];
    const contact = engine.sales.qualify(lead?.id ?? '');
    const run = await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([tagNames.contact, tag]);
    expect(run).toMatchObject({ outcome: 'ok', counts: { toActiveCampaign: { created: 0 }, toDynamics: { created: 0, updated: 0 } } });
    engine.sales.edit('contact', contact, { telephone1: '+44 3' });
    engine.office.edit(adaId(), { firstName: 'Augusta' });
    await engine.run();
    expect(engine.office.people()).toEqual([expect.objectContaining({ phone: '+44 3', firstName: 'Augusta' })]);
    expect(engine.sales.row('contact', contact)?.columns).toMatchObject({ firstname: 'Augusta', telephone1: '+44 3' });
    expect(engine.sales.row('lead', lead?.id ?? '')?.columns.firstname).toBe('Ada');
  });
});

it('a qualified lead hands its person over although its contact has got another address since', async () => {
  const lead = engine.sales.create('lead', ada);
  await engine.run();
  const id = adaId();
  const contact = engine.sales.qualify(lead);
  engine.sales.edit('contact', contact, { emailaddress1: 'countess@example.com' });
  await engine.run();
  expect(engine.office.people()).toEqual([
    expect.objectContaining({ id, email: 'countess@example.com', tags: [tagNames.contact, tagNames.pushed] }),
  ]);
});

it('who is linked with the loser of a merge goes on with the winner', async () => {
  const loser = engine.sales.create('lead', ada);
  await engine.run();
  const winner = engine.sales.create('lead', { ...ada, emailaddress1: 'augusta@example.com' });
  engine.sales.merge('lead', winner, loser);
  await engine.run();
  expect(engine.office.people()).toEqual([
    expect.objectContaining({ email: 'augusta@example.com', tags: [tagNames.lead, tagNames.pushed] }),
  ]);
});

describe('a row that another one is merged into while the tags of its person are taken away', () => {
  it.each([
    { winner: 'of the same person stays out', address: 'ada@example.com', people: ['ada@example.com'] },
    {
      winner: 'of somebody else syncs as that somebody',
      address: 'augusta@example.com',
      people: ['ada@example.com', 'augusta@example.com'],
    },
  ])('$winner', async ({ address, people }) => {
    const loser = engine.sales.create('lead', ada);
    await engine.run();
    const winner = engine.sales.create('lead', { ...ada, emailaddress1: address });
    engine.sales.merge('lead', winner, loser);
    engine.office.removeTag(adaId(), tagNames.lead);
    await engine.run();
    expect(unlinked()).toEqual(['tags-removed']);
    expect(engine.office.people().map(({ email }) => email)).toEqual(people);
    expect(engine.office.person(adaId())?.tags).toEqual([tagNames.pushed]);
  });
});

describe('a record that is gone', () => {
  it('in Dynamics ends the link and leaves the person where they are', async () => {
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    engine.sales.delete('lead', lead);
    await engine.run();
    expect(unlinked()).toEqual(['record-gone']);
    await engine.run();
    expect(engine.office.people()).toHaveLength(1);
    expect(engine.sales.count('lead')).toBe(0);
  });

  it('in ActiveCampaign ends the link, leaves the row, and is not pushed again', async () => {
    engine.sales.create('lead', ada);
    await engine.run();
    engine.office.delete(adaId());
    await engine.run();
    expect(unlinked()).toEqual(['person-gone']);
    await engine.run();
    expect(engine.office.people()).toEqual([]);
    expect(engine.sales.count('lead')).toBe(1);
  });
});

describe('one address on several rows', () => {
  it('syncs the contact before the lead, and says who shares it', async () => {
    const contact = engine.sales.create('contact', ada);
    const lead = engine.sales.create('lead', ada);
    await engine.run();
    expect(membership(engine, 'ada@example.com')).toEqual([tagNames.contact, tagNames.pushed]);
    expect(engine.logged.filter(({ event }) => event === 'person.held')).toEqual([
      expect.objectContaining({
        person: having({ dynamics: { entity: 'lead', id: lead } }),
        details: having({ reason: 'shared-email' }),
        message: `Shares the e-mail address ada@example.com with the contact ${contact}, which goes before it`,
      }),
    ]);
  });

  it('holds who was tagged in ActiveCampaign and could be either of two, and picks none', async () => {
    const leads = [engine.sales.create('lead', ada), engine.sales.create('lead', { ...ada, firstname: 'Augusta' })];
    const { id } = engine.office.create('ada@example.com', { firstName: 'A.', lastName: 'L.' });
    for (const name of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, name);
    const run = await engine.run();
    expect(engine.office.person(id)).toMatchObject({ firstName: 'A.', lastName: 'L.', tags: [tagNames.lead, tagNames.pulled] });
    expect(leads.map((lead) => engine.sales.row('lead', lead)?.columns.firstname)).toEqual(['Ada', 'Augusta']);
    expect(run).toMatchObject({ outcome: 'attention', counts: { toActiveCampaign: { linked: 0 }, toDynamics: { created: 0, linked: 0 } } });
    const held = engine.logged.find(({ details }) => details?.reason === 'several-matches');
    expect(held?.message).toContain(leads[0]);
    expect(held?.message).toContain(leads[1]);

    engine.sales.delete('lead', leads[1] ?? '');
    const after = await engine.run();
    expect(after).toMatchObject({ outcome: 'ok', counts: { toDynamics: { created: 0, linked: 1 }, held: 0 } });
    expect(engine.office.person(id)).toMatchObject({ firstName: 'Ada', tags: [tagNames.lead, tagNames.pulled] });
  });
});

describe('a person without a last name', () => {
  it('is created in Dynamics under the local part of the address, and keeps none in ActiveCampaign', async () => {
    const { id } = engine.office.create('grace.hopper@example.com');
    for (const name of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, name);
    await engine.run();
    await engine.run();
    expect(rowByEmail(engine, 'lead', 'grace.hopper@example.com')).toMatchObject({
      lastname: 'grace.hopper',
      subject: 'ActiveCampaign: grace.hopper@example.com',
    });
    expect(engine.office.person(id)?.lastName).toBe('');
  });
});
