import type { HttpRequest, HttpResponse } from '../connections/http/transport.ts';

/**
 * A sample service as a function from a request to an answer, without a network: the loopback server, the simulation and the
 * fault-injecting wrappers of the tests all stand around the same function.
 */
export type SampleHandler = (request: HttpRequest) => Promise<HttpResponse>;
