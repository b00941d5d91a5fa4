import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../../../connections/http/transport.ts';
import type { Random } from '../../../ports/random.ts';
import { badRequest, DataverseError, notSupportedBySample } from '../dataverse-error.ts';
import type { RowFinder } from '../odata/find-rows.ts';
import { type Preferences, parsePreferences, parseQueryOptions, type QueryOptions } from '../odata/query-options.ts';
import type { Database } from '../rows/database.ts';
import type { SampleColumn } from '../schema/column.ts';
import type { TableSchema } from '../schema/table.ts';
import type { DynamicsVariant } from '../variant.ts';
import type { RowWriter } from '../writes/row-writer.ts';

/** What every request works on. */
export interface Environment {
  readonly database: Database;
  readonly writer: RowWriter;
  readonly finder: RowFinder;
  readonly clock: { now(): number };
  readonly random: Random;
  readonly variant: DynamicsVariant;
  /** Tokens of change tracking that bear a lower version are expired, by table. */
  readonly changeTrackingFloor: Map<string, number>;
}

/** One request to the Web API, by itself or inside a `$batch`, from a user who is known. */
export interface Call {
  readonly method: HttpRequest['method'];
  /** Below the service root, decoded: `leads(…)/Microsoft.Dynamics.CRM.QualifyLead`. */
  readonly path: string;
  readonly options: QueryOptions;
  readonly preferences: Preferences;
  readonly headers: HttpRequest['headers'];
  readonly body: string | undefined;
  /** `systemuserid` */
  readonly userId: string;
  /** Absolute address of the service root, with a slash at the end. */
  readonly root: string;
}

export type CallHandler = (call: Call, environment: Environment) => HttpResponse;

const servicePath = /^\/api\/data\/v9\.\d\//;

/** Null where the address is not below the service root. */
export function callOf(request: HttpRequest, userId: string): Call | null {
  const { origin, rest } = splitUrl(request.url);
  const root = servicePath.exec(rest)?.[0];
  if (root === undefined) return null;
  const [path = '', ...query] = rest.slice(root.length).split('?');
  return {
    method: request.method,
    path: decodePath(path),
    options: parseQueryOptions(query.join('?')),
    preferences: parsePreferences(request.headers.prefer),
    headers: request.headers,
    body: request.body,
    userId,
    root: `${origin}${root}`,
  };
}

/** Cut by hand: resolving an address would encode anew what a link of the service must keep as it is. */
export function splitUrl(url: string): { readonly origin: string; readonly rest: string } {
  const match = /^(https?:\/\/[^/?#]+)(.*)$/s.exec(url);
  return { origin: match?.[1] ?? '', rest: match?.[2] ?? url };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest(`'${path}' is not percent-encoded.`);
  }
}

/** Whether this user is kept from a column by column security. */
export function columnSecurity(variant: DynamicsVariant, table: TableSchema): (column: SampleColumn) => boolean {
  const secured = securedColumnsOf(variant, table.logicalName);
  return (column) => secured.includes(column.name);
}

export function securedColumnsOf(variant: DynamicsVariant, logicalName: string): readonly string[] {
  return logicalName === 'lead' || logicalName === 'contact' ? variant.securedColumns[logicalName] : [];
}

const supported = ['$select', '$filter', '$orderby', '$top', '$count', '$skiptoken', '$deltatoken'];
const elsewhere = ['$expand', '$apply'];

/** @throws DataverseError for a query option that Dataverse refuses (`$skip`, `$search`, `$format`) or the sample does not have. */
export function checkOptionNames(options: QueryOptions): void {
  for (const name of options.names) {
    if (!name.startsWith('$') || supported.includes(name)) continue;
    if (elsewhere.includes(name)) throw notSupportedBySample(`The query option '${name}'`);
    throw badRequest(`The query parameter ${name} is not supported.`);
  }
}

/** @throws DataverseError when the body is not a JSON object. */
export function jsonBody(call: Call): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(call.body));
  if (!parsed.success)
    throw new DataverseError(400, '0x80048d19', 'Error identified in Payload provided by the user: expected a JSON object.');
  return parsed.data;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** `$select` as names; null where it is not given. */
export function selection(options: QueryOptions): string[] | null {
  const text = options.option('$select');
  if (text === undefined || text.trim() === '*' || text.trim() === '') return null;
  return text.split(',').map((name) => name.trim());
}
