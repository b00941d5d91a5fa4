import type { LogEntry, LogPerson } from './log.ts';
import { secretForms } from './secret-forms.ts';

/** Takes secrets out of what is logged: by value where they are known, by the name of the key otherwise. */
export interface Redactor {
  /**
   * Takes this value out of everything from now on, however it is encoded. Answers a function that forgets it, for tokens that have
   * been replaced. A value of fewer than 4 characters is no secret and would tear holes into every text: it is ignored.
   */
  addSecret(value: string): () => void;
  text(text: string): string;
  /** The entry without secrets, and its details as plain JSON values. */
  entry(entry: LogEntry): LogEntry;
}

const mark = '[redacted]';
const shortestSecret = 4;

/** A text that breaks off within a secret shows this many of its characters at most. */
const headLength = 12;

/** Bounds of one entry, so that a whole request or answer given as a detail does not fill the log. */
const deepest = 6;
const longestList = 100;
const longestText = 8_000;

export function createRedactor(): Redactor {
  const formsOf = new Map<string, readonly string[]>();
  let forms: readonly string[] = [];

  const text = (value: string): string => redactNamed(redactForms(value, forms));

  const value = (given: unknown, key: string, depth: number): unknown => {
    switch (typeof given) {
      case 'string':
        return isSecretKey(key) ? mark : shortened(text(given));
      case 'bigint':
        return value(String(given), key, depth);
      case 'number':
        return isSecretKey(key) ? mark : given;
      case 'boolean':
        return given;
      case 'object':
        if (given === null) return null;
        return isSecretKey(key) ? mark : object(given, depth);
      case 'undefined':
      case 'function':
      case 'symbol':
        return undefined;
    }
  };

  const object = (given: object, depth: number): unknown => {
    if (given instanceof Date) return Number.isNaN(given.getTime()) ? null : given.toISOString();
    if (given instanceof URL) return text(given.href);
    if (ArrayBuffer.isView(given)) return `[${given.byteLength} bytes]`;
    if (depth >= deepest) return '[…]';
    if (given instanceof Set || Array.isArray(given)) {
      const list: unknown[] = [...given];
      return list.slice(0, longestList).map((each) => value(each, '', depth + 1) ?? null);
    }
    return record(entriesOf(given), depth + 1);
  };

  const record = (entries: Iterable<readonly [string, unknown]>, depth: number): Record<string, unknown> => {
    const plain: [string, unknown][] = [];
    for (const [key, each] of entries) {
      const redacted = value(each, key, depth);
      if (redacted !== undefined) plain.push([text(key), redacted]);
    }
    return Object.fromEntries<unknown>(plain);
  };

  const person = ({ email, activeCampaignId, dynamics }: LogPerson): LogPerson => ({
    ...(email !== undefined && { email: text(email) }),
    ...(activeCampaignId !== undefined && { activeCampaignId: text(activeCampaignId) }),
    ...(dynamics !== undefined && { dynamics: { entity: dynamics.entity, id: text(dynamics.id) } }),
  });

  return {
    addSecret: (secret) => {
      if (secret.length < shortestSecret) return () => undefined;
      formsOf.set(secret, secretForms(secret));
      forms = [...formsOf.values()].flat();
      return () => {
        formsOf.delete(secret);
        forms = [...formsOf.values()].flat();
      };
    },
    text,
    entry: (entry) => ({
      time: entry.time,
      level: entry.level,
      event: text(entry.event),
      ...(entry.run !== undefined && { run: entry.run }),
      message: shortened(text(entry.message)),
      ...(entry.person !== undefined && { person: person(entry.person) }),
      ...(entry.details !== undefined && { details: record(Object.entries(entry.details), 0) }),
    }),
  };
}

/** Replaces every form, also one that breaks off after its beginning (a body that was cut). Where several fit, the longest does. */
function redactForms(text: string, forms: readonly string[]): string {
  let result = '';
  let from = 0;
  for (;;) {
    let start = -1;
    let end = -1;
    for (const form of forms) {
      const at = text.indexOf(form.slice(0, headLength), from);
      if (at === -1 || (start !== -1 && at > start)) continue;
      const stop = at + commonLength(text, at, form);
      if (at < start || start === -1 || stop > end) [start, end] = [at, stop];
    }
    if (start === -1) return result + text.slice(from);
    result += text.slice(from, start) + mark;
    from = end;
  }
}

function commonLength(text: string, at: number, form: string): number {
  let length = 0;
  while (length < form.length && text[at + length] === form[length]) length += 1;
  return length;
}

const secretWords = new Set(
  'authorization token tokens password passwords passphrase secret secrets key keys cookie cookies credential credentials assertion'.split(
    ' ',
  ),
);

/** `clientSecret`, `api_key`, `Api-Token`, `Set-Cookie`: the last word of the name says what the value is. */
function isSecretKey(key: string): boolean {
  const last = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .at(-1)
    ?.toLowerCase();
  return last !== undefined && (secretWords.has(last) || /(token|password|secret|apikey)$/.test(last));
}

/** `name: value`, `name=value` and `"name":"value"` inside a text, and what is recognisably a token. */
const named =
  /\b((?:proxy-)?authorization|api[-_]?token|api[-_]?key|(?:access|refresh|id)[-_]?token|client[-_]?(?:secret|assertion)|password|secret)(\\?["']?\s*[:=]\s*\\?["']?)((?:bearer|basic)\s+)?[^\s"'\\&,;<>]+/gi;
const cookies = /\b((?:set-)?cookie)(\\?["']?\s*[:=]\s*)[^\r\n]+/gi;
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9+/=_.~-]{16,}/gi;
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g;

const redactNamed = (text: string): string =>
  text.replace(named, `$1$2${mark}`).replace(cookies, `$1$2${mark}`).replace(bearer, `$1 ${mark}`).replace(jsonWebToken, mark);

const shortened = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length - longestText} characters more)`;

function entriesOf(given: object): [string, unknown][] {
  if (given instanceof Map) return [...given].map(([key, each]: [unknown, unknown]) => [String(key), each]);
  const own = Object.entries(given) as [string, unknown][];
  return given instanceof Error ? [['name', given.name], ['message', given.message], ...own, ['cause', given.cause]] : own;
}
