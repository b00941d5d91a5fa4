import { badRequest } from '../dataverse-error.ts';
import type { Literal } from './filter-syntax.ts';

export type Token =
  | { readonly kind: 'literal'; readonly literal: Literal; readonly text: string }
  /** A property path, an operator, a function or a parameter alias. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

interface Rule {
  /** Sticky, so that a long list of values is read without copying the rest of it each time. */
  readonly pattern: RegExp;
  readonly read: (text: string) => Token | null;
}

const literal = (text: string, value: Literal): Token => ({ kind: 'literal', literal: value, text });
const unquoted = (text: string) => text.slice(1, -1).replaceAll("''", "'");

/** The first that fits wins. */
const rules: readonly Rule[] = [
  { pattern: /\s+/y, read: () => null },
  { pattern: /[(),=[\]]/y, read: (text) => ({ kind: 'sign', text }) },
  { pattern: /[A-Za-z_][\w.]*'[^']*'/y, read: (text) => literal(text, { type: 'enum', value: text.split("'")[1] ?? '' }) },
  { pattern: /'(?:[^']|'')*'/y, read: (text) => literal(text, { type: 'string', value: unquoted(text) }) },
  { pattern: /"(?:[^"\\]|\\.)*"/y, read: (text) => literal(text, { type: 'string', value: String(JSON.parse(text)) }) },
  {
    pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy,
    read: (text) => literal(text, { type: 'guid', value: text.toLowerCase() }),
  },
  {
    pattern: /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/iy,
    read: (text) => literal(text, { type: 'dateTime', value: text }),
  },
  { pattern: /\d{4}-\d\d-\d\d/y, read: (text) => literal(text, { type: 'date', value: text }) },
  { pattern: /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy, read: (text) => literal(text, { type: 'number', value: Number(text) }) },
  { pattern: /(?:true|false)\b/y, read: (text) => literal(text, { type: 'boolean', value: text === 'true' }) },
  { pattern: /null\b/y, read: (text) => literal(text, { type: 'null' }) },
  { pattern: /@?[A-Za-z_][\w./]*/y, read: (text) => ({ kind: 'name', text }) },
];

/** @throws DataverseError where a character fits nowhere, such as a quote that is not closed. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < source.length) {
    const [text, token] = next(source, position);
    if (token !== null) tokens.push(token);
    position += text.length;
  }
  return tokens;
}

function next(source: string, position: number): readonly [string, Token | null] {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = position;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return [text, read(text)];
  }
  throw badRequest(`Syntax error at position ${position} in '${source}'.`);
}
