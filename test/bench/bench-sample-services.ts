import { createActiveCampaignClient } from '../../main/connections/activecampaign/client.ts';
import { createDynamicsClient } from '../../main/connections/dynamics/client.ts';
import { createAxiosTransport } from '../../main/connections/http/axios-transport.ts';
import { createLimiter } from '../../main/connections/http/pacing.ts';
import { createMemorySecretStore } from '../../main/connections/secrets/memory-secret-store.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { createConnector, storedCredentials } from '../../main/services/connector.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { type Cost, startMeasuring } from './measure.ts';
import { openEngine } from './open-engine.ts';
import type { BenchOptions } from './options.ts';
import { countRequests, type Requests } from './request-counter.ts';
import type { Account } from './sample-process-messages.ts';
import { shiftedClock } from './shifted-clock.ts';
import { startSampleProcess } from './start-sample-process.ts';

export interface MeasuredRun {
  readonly name: string;
  /** Records that the run was about. */
  readonly records: number;
  readonly requests: Requests;
  readonly cost: Cost;
}

type Options = Extract<BenchOptions, { kind: 'sample-services' }>;

const hourMs = 60 * 60 * 1000;

/**
 * Runs against the sample services over HTTP on loopback: the Initial Sync; the first one a day later, which checks everybody; an
 * hour after it one with nothing changed; then one after so many edits, for each number of `changed`.
 */
export async function benchSampleServices(options: Options): Promise<readonly MeasuredRun[]> {
  const { records, people, changed, limits } = options;
  const clock = shiftedClock();
  const services = await startSampleProcess({ records, people, limits });
  const { transport, take } = countRequests(createAxiosTransport());
  const unlimited = createLimiter({ startsPerSecond: null, inFlight: 2 }, clock);
  const settings = settingsFor(services.account);
  const { activeCampaign, dynamics, entraUrl } = services.account;
  const engine = openEngine({
    clock,
    settings,
    async connect({ log, redactor, onRequest }) {
      const connector = createConnector({
        secrets: createMemorySecretStore({ 'activecampaign-key': activeCampaign.key, 'dynamics-client-secret': dynamics.clientSecret }),
        vault: null,
        redactor,
        transport,
        clock,
        random: systemRandom,
        log,
        signal: new AbortController().signal,
        entraUrl,
      });
      if (limits) return connector.connect(settings, onRequest);
      return {
        activeCampaign: createActiveCampaignClient({
          ...(await connector.activeCampaignOptions(activeCampaign.apiUrl, null, onRequest)),
          limiter: unlimited,
        }),
        dynamics: createDynamicsClient({
          ...(await connector.dynamicsOptions(settings.dynamics, storedCredentials, onRequest)),
          limiter: unlimited,
        }),
      };
    },
  });
  const run = async (name: string, about: number): Promise<MeasuredRun> => {
    const costSoFar = startMeasuring();
    await engine.run();
    return { name, records: about, requests: take(), cost: costSoFar() };
  };
  const wait = async (ms: number) => {
    clock.advance(ms);
    await services.advance(ms);
  };

  try {
    const initial = await run('Initial Sync', records);
    await wait(25 * hourMs);
    const sweep = await run('daily check', records);
    await wait(hourMs);
    const quiet = await run('nothing changed', 0);
    const runs = [initial, sweep, quiet];
    for (const count of changed) {
      await wait(hourMs);
      await services.edit(count);
      runs.push(await run(`${count} changed`, count));
    }
    return runs;
  } finally {
    await engine.close();
    services.close();
  }
}

function settingsFor({ activeCampaign, dynamics }: Account): Settings {
  const { environmentUrl, tenantId, clientId } = dynamics;
  return {
    ...defaultSettings,
    activeCampaign: { apiUrl: activeCampaign.apiUrl },
    dynamics: { environmentUrl, tenantId, clientId, signIn: 'application', clientSecretEndsOn: null },
  };
}
