import { badRequest } from '../dataverse-error.ts';

/** The query string of a request: system options, parameter aliases and the rest, decoded. */
export interface QueryOptions {
  readonly option: (name: string) => string | undefined;
  readonly names: readonly string[];
  /** Parameter aliases (`@p1`). */
  readonly aliases: ReadonlyMap<string, string>;
  /** Exactly as sent, without the question mark. */
  readonly raw: string;
}

/** An unencoded `+` reads as a space, as everywhere in a query string. */
const decoded = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest(`'${text}' is not percent-encoded.`);
  }
};

/** @throws DataverseError for an option that is given twice or is not percent-encoded. */
export function parseQueryOptions(raw: string): QueryOptions {
  const options = new Map<string, string>();
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    if (options.has(name)) throw badRequest(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
    options.set(name, equals < 0 ? '' : decoded(part.slice(equals + 1)));
  }
  return {
    option: (name) => options.get(name),
    names: [...options.keys()],
    aliases: new Map([...options].filter(([name]) => name.startsWith('@'))),
    raw,
  };
}

/** `Prefer: odata.maxpagesize=500,odata.track-changes` and the like. */
export interface Preferences {
  readonly maxPageSize: number | null;
  readonly trackChanges: boolean;
  readonly continueOnError: boolean;
  readonly returnRepresentation: boolean;
  /** Names of the annotations that are wanted; `*` for all. */
  readonly annotations: readonly string[];
}

export function parsePreferences(header: string | undefined): Preferences {
  const preferences = new Map<string, string>();
  for (const [, name = '', value = ''] of (header ?? '').matchAll(/([^\s,;=]+)(?:\s*=\s*("[^"]*"|[^\s,;]*))?/g)) {
    preferences.set(name.toLowerCase(), value.replaceAll('"', ''));
  }
  const maxPageSize = Number(preferences.get('odata.maxpagesize') ?? Number.NaN);
  return {
    maxPageSize: Number.isInteger(maxPageSize) && maxPageSize > 0 ? maxPageSize : null,
    trackChanges: preferences.has('odata.track-changes'),
    continueOnError: preferences.has('odata.continue-on-error') && preferences.get('odata.continue-on-error') !== 'false',
    returnRepresentation: preferences.get('return') === 'representation',
    annotations: (preferences.get('odata.include-annotations') ?? '').split(',').filter((name) => name !== ''),
  };
}

/** Whether an annotation is among those of `odata.include-annotations`: by its name, `*`, or `Microsoft.Dynamics.CRM.*`. */
export function wantsAnnotation(annotations: readonly string[], name: string): boolean {
  return annotations.some((wanted) => wanted === '*' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1))));
}
