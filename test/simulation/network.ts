import type { HttpTransport } from '../../main/connections/http/transport.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { type Fault, withFaults } from '../sample-services/faults.ts';
import { inProcessTransport } from '../sample-services/in-process-transport.ts';
import { faults } from './faults.ts';
import { writesOf } from './requests.ts';
import type { RunStep } from './scenario.ts';
import { activeCampaignUrl, dynamicsUrl } from './settings.ts';
import type { Stage } from './stage.ts';
import type { Watch } from './watch.ts';

/** What a killed process waits for. */
const nothingMore = new Promise<never>(() => {});

/** The network: each answer takes its own time, and some never come. */
export function transportOf(stage: Stage, step: RunStep, breakOff: (error: unknown) => void, kill: () => void): HttpTransport {
  const { world, watch: watched } = stage;
  const random = seededRandom(step.salt + 7);
  const chosen = new Map(step.faults.map(({ at, fault }) => [at, fault]));
  let number = 0;
  let written = 0;
  const disturb = (fault: Fault | null) => {
    if (fault !== null) watched.disturbed();
    return fault;
  };
  const served = (handler: Watch['dynamics']) => {
    const slow: Watch['dynamics'] = async (request) => {
      const [there, back] = [random.fraction(), random.fraction()];
      if (there > 0.3) await world.clock.sleep(there * 600);
      try {
        const response = await handler(request);
        if (back > 0.5) await world.clock.sleep(back * 400);
        return response;
      } catch (error) {
        breakOff(error);
        throw error;
      }
    };
    return slow;
  };
  const faultOf = () => {
    number += 1;
    const name = chosen.get(number);
    if (name !== undefined) world.tell(`  fault: ${name}`);
    return disturb(name === undefined ? null : faults[name]);
  };
  const transport = inProcessTransport(
    {
      [activeCampaignUrl]: withFaults(served(watched.activeCampaign), faultOf, world.clock),
      [dynamicsUrl]: withFaults(served(watched.dynamics), faultOf, world.clock),
    },
    world.clock,
  );
  return async (request, limits) => {
    const { pathname, search } = new URL(request.url);
    const asked = writesOf(request);
    const line = `${request.method} ${pathname}${decodeURIComponent(search)}${asked.length === 0 ? '' : ` ${JSON.stringify(asked)}`}`;
    stage.requests += 1;
    watched.sent(request);
    if (asked.length > 0) written += 1;
    const killsHere = asked.length > 0 && step.killedAt?.number === written ? step.killedAt.kind : null;
    if (killsHere === 'beforeWrite') kill();
    try {
      const response = await (killsHere === 'beforeWrite' ? nothingMore : transport(request, limits));
      if (killsHere === 'afterWrite') kill();
      world.tell(`  ${line} ${response.status}`);
      watched.delivered(request, response);
      return response;
    } catch (error) {
      world.tell(`  ${line} ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };
}
