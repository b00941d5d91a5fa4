/** One HTTP exchange, free of any library: axios carries it in the product, the simulation hands it to a sample service directly. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * Carries out one exchange. Answers every status, follows no redirect.
 * @throws TransportError when no complete answer came (refused, reset, timed out, too large); the signal's reason when it was aborted.
 */
export type HttpTransport = (request: HttpRequest, limits: ExchangeLimits) => Promise<HttpResponse>;

export type TransportFailure = 'unreachable' | 'timeout' | 'connection-lost' | 'too-large' | 'certificate';

export class TransportError extends Error {
  readonly failure: TransportFailure;
  constructor(failure: TransportFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportError';
    this.failure = failure;
  }
}
