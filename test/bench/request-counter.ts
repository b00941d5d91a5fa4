import type { HttpRequest, HttpTransport } from '../../main/connections/http/transport.ts';

/** Requests by what they are for; sign-in is not counted. */
export interface Requests {
  readonly activeCampaign: { readonly imports: number; readonly others: number };
  readonly dynamics: { readonly reads: number; readonly batches: number };
}

export interface RequestCounter {
  readonly transport: HttpTransport;
  /** What was sent since the last call. */
  take(): Requests;
}

export function countRequests(transport: HttpTransport): RequestCounter {
  let counts = none();
  return {
    transport: (request, limits) => {
      count(counts, request);
      return transport(request, limits);
    },
    take: () => {
      const taken = counts;
      counts = none();
      return taken;
    },
  };
}

const none = () => ({ activeCampaign: { imports: 0, others: 0 }, dynamics: { reads: 0, batches: 0 } });

function count(counts: ReturnType<typeof none>, { method, url }: HttpRequest): void {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/api/3/'))
    counts.activeCampaign[pathname.endsWith('/bulk_import') && method === 'POST' ? 'imports' : 'others'] += 1;
  else if (pathname.startsWith('/api/data/')) counts.dynamics[pathname.endsWith('/$batch') ? 'batches' : 'reads'] += 1;
}
