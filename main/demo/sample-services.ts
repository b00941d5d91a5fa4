import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import { systemRandom } from '../ports/random.ts';
import { createSampleActiveCampaign, type SampleActiveCampaign } from './activecampaign/service.ts';
import { createDataSet } from './data-set/create.ts';
import { organizationId } from './dynamics/environment.ts';
import { createSampleDynamics, type SampleDynamics } from './dynamics/service.ts';
import { sampleApplication, sampleDirectory } from './entra/directory.ts';
import { createSampleEntra } from './entra/service.ts';
import { type LoopbackServer, serveOnLoopback } from './loopback-server.ts';
import { createMemoryStore, openFileStore, type SampleStore } from './sample-store.ts';

/** The built-in sample services, running on loopback, and what a person would type to connect to them. */
export interface SampleServices {
  readonly activeCampaign: { readonly apiUrl: string; readonly key: string };
  readonly dynamics: {
    readonly environmentUrl: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** Where the sign-in goes in the place of Microsoft's. */
  readonly entraUrl: string;
  /** The people of the other side: those who work in the sample account and in the sample environment. */
  readonly office: SampleActiveCampaign['office'];
  readonly salesPeople: SampleDynamics['salesPeople'];
  close(): Promise<void>;
}

export interface SampleServicesOptions {
  /** Where the services keep their rows, so that they are found again at the next start; null keeps them in memory. */
  readonly directory: string | null;
  readonly clock: Clock;
  /** Seed of the sample data. */
  readonly seed?: number;
  readonly size?: Parameters<typeof createDataSet>[1];
  /** Ports of an earlier start: links that the services handed out then stay good. Another one is taken where it is in use. */
  readonly ports?: { readonly activeCampaign: number | null; readonly dynamics: number | null };
  /** False takes the limits on requests away, for measurements. */
  readonly limits?: boolean;
}

const sampleKey = 'sample-api-key-for-loopback-only';
const defaultSeed = 365;
const visitorEveryMs = 10 * 60_000;

const sampleEnvironment = { id: organizationId, uniqueName: 'leadferrysample', friendlyName: 'Leadferry Sample (Nordics)' };

export async function startSampleServices(options: SampleServicesOptions): Promise<SampleServices> {
  const { directory, clock, seed = defaultSeed, size, ports, limits = true } = options;
  const open = (name: string): SampleStore => (directory === null ? createMemoryStore() : openFileStore(join(directory, name)));
  const stores = [open('sample-activecampaign.sqlite'), open('sample-dynamics.sqlite')] as const;
  const data = createDataSet(seed, size);
  let environmentUrl: string | null = null;
  const entra = createSampleEntra({
    clock,
    random: systemRandom,
    environments: () => (environmentUrl === null ? [] : [{ ...sampleEnvironment, url: environmentUrl }]),
  });
  const account = createSampleActiveCampaign({
    store: stores[0],
    clock,
    random: systemRandom,
    apiKey: sampleKey,
    people: data.people,
    limits,
    visitors: { automation: 'Webinar follow-up', everyMs: visitorEveryMs },
  });
  const environment = createSampleDynamics({ store: stores[1], clock, random: systemRandom, verifyToken: entra.verifyToken, data });
  const servers = await Promise.all([
    serveOnPort(account.handle, ports?.activeCampaign ?? null),
    serveOnPort(environment.handle, ports?.dynamics ?? null),
    serveOnLoopback(entra.handle),
  ]);
  const [activeCampaign, dynamics, login] = servers;
  environmentUrl = dynamics.url;
  return {
    activeCampaign: { apiUrl: activeCampaign.url, key: sampleKey },
    dynamics: {
      environmentUrl: dynamics.url,
      tenantId: sampleDirectory.tenantId,
      clientId: sampleApplication.clientId,
      clientSecret: sampleApplication.secret,
    },
    entraUrl: login.url,
    office: account.office,
    salesPeople: environment.salesPeople,
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
      for (const store of stores) store.close();
    },
  };
}

async function serveOnPort(handler: Parameters<typeof serveOnLoopback>[0], port: number | null): Promise<LoopbackServer> {
  if (port === null) return serveOnLoopback(handler);
  try {
    return await serveOnLoopback(handler, { port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return serveOnLoopback(handler);
    throw error;
  }
}
