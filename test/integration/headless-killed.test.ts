import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import { between } from '../../main/demo/data-set/pick.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openDatabase } from '../../main/store/open.ts';
import { openSyncStore } from '../../main/store/sync-store.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { everybody, everyLink } from '../support/both-sides.ts';
import { openEngine } from '../support/engine-under-test.ts';
import { createDataDirectory, environmentOf, type HeadlessProcess, startHeadless } from '../support/headless-process.ts';
import { startServices } from '../support/running-services.ts';
import { workOnBothSides } from '../support/work-on-both-sides.ts';

/**
 * The real process is ended by `kill -9` at fifty moments of Initial Syncs and of the runs after them, over HTTP, and started again each time.
 * Both sides work on between two finished runs. In the end everything is as if nothing had ever been killed.
 */
const lives = 10;
const killsInALife = 5;
/** Requests of one start before it is killed; the shortest run makes fewer, and ends in peace now and then. */
const latestKill = 24;
const timeoutMs = 600_000;

/** The work of one day changes much of so few people. */
const safety: Settings['safety'] = {
  ...defaultSettings.safety,
  maxUpdatesPercent: 100,
  maxBlankedPercent: 100,
  maxOptOutsPercent: 100,
  maxVanishedPercent: 100,
};

const dataOf = (life: number) => createDataSet(life, { leads: 18, contacts: 8, people: 9 });

interface Kill {
  /** Requests that both services have seen since this start. */
  readonly request: number;
  /** Whether the service did its work for this request; the answer never arrives. */
  readonly served: boolean;
}

/** How a life with kills in it went. */
interface Killed {
  readonly kills: readonly Kill[];
  readonly days: number;
  readonly sides: unknown;
  readonly links: unknown;
}

async function livedThroughKills(life: number): Promise<Killed> {
  const random = seededRandom(life);
  const drawKill = (): Kill => ({ request: between(random, 1, latestKill), served: random.fraction() < 0.5 });
  let running: HeadlessProcess | null = null;
  let next: Kill | null = null;
  let seen = 0;
  const around =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      seen += 1;
      if (seen !== next?.request || running === null) return handler(request);
      const { child, ended } = running;
      if (!next.served) {
        child.kill('SIGKILL');
        await ended;
      }
      const answer = await handler(request);
      child.kill('SIGKILL');
      await ended;
      return answer;
    };
  const services = await startServices({ clock: systemClock, data: dataOf(life), around: { activeCampaign: around, dynamics: around } });
  const directory = createDataDirectory();
  directory.configure({ ...services.connection, safety });
  try {
    const kills: Kill[] = [];
    let days = 0;
    for (let done = false; !done; ) {
      next = kills.length < killsInALife ? drawKill() : null;
      seen = 0;
      running = startHeadless(['--data-dir', directory.path, '--runs', '1', '--json', '--time-scale', '36000'], environmentOf(services));
      const { status, signal, stdout, stderr } = await running.ended;
      if (signal === 'SIGKILL' && next !== null) {
        kills.push(next);
        continue;
      }
      if (status !== 0)
        throw new Error(`It ended with ${status ?? signal} after the kills ${JSON.stringify(kills)}: ${stdout.slice(-1000)}${stderr}`);
      done = kills.length === killsInALife;
      if (done) break;
      days += 1;
      workOnBothSides(services, days);
    }
    const database = openDatabase(join(directory.path, 'leadferry.sqlite'));
    const links = everyLink(services, openSyncStore(database));
    database.close();
    return { kills, days, sides: everybody(services), links };
  } finally {
    await services.close();
    directory.remove();
  }
}

async function livedInPeace(life: number, days: number): Promise<Pick<Killed, 'sides' | 'links'>> {
  const engine = await openEngine({ data: dataOf(life), settings: (settings) => ({ ...settings, safety }) });
  await engine.run();
  for (let day = 1; day <= days; day += 1) {
    workOnBothSides(engine, day);
    await engine.run();
  }
  const lived = { sides: everybody(engine), links: everyLink(engine, engine.store) };
  await engine.close();
  return lived;
}

describe.concurrent(`kill -9 at ${lives * killsInALife} moments`, () => {
  it.each(Array.from({ length: lives }, (_, index) => index + 1))('life %i', { timeout: timeoutMs }, async (life) => {
    const { kills, days, ...lived } = await livedThroughKills(life);
    expect({ kills, ...lived }).toEqual({ kills, ...(await livedInPeace(life, days)) });
  });
});
