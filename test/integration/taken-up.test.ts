import { afterEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { tagNames } from '../../shared/tags.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** A run takes up what an earlier one has decided and could not write. Others have worked in between. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const isCreation = ({ body = '' }: Parameters<SampleHandler>[0]) => body.includes('If-None-Match');

/** A person who is to become a lead; Dynamics is out of reach when it comes to it, or nobody hears that it has done it. */
async function creationThatWaits(lost: 'the request' | 'the answer' = 'the request'): Promise<{ readonly person: number }> {
  let reachable = false;
  const around =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      if (reachable || !isCreation(request)) return handler(request);
      if (lost === 'the answer') await handler(request);
      throw new TransportError('connection-lost', 'Dynamics is out of reach');
    };
  engine = await openEngine({ around: { dynamics: around } });
  const { id } = engine.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace' });
  for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
  const failed = await engine.run();
  expect([failed.outcome, engine.store.outbox.countPending()]).toEqual(['failed', 1]);
  reachable = true;
  return { person: id };
}

const sides = () => ({
  leads: [...engine.sales.rows('lead')].map(({ columns }) => columns.lastname),
  contacts: [...engine.sales.rows('contact')].map(({ columns }) => columns.lastname),
  links: engine.store.links.page(0, 10).map(({ entity, personId, state }) => [entity, personId, state]),
});

describe('a creation that waits', () => {
  it('is made when nothing has changed', async () => {
    const { person } = await creationThatWaits();
    await engine.run();
    expect(sides()).toEqual({ leads: ['Lovelace'], contacts: [], links: [['lead', String(person), 'active']] });
  });

  it.each([
    { table: 'lead', leads: ['Byron'], contacts: [] },
    { table: 'contact', leads: [], contacts: ['Byron'] },
  ] as const)('gives way to a $table that somebody has made for the same address', async ({ table, leads, contacts }) => {
    const { person } = await creationThatWaits();
    engine.sales.create(table, { lastname: 'Byron', emailaddress1: 'Ada@Example.com' });
    await engine.run();
    expect(sides()).toEqual({ leads, contacts, links: [[table, String(person), 'active']] });
    expect(engine.office.person(person)?.lastName).toBe('Byron');
  });

  it('is taken for made when it was, though the row has become a contact under the same address since', async () => {
    const { person } = await creationThatWaits('the answer');
    engine.configure((settings) => ({
      ...settings,
      dataConfiguration: { ...settings.dataConfiguration, contact: { ...settings.dataConfiguration.contact, enabled: false } },
    }));
    engine.sales.qualify([...engine.sales.rows('lead')][0]?.id ?? '');
    await engine.run();
    expect(sides()).toEqual({ leads: ['Lovelace'], contacts: ['Lovelace'], links: [['lead', String(person), 'active']] });
  });

  it('is held when several rows have got the address', async () => {
    await creationThatWaits();
    for (const lastname of ['Byron', 'King']) engine.sales.create('lead', { lastname, emailaddress1: 'ada@example.com' });
    const run = await engine.run();
    expect(sides()).toEqual({ leads: ['Byron', 'King'], contacts: [], links: [] });
    expect(run).toMatchObject({ outcome: 'attention', counts: { toDynamics: { created: 0, linked: 0 } } });
  });
});
