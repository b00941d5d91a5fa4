import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../main/settings/json.ts';

test('reads every JSON as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (compact, space) => {
      const text = JSON.stringify(JSON.parse(compact), null, space);
      expect(readJson(text)).toEqual({ kind: 'read', value: JSON.parse(text) as unknown, repeatedKeys: [] });
    }),
  );
});

test('refuses exactly the texts that JSON.parse refuses', () => {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '\\',
    '\\u00e9',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'null',
    ' ',
    '\n',
    'x',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect(readJson(text).kind).toBe(parses(text) ? 'read' : 'broken');
    }),
    { numRuns: 3_000 },
  );
});

describe('a broken text is located and explained', () => {
  test.each([
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } is missing before this'],
    ['{\n  "a": 1,\n}', 2, 9, 'the comma before } is one too many'],
    ['[1, 2', 1, 6, 'a comma or ] is missing before this'],
    ['{ "a" 1 }', 1, 7, 'a colon is missing after "a"'],
    ['{ a: 1 }', 1, 3, 'a key in double quotes is missing here'],
    ['{ "a": }', 1, 8, 'a value is missing here, or it is not written as JSON'],
    ['{ "a": yes }', 1, 8, 'a value is missing here, or it is not written as JSON'],
    ['{ "a": \'b\' }', 1, 8, 'texts and keys stand in double quotes'],
    ['{ "a": // why\n 1 }', 1, 8, 'comments are not possible in this file'],
    ['{ "a": "b\n" }', 1, 8, 'this text has no closing quote in its line, or a \\ that begins no known sign'],
    ['{ "a": 1,', 1, 10, 'the file ends too early; a closing bracket may be missing'],
    ['{} {}', 1, 4, 'something follows after the end of the settings'],
    ['['.repeat(99), 1, 52, 'it is nested too deeply'],
  ])('%j', (text, line, column, message) => {
    expect(readJson(text)).toEqual({ kind: 'broken', line, column, message });
  });
});

test('keys that are given twice are named with their path', () => {
  expect(readJson('{"a": [{"b": 1, "b": 2}], "a": 3}')).toMatchObject({ repeatedKeys: [['a', 0, 'b'], ['a']] });
});

test('a key "__proto__" is a key, and nobody\'s prototype', () => {
  const reading = readJson('{"__proto__": {"admin": true}}');
  expect(JSON.stringify(reading)).toContain('"__proto__":{"admin":true}');
  expect(Object.hasOwn({}, 'admin') || 'admin' in {}).toBe(false);
});
