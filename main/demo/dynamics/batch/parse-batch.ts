import type { HttpRequest } from '../../../connections/http/transport.ts';
import { badRequest } from '../dataverse-error.ts';

/** One request inside a `$batch`; its address as it was written, relative or absolute. */
export interface BatchRequest {
  readonly method: HttpRequest['method'];
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentId: string | null;
}

/** A request by itself, or a change set that is carried out as a whole. */
export type BatchItem =
  | { readonly kind: 'request'; readonly request: BatchRequest }
  | { readonly kind: 'changeSet'; readonly requests: readonly BatchRequest[] };

const mostRequests = 1_000;
const longestTarget = 65_536;
const methods: readonly HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Reads the multipart body of a `$batch`, with the CRLF line ends that Dataverse insists on.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api
 * @throws DataverseError when it is malformed, nested, reads inside a change set, or holds more than 1,000 requests.
 */
export function parseBatch(body: string, contentType: string | undefined): BatchItem[] {
  const items = parts(body, boundaryOf(contentType)).map((part): BatchItem => {
    const { headers, rest } = splitHead(part);
    const partType = headers['content-type'] ?? '';
    if (!partType.toLowerCase().startsWith('multipart/mixed')) return { kind: 'request', request: parseRequest(headers, rest) };
    const requests = parts(`\r\n${rest}`, boundaryOf(partType)).map((inner) => {
      const { headers: innerHeaders, rest: innerRest } = splitHead(inner);
      return parseRequest(innerHeaders, innerRest);
    });
    if (requests.some((request) => request.method === 'GET')) throw badRequest('A change set must not contain GET requests.');
    if (requests.some((request) => request.contentId === null)) throw badRequest('Each request of a change set needs a Content-ID.');
    return { kind: 'changeSet', requests };
  });
  const count = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.requests.length), 0);
  if (count > mostRequests)
    throw badRequest(`The batch request contains ${count} requests, which is more than the allowed ${mostRequests}.`);
  return items;
}

function boundaryOf(contentType: string | undefined): string {
  const match = /^multipart\/mixed\s*;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw badRequest('The content type of a batch must be multipart/mixed with a boundary.');
  return boundary;
}

function parts(body: string, boundary: string): string[] {
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  const end = pieces.at(-1);
  if (pieces.length < 2 || end === undefined || !end.startsWith('--'))
    throw badRequest('The batch is malformed: its boundary does not close it.');
  return pieces.slice(1, -1).map((piece) => piece.replace(/^[ \t]*\r\n/, ''));
}

function splitHead(text: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  return { headers: parseHeaders(head.split('\r\n')), rest: end < 0 ? '' : text.slice(end + 4) };
}

function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function parseRequest(partHeaders: Readonly<Record<string, string>>, text: string): BatchRequest {
  if (!(partHeaders['content-type'] ?? '').toLowerCase().startsWith('application/http')) {
    throw badRequest('Each part of a batch must have the content type application/http.');
  }
  const lineEnd = text.indexOf('\r\n');
  const requestLine = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const match = /^([A-Z]+) (\S+)(?: HTTP\/\d\.\d)?$/.exec(requestLine.trim());
  const method = methods.find((known) => known === match?.[1]);
  const target = match?.[2];
  if (method === undefined || target === undefined) throw badRequest(`Invalid request line '${requestLine}' in the batch.`);
  if (target.length > longestTarget) throw badRequest('The address of a request in the batch is too long.');
  const { headers, rest } = splitHead(lineEnd < 0 ? '' : text.slice(lineEnd + 2).replace(/^\r\n/, '\r\n\r\n'));
  return { method, target, headers, body: rest.trim(), contentId: partHeaders['content-id'] ?? null };
}
