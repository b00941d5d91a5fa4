import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';

/** Once a day everybody in ActiveCampaign is read, as a check on what stamps and counters tell. */

const hourMs = 3_600_000;
const people = 250;

let engine: EngineUnderTest;
afterEach(() => engine.close());

const isPage = ({ url }: Parameters<SampleHandler>[0]) => url.includes('/contacts?limit=100');
/** A page of the check: everybody, whatever has changed. */
const isCheck = (request: Parameters<SampleHandler>[0]) => isPage(request) && !request.url.includes('updated_after');

/** 250 people who do not take part and one who does, a day after everybody was read. */
async function aDayLater(options: EngineUnderTestOptions = {}) {
  engine = await openEngine(options);
  for (let number = 1; number <= people; number += 1) engine.office.create(`${number}@example.com`);
  engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await engine.run();
  await engine.run();
  engine.clock.pass(24 * hourMs);
  const ada = engine.office.personByEmail('ada@example.com');
  if (ada === null) throw new Error('the lead did not arrive');
  engine.activeCampaign.requests.clear();
  return ada.id;
}

const contactReads = () =>
  engine.activeCampaign.requests
    .lines()
    .filter((line) => line.startsWith('GET /api/3/contacts?'))
    .map((line) => line.replace('GET /api/3/contacts?', '').replace('&include=contactTags,fieldValues,contactLists', ''));

it('comes after the writing, and the next run reads who has changed since it began', async () => {
  const ada = await aDayLater();
  const since = /updated_after\]=(\S+?)(?:&|$)/;
  engine.office.edit(ada, { phone: '1' });
  await engine.run();
  const reads = contactReads();
  expect([rowByEmail(engine, 'lead', 'ada@example.com')?.telephone1, reads.map((line) => line.replace(since, 'updated_after]=…'))]).toEqual(
    [
      '1',
      [
        'limit=100&orders[id]=ASC&filters[updated_after]=…',
        'limit=1&status=2',
        'limit=100&orders[id]=ASC',
        'limit=100&orders[id]=ASC&id_greater=100',
        'limit=100&orders[id]=ASC&id_greater=200',
        'limit=1&status=2',
      ],
    ],
  );

  const checkedAt = engine.clock.now();
  engine.activeCampaign.requests.clear();
  await engine.run();
  const next = Date.parse(since.exec(contactReads()[0] ?? '')?.[1] ?? '');
  const overlapMs = 5 * 60_000;
  expect([contactReads().length, checkedAt - next < overlapMs + 10_000]).toEqual([2, true]);
});

it('asks at half the pace of everything else', async () => {
  const starts: number[] = [];
  await aDayLater({
    around: {
      activeCampaign: (handler) => (request) => {
        if (isCheck(request)) starts.push(engine.clock.monotonic());
        return handler(request);
      },
    },
  });
  starts.length = 0;
  await engine.run();
  const spacings = starts.slice(1).map((start, index) => Math.round(start - (starts[index] ?? 0)));
  expect(spacings).toEqual([421, 421]);
});

it('carries out in the same run what no stamp and no counter has told', async () => {
  let silent = false;
  const ada = await aDayLater({
    around: {
      activeCampaign: (handler) => async (request) => {
        const response = await handler(request);
        const hidden = silent && request.url.includes('updated_after');
        return hidden ? { ...response, body: JSON.stringify({ contacts: [], meta: { total: '0' } }) } : response;
      },
    },
  });
  silent = true;
  engine.office.edit(ada, { phone: '1' });
  engine.office.delete(9);
  await engine.run();
  expect([
    rowByEmail(engine, 'lead', 'ada@example.com')?.telephone1,
    engine.logged.filter(({ event }) => event === 'people.gone').map(({ message }) => message),
    engine.store.people.count(),
  ]).toEqual(['1', ['1 people no longer exist in ActiveCampaign'], people]);
});

it('ends nobody’s sync for a page that comes short: who was not met is asked for by id', async () => {
  const page = z.object({ contacts: z.array(z.unknown()) }).loose();
  let short = false;
  const ada = await aDayLater({
    around: {
      activeCampaign: (handler) => async (request) => {
        const response = await handler(request);
        if (!short || !isCheck(request) || request.url.includes('ids')) return response;
        const { contacts, ...rest } = page.parse(JSON.parse(response.body));
        return { ...response, body: JSON.stringify({ ...rest, contacts: contacts.slice(0, 40) }) };
      },
    },
  });
  short = true;
  const run = await engine.run();
  expect([run.outcome, engine.store.links.ofPerson(activeCampaignId(ada))?.state, engine.store.people.count()]).toEqual([
    'ok',
    'active',
    people + 1,
  ]);
});

it('that takes too long goes on in the next run where it was', async () => {
  let slow = false;
  await aDayLater({
    around: {
      activeCampaign: (handler) => (request) => {
        // Each page takes ten minutes of the quarter of an hour that a check has between hourly runs.
        if (slow && isCheck(request)) engine.clock.pass(10 * 60_000);
        return handler(request);
      },
    },
  });
  slow = true;
  const pages: string[][] = [];
  for (let run = 1; run <= 3; run += 1) {
    engine.activeCampaign.requests.clear();
    await engine.run();
    pages.push(contactReads().filter((line) => line.startsWith('limit=100') && !line.includes('updated_after')));
  }
  expect(pages).toEqual([
    // The third one was asked for while the second was worked on.
    ['limit=100&orders[id]=ASC', 'limit=100&orders[id]=ASC&id_greater=100', 'limit=100&orders[id]=ASC&id_greater=200'],
    ['limit=100&orders[id]=ASC&id_greater=200'],
    [],
  ]);
});
