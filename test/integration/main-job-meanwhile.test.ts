import { afterEach, expect, it } from 'vitest';
import { TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { tagNames } from '../../shared/tags.ts';
import { rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';

/** What others do on either side while a run is under way, between its reading and its writing. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

/** Does something once, right before the first request that `isIt`. */
function rightBefore(isIt: (request: Parameters<SampleHandler>[0]) => boolean, deed: () => void) {
  let due = false;
  return {
    arm: () => {
      due = true;
    },
    around:
      (handler: SampleHandler): SampleHandler =>
      (request) => {
        if (due && isIt(request)) {
          due = false;
          deed();
        }
        return handler(request);
      },
  };
}

const isBatch = ({ method, url }: Parameters<SampleHandler>[0]) => method === 'POST' && url.endsWith('/$batch');

/** A lead that both sides know. */
async function linkedLead(options: EngineUnderTestOptions): Promise<{ readonly person: number; readonly row: string }> {
  engine = await openEngine(options);
  const row = engine.sales.create('lead', {
    firstname: 'Ada',
    lastname: 'Lovelace',
    telephone1: '1',
    emailaddress1: 'ada@example.com',
  });
  await engine.run();
  const person = engine.office.personByEmail('ada@example.com');
  if (person === null) throw new Error('the lead did not arrive');
  return { person: person.id, row };
}

it('a row that somebody edits between reading and writing keeps the edit, and the other side’s edit arrives all the same', async () => {
  const edit = rightBefore(isBatch, () => engine.sales.edit('lead', row, { lastname: 'King' }));
  const { person, row } = await linkedLead({ around: { dynamics: edit.around } });
  engine.office.edit(person, { phone: '2' });
  edit.arm();
  await engine.run();
  await engine.run();
  expect([rowByEmail(engine, 'lead', 'ada@example.com'), engine.office.person(person)]).toMatchObject([
    { lastname: 'King', telephone1: '2' },
    { lastName: 'King', phone: '2' },
  ]);
});

it('an edit of the same field between reading and writing follows the conflict rule, not the clock', async () => {
  const edit = rightBefore(isBatch, () => engine.sales.edit('lead', row, { telephone1: '3' }));
  const { person, row } = await linkedLead({ around: { dynamics: edit.around } });
  engine.office.edit(person, { phone: '2' });
  edit.arm();
  await engine.run();
  await engine.run();
  expect([rowByEmail(engine, 'lead', 'ada@example.com'), engine.office.person(person)]).toMatchObject([
    { telephone1: '3' },
    { phone: '3' },
  ]);
});

it('a person whom somebody edits between reading and writing keeps the edit where ActiveCampaign wins', async () => {
  // The delta of the contacts is the last thing that a run reads.
  const edit = rightBefore(
    ({ url }) => url.includes('/contacts') && url.includes('deltatoken'),
    () => engine.office.edit(person, { phone: '3' }),
  );
  const { person, row } = await linkedLead({
    around: { dynamics: edit.around },
    settings: (settings) => ({
      ...settings,
      dataConfiguration: { ...settings.dataConfiguration, lead: { ...settings.dataConfiguration.lead, conflictWinner: 'activeCampaign' } },
    }),
  });
  engine.sales.edit('lead', row, { telephone1: '2' });
  edit.arm();
  await engine.run();
  await engine.run();
  expect([rowByEmail(engine, 'lead', 'ada@example.com'), engine.office.person(person)]).toMatchObject([
    { telephone1: '3' },
    { phone: '3' },
  ]);
});

it('many changed addresses are changed on the same people, not given to new ones', async () => {
  engine = await openEngine();
  const rows = Array.from({ length: 12 }, (_, index) =>
    engine.sales.create('contact', { lastname: `Person ${index}`, emailaddress1: `old-${index}@example.com` }),
  );
  await engine.run();
  const before = engine.office.people().map(({ id, email }) => [id, email.replace('old-', 'new-')]);
  for (const [index, row] of rows.entries()) engine.sales.edit('contact', row, { emailaddress1: `new-${index}@example.com` });
  await engine.run();
  expect(engine.office.people().map(({ id, email }) => [id, email])).toEqual(before);
});

it('a creation whose answer is lost is counted and linked in the same run', async () => {
  let lose = false;
  const losing =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      const answer = await handler(request);
      if (!lose || !isBatch(request)) return answer;
      lose = false;
      throw new TransportError('connection-lost', 'the answer was lost');
    };
  engine = await openEngine({ around: { dynamics: losing } });
  await engine.run();
  const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace' });
  engine.office.addTag(id, tagNames.lead);
  engine.office.addTag(id, tagNames.pulled);
  lose = true;
  const run = await engine.run();
  expect([run.outcome, run.counts.toDynamics, engine.sales.count('lead'), engine.store.links.countActive()]).toEqual([
    'ok',
    { created: 1, updated: 0, linked: 0 },
    1,
    1,
  ]);
});

it('an edit during the first reading of all rows arrives, on whatever page the row was', async () => {
  const pages = rightBefore(
    ({ url }) => url.includes('/leads') && url.includes('skiptoken'),
    () => engine.sales.edit('lead', rows[0] ?? '', { telephone1: '2' }),
  );
  engine = await openEngine({ around: { dynamics: pages.around }, dynamics: { pageSize: 2 } });
  const rows = ['ada', 'bo', 'cleo'].map((name) =>
    engine.sales.create('lead', { lastname: name, telephone1: '1', emailaddress1: `${name}@example.com` }),
  );
  // Pages come in the order of the ids.
  rows.sort();
  pages.arm();
  await engine.run();
  await engine.run();
  const phones = rows
    .map((row) => String(engine.sales.row('lead', row)?.columns.emailaddress1))
    .map((email) => engine.office.personByEmail(email)?.phone);
  expect(phones).toEqual(['2', '1', '1']);
});
