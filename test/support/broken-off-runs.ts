import { expect } from 'vitest';
import { TransportError } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import type { Run } from '../../main/store/runs.ts';
import { tagNames } from '../../shared/tags.ts';
import { type EngineUnderTest, openEngine } from './engine-under-test.ts';

/** Runs that could not write all that they had decided, and what is there afterwards. */

const isCreation = ({ body = '' }: Parameters<SampleHandler>[0]) => body.includes('If-None-Match');

/** Dynamics or ActiveCampaign fails on what `fails` names, until it is let go. */
export function outOfReach(fails: (request: Parameters<SampleHandler>[0]) => boolean) {
  let reachable = false;
  return {
    letGo: () => {
      reachable = true;
    },
    around:
      (handler: SampleHandler): SampleHandler =>
      async (request) => {
        if (!reachable && fails(request)) throw new TransportError('connection-lost', 'out of reach');
        return handler(request);
      },
  };
}

/** A person who is to become a lead; Dynamics is out of reach when it comes to it, or nobody hears that it has done it. */
export async function openCreationThatWaits(
  lost: 'the request' | 'the answer' = 'the request',
): Promise<{ readonly engine: EngineUnderTest; readonly person: number }> {
  let reachable = false;
  const around =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      if (reachable || !isCreation(request)) return handler(request);
      if (lost === 'the answer') await handler(request);
      throw new TransportError('connection-lost', 'Dynamics is out of reach');
    };
  const engine = await openEngine({ around: { dynamics: around } });
  const { id } = engine.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace' });
  for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
  const failed = await engine.run();
  expect([failed.outcome, engine.store.outbox.countPending()]).toEqual(['failed', 1]);
  reachable = true;
  return { engine, person: id };
}

export const sidesOf = (engine: EngineUnderTest) => ({
  leads: [...engine.sales.rows('lead')].map(({ columns }) => columns.lastname),
  contacts: [...engine.sales.rows('contact')].map(({ columns }) => columns.lastname),
  links: engine.store.links.page(0, 10).map(({ entity, personId, state }) => [entity, personId, state]),
});

export const writtenBy = (engine: EngineUnderTest, run: Run) =>
  engine.store.journal.ofRun(run.number).map(({ service, field, oldValue, newValue }) => [service, field, oldValue, newValue]);
