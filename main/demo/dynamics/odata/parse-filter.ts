import { badRequest } from '../dataverse-error.ts';
import { comparisons, type Filter, type Literal, textFunctions } from './filter-syntax.ts';
import { type Token, tokenize } from './tokens.ts';

/** Values of parameter aliases (`@p1`) as the query string gave them. */
export type Aliases = ReadonlyMap<string, string>;

const namespace = 'Microsoft.Dynamics.CRM.';

/** @throws DataverseError when the text is not a filter that Dataverse understands. */
export function parseFilter(source: string, aliases: Aliases = new Map()): Filter {
  const cursor = createCursor(tokenize(source), source);
  const filter = parseOr(cursor, aliases);
  if (cursor.peek() !== undefined) throw cursor.unexpected();
  return filter;
}

interface Cursor {
  peek(): Token | undefined;
  take(): Token;
  /** Takes the next token where it is this word or sign. */
  accept(text: string): boolean;
  expect(text: string): void;
  unexpected(): Error;
}

function createCursor(tokens: readonly Token[], source: string): Cursor {
  let position = 0;
  const unexpected = () => badRequest(`Syntax error at '${tokens[position]?.text ?? 'the end'}' in '${source}'.`);
  const accept = (text: string) => {
    const token = tokens[position];
    if (token === undefined || token.kind === 'literal' || token.text !== text) return false;
    position += 1;
    return true;
  };
  return {
    peek: () => tokens[position],
    take: () => {
      const token = tokens[position];
      if (token === undefined) throw unexpected();
      position += 1;
      return token;
    },
    accept,
    expect: (text) => {
      if (!accept(text)) throw unexpected();
    },
    unexpected,
  };
}

function parseOr(cursor: Cursor, aliases: Aliases): Filter {
  const parts = [parseAnd(cursor, aliases)];
  while (cursor.accept('or')) parts.push(parseAnd(cursor, aliases));
  return joined('or', parts);
}

function parseAnd(cursor: Cursor, aliases: Aliases): Filter {
  const parts = [parseTerm(cursor, aliases)];
  while (cursor.accept('and')) parts.push(parseTerm(cursor, aliases));
  return joined('and', parts);
}

function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function parseTerm(cursor: Cursor, aliases: Aliases): Filter {
  if (cursor.accept('not')) return { kind: 'not', part: parseTerm(cursor, aliases) };
  if (cursor.accept('(')) {
    const inner = parseOr(cursor, aliases);
    cursor.expect(')');
    return inner;
  }
  const token = cursor.peek();
  if (token?.kind !== 'name') throw cursor.unexpected();
  cursor.take();
  if (token.text.startsWith(namespace)) return parseFunction(token.text.slice(namespace.length), cursor, aliases);
  const textFunction = textFunctions.find((name) => name === token.text);
  if (textFunction !== undefined) return parseTextFunction(textFunction, cursor, aliases);
  return parseComparison(token.text, cursor, aliases);
}

function parseComparison(property: string, cursor: Cursor, aliases: Aliases): Filter {
  const operator = comparisons.find((name) => cursor.accept(name));
  if (operator === undefined) throw cursor.unexpected();
  return { kind: 'compare', operator, property, value: parseValue(cursor, aliases) };
}

function parseTextFunction(name: (typeof textFunctions)[number], cursor: Cursor, aliases: Aliases): Filter {
  cursor.expect('(');
  const property = parseProperty(cursor);
  cursor.expect(',');
  const value = parseValue(cursor, aliases);
  cursor.expect(')');
  if (value.type !== 'string')
    throw badRequest(`No function signature for the function with name '${name}' matches the specified arguments.`);
  return { kind: 'text', function: name, property, pattern: value.value };
}

/** `Microsoft.Dynamics.CRM.In(PropertyName='emailaddress1',PropertyValues=["a@x.no","b@x.no"])` */
function parseFunction(name: string, cursor: Cursor, aliases: Aliases): Filter {
  const values: string[] = [];
  let property: string | undefined;
  cursor.expect('(');
  do {
    const argument = cursor.take().text;
    cursor.expect('=');
    if (argument === 'PropertyName') property = textOf(parseValue(cursor, aliases));
    else if (argument === 'PropertyValue') values.push(textOf(parseValue(cursor, aliases)));
    else if (argument === 'PropertyValues') values.push(...parseList(cursor, aliases));
    else throw badRequest(`The parameter '${argument}' is not defined for '${namespace}${name}'.`);
  } while (cursor.accept(','));
  cursor.expect(')');
  if (property === undefined) throw badRequest(`'${namespace}${name}' needs PropertyName.`);
  return { kind: 'function', name, property, values };
}

function parseList(cursor: Cursor, aliases: Aliases): string[] {
  const aliased = aliasedCursor(cursor, aliases);
  if (aliased !== null) return parseList(aliased, aliases);
  const values: string[] = [];
  cursor.expect('[');
  if (cursor.accept(']')) return values;
  do values.push(textOf(parseValue(cursor, aliases)));
  while (cursor.accept(','));
  cursor.expect(']');
  return values;
}

function parseProperty(cursor: Cursor): string {
  const token = cursor.take();
  if (token.kind !== 'name') throw cursor.unexpected();
  return token.text;
}

function parseValue(cursor: Cursor, aliases: Aliases): Literal {
  const aliased = aliasedCursor(cursor, aliases);
  if (aliased !== null) return parseValue(aliased, aliases);
  const token = cursor.peek();
  if (token?.kind !== 'literal') throw cursor.unexpected();
  cursor.take();
  return token.literal;
}

/** Takes a parameter alias, where one is next, and gives the tokens that stand for it. */
function aliasedCursor(cursor: Cursor, aliases: Aliases): Cursor | null {
  const token = cursor.peek();
  if (token?.kind !== 'name' || !token.text.startsWith('@')) return null;
  cursor.take();
  const source = aliases.get(token.text);
  if (source === undefined || source.startsWith('@')) throw badRequest(`The parameter alias '${token.text}' has no value.`);
  return createCursor(tokenize(source), source);
}

function textOf(literal: Literal): string {
  if (literal.type === 'null') throw badRequest('null is not a value of a query function.');
  return String(literal.value);
}
