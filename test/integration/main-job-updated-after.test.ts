import { afterEach, describe, expect, it, test } from 'vitest';
import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { tagNames } from '../../shared/tags.ts';
import { rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** How finely an account tells who has changed is not documented: it is measured once, on one person. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const zones = ['utc', 'account'] as const;
const bounds = ['inclusive', 'exclusive'] as const;
type Filter = Pick<ActiveCampaignVariant, 'filterGranularity' | 'filterZone' | 'filterBound'>;
const filters: Filter[] = (['second', 'day'] as const).flatMap((filterGranularity) =>
  zones.flatMap((filterZone) => bounds.map((filterBound) => ({ filterGranularity, filterZone, filterBound }))),
);
/** Only then is a bound a second before the person's stamp below it and one a second after above it. */
const isExact = ({ filterGranularity, filterZone }: Filter) => filterGranularity === 'second' && filterZone === 'utc';

const asked = () =>
  engine.activeCampaign.requests.requests.flatMap(({ query }) => /filters\[updated_after\]=(\S+?)(?:&|$)/.exec(query)?.[1] ?? []);

describe.each(filters)('in an account that compares like %o', (filter) => {
  it('the overlap is what was measured, and an edit on either side of it is found by the next run', async () => {
    engine = await openEngine({ activeCampaign: filter });
    const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace' });
    engine.sales.create('lead', { emailaddress1: 'ada@example.com', lastname: 'Lovelace' });
    engine.clock.pass(3 * dayMs);
    const startedAt = engine.clock.now();
    await engine.run();
    engine.activeCampaign.requests.clear();

    engine.office.edit(id, { phone: '1' });
    await engine.run();
    const [since = ''] = asked();
    const overlapMs = isExact(filter) ? 5 * minuteMs : 2 * dayMs;
    const backMs = startedAt - Date.parse(since);
    expect([asked().length, Math.round(backMs / minuteMs), rowByEmail(engine, 'lead', 'ada@example.com')?.telephone1]).toEqual([
      1,
      overlapMs / minuteMs,
      '1',
    ]);
  });
});

test('a day is read again as long as there is nobody to measure on', async () => {
  engine = await openEngine();
  const startedAt = engine.clock.now();
  await engine.run();
  engine.activeCampaign.requests.clear();
  await engine.run();
  const [since = ''] = asked();
  const empty = Math.round((startedAt - Date.parse(since)) / minuteMs);
  engine.office.create('ada@example.com');
  engine.activeCampaign.requests.clear();
  await engine.run();
  expect([empty, asked().length]).toEqual([dayMs / minuteMs, 3]);
});

test('who changes in an account that was empty is found, however far ahead this machine’s clock is', async () => {
  engine = await openEngine({ clockAheadMs: 3 * dayMs });
  await engine.run();
  const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace' });
  engine.office.addTag(id, tagNames.lead);
  engine.office.addTag(id, tagNames.pulled);
  await engine.run();
  engine.office.edit(id, { phone: '1' });
  await engine.run();
  expect(rowByEmail(engine, 'lead', 'ada@example.com')).toMatchObject({ lastname: 'Lovelace', telephone1: '1' });
});
