/**
 * Reads JSON (RFC 8259) with what `JSON.parse` does not tell: where a text is broken, in words for the person who edited it by hand,
 * and which keys are given twice, of which `JSON.parse` would silently take the last.
 */
export type JsonReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly repeatedKeys: readonly JsonPath[] }
  | {
      readonly kind: 'broken';
      /** Both from 1. */
      readonly line: number;
      readonly column: number;
      /** What is wrong there: "a comma or } is missing". */
      readonly message: string;
    };

export type JsonPath = readonly (string | number)[];

/** Deeper than any settings are; keeps the recursion from running out of stack. */
const deepest = 50;

export function readJson(text: string): JsonReading {
  const repeatedKeys: JsonPath[] = [];
  let at = 0;

  const skipSpace = () => {
    while (' \t\n\r'.includes(text[at] ?? '.')) at += 1;
  };
  const next = () => {
    skipSpace();
    return text[at];
  };
  /** Takes what the (sticky) pattern matches here. */
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0] ?? null;
    if (match !== null) at += match.length;
    return match;
  };

  const value = (path: JsonPath): unknown => {
    const sign = next();
    if (path.length > deepest) throw new Broken(at, 'it is nested too deeply');
    if (sign === '{') return object(path);
    if (sign === '[') return list(path);
    if (sign === '"') return string();
    const literal = take(literalPattern);
    if (literal === null) throw new Broken(at, whyNoValue(text, at));
    return JSON.parse(literal);
  };

  const string = (): unknown => {
    const literal = take(stringPattern);
    if (literal === null) throw new Broken(at, 'this text has no closing quote in its line, or a \\ that begins no known sign');
    return JSON.parse(literal);
  };

  /** The part between the brackets, item by item. */
  const items = (close: '}' | ']', item: () => void) => {
    at += 1;
    if (next() === close) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      const sign = next();
      if (sign !== ',' && sign !== close) throw new Broken(at, `a comma or ${close} is missing before this`);
      const comma = at;
      at += 1;
      if (sign === close) return;
      if (next() === close) throw new Broken(comma, `the comma before ${close} is one too many`);
    }
  };

  const list = (path: JsonPath): unknown[] => {
    const entries: unknown[] = [];
    items(']', () => entries.push(value([...path, entries.length])));
    return entries;
  };

  const object = (path: JsonPath): object => {
    const entries = new Map<string, unknown>();
    items('}', () => {
      if (next() !== '"') throw new Broken(at, next() === undefined ? whyNoValue(text, at) : 'a key in double quotes is missing here');
      const key = String(string());
      if (next() !== ':') throw new Broken(at, `a colon is missing after "${key}"`);
      at += 1;
      if (entries.has(key)) repeatedKeys.push([...path, key]);
      entries.set(key, value([...path, key]));
    });
    // Defines own properties: a key "__proto__" stays a key and is refused as an unknown one.
    return Object.fromEntries(entries);
  };

  try {
    const result = value([]);
    if (next() !== undefined) throw new Broken(at, 'something follows after the end of the settings');
    return { kind: 'read', value: result, repeatedKeys };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const before = text.slice(0, error.at).split('\n');
    return { kind: 'broken', line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: error.message };
  }
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const stringPattern = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const literalPattern = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

function whyNoValue(text: string, at: number): string {
  if (at >= text.length) return 'the file ends too early; a closing bracket may be missing';
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'comments are not possible in this file';
  if (text[at] === "'") return 'texts and keys stand in double quotes';
  return 'a value is missing here, or it is not written as JSON';
}
