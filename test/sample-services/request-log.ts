import type { HttpRequest } from '../../main/connections/http/transport.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';

export interface LoggedRequest {
  readonly method: HttpRequest['method'];
  readonly path: string;
  /** Decoded, so that a test can be read: `limit=100&orders[id]=ASC`. */
  readonly query: string;
  readonly body: string | undefined;
  /** Null where the request got no answer. */
  readonly status: number | null;
}

export interface RequestLog {
  readonly handle: SampleHandler;
  /** In the order in which they came in. */
  readonly requests: readonly LoggedRequest[];
  /** `GET /api/3/contacts?limit=100`, one a request; with the status behind it where `withStatus`. */
  lines(withStatus?: boolean): string[];
  clear(): void;
}

/** Writes down what reaches a sample service. Put it outermost to see what a client sent, inside of faults to see what arrived. */
export function withRequestLog(handler: SampleHandler): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    async handle(request) {
      const { pathname, search } = new URL(request.url);
      const query = decodeURIComponent(search.slice(1).replaceAll('+', ' '));
      const entry = { method: request.method, path: pathname, query, body: request.body, status: null as number | null };
      requests.push(entry);
      const response = await handler(request);
      entry.status = response.status;
      return response;
    },
    get requests() {
      return requests;
    },
    lines: (withStatus = false) =>
      requests.map(({ method, path, query, status }) => {
        const line = `${method} ${path}${query === '' ? '' : `?${query}`}`;
        return withStatus ? `${line} ${status ?? 'no answer'}` : line;
      }),
    clear() {
      requests = [];
    },
  };
}
