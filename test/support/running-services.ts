import type { SecretName } from '../../main/connections/secrets/secret-store.ts';
import type { ActiveCampaignOffice } from '../../main/demo/activecampaign/office.ts';
import { createSampleActiveCampaign } from '../../main/demo/activecampaign/service.ts';
import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { DataSet } from '../../main/demo/data-set/types.ts';
import { organizationId } from '../../main/demo/dynamics/environment.ts';
import type { SalesPeople } from '../../main/demo/dynamics/sales/sales-people.ts';
import { createSampleDynamics, type SampleDynamics } from '../../main/demo/dynamics/service.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import { sampleApplication, sampleDirectory } from '../../main/demo/entra/directory.ts';
import type { DirectoryEnvironment } from '../../main/demo/entra/global-discovery.ts';
import { createSampleEntra } from '../../main/demo/entra/service.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { serveOnLoopback } from '../../main/demo/loopback-server.ts';
import { createMemoryStore } from '../../main/demo/sample-store.ts';
import type { Settings } from '../../shared/settings.ts';
import { type RequestLog, withRequestLog } from '../sample-services/request-log.ts';

/** The three sample services on loopback, without limits, with a log of what reaches them and the people who work in them. */
export interface RunningServices {
  readonly activeCampaign: { readonly url: string; readonly key: string; readonly requests: RequestLog };
  readonly dynamics: {
    readonly url: string;
    readonly requests: RequestLog;
    readonly expireChangeTracking: SampleDynamics['expireChangeTracking'];
  };
  readonly entraUrl: string;
  /** Ends every browser sign-in, as an administrator does it. */
  readonly revokeSignIns: () => void;
  readonly office: ActiveCampaignOffice;
  readonly sales: SalesPeople;
  /** What a person would type on the screen Connection. */
  readonly connection: Pick<Settings, 'activeCampaign' | 'dynamics'>;
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>;
  close(): Promise<void>;
}

export interface RunningServicesOptions {
  readonly clock: { now(): number };
  readonly data?: DataSet;
  readonly activeCampaign?: Partial<ActiveCampaignVariant>;
  /** Name of the ActiveCampaign account, where it is not the usual one. */
  readonly accountName?: string;
  readonly dynamics?: Partial<DynamicsVariant>;
  /** From the acceptance of an import to its end. Default 0. */
  readonly importDelayMs?: number;
  /** Put between the wire and a service: faults, a signal at a certain request. */
  readonly around?: { readonly activeCampaign?: Around; readonly dynamics?: Around; readonly entra?: Around };
}

type Around = (handler: SampleHandler) => SampleHandler;

const nobody: DataSet = { leads: [], contacts: [], people: [] };
const unchanged: Around = (handler) => handler;
const apiKey = 'the-key-of-the-sample-account';

export async function startServices(options: RunningServicesOptions): Promise<RunningServices> {
  const { clock, data = nobody, importDelayMs = 0, around = {} } = options;
  const random = seededRandom(20);
  const environments: DirectoryEnvironment[] = [];
  const entra = createSampleEntra({ clock, random, environments: () => environments });
  const account = createSampleActiveCampaign({
    store: createMemoryStore(),
    clock,
    random,
    apiKey,
    people: data.people,
    limits: false,
    importDelayMs,
    ...(options.activeCampaign && { variant: options.activeCampaign }),
    ...(options.accountName !== undefined && { accountName: options.accountName }),
  });
  const environment = createSampleDynamics({
    store: createMemoryStore(),
    clock,
    random,
    verifyToken: entra.verifyToken,
    data,
    ...(options.dynamics && { variant: options.dynamics }),
  });
  const requests = {
    activeCampaign: withRequestLog((around.activeCampaign ?? unchanged)(account.handle)),
    dynamics: withRequestLog((around.dynamics ?? unchanged)(environment.handle)),
  };
  const servers = await Promise.all([
    serveOnLoopback(requests.activeCampaign.handle),
    serveOnLoopback(requests.dynamics.handle),
    serveOnLoopback((around.entra ?? unchanged)(entra.handle)),
  ]);
  const [activeCampaign, dynamics, login] = servers;
  environments.push({ url: dynamics.url, id: organizationId, uniqueName: 'sample', friendlyName: 'Sample Sales' });
  return {
    activeCampaign: { url: activeCampaign.url, key: apiKey, requests: requests.activeCampaign },
    dynamics: { url: dynamics.url, requests: requests.dynamics, expireChangeTracking: environment.expireChangeTracking },
    entraUrl: login.url,
    revokeSignIns: entra.revokeSessions,
    office: account.office,
    sales: environment.salesPeople,
    connection: {
      activeCampaign: { apiUrl: activeCampaign.url },
      dynamics: {
        environmentUrl: dynamics.url,
        signIn: 'application',
        tenantId: sampleDirectory.tenantId,
        clientId: sampleApplication.clientId,
        clientSecretEndsOn: null,
      },
    },
    secrets: { 'activecampaign-key': apiKey, 'dynamics-client-secret': sampleApplication.secret },
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
