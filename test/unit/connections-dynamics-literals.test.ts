import { describe, expect, test } from 'vitest';
import { fetchXmlPage, isLimitedToTop, pagingCookie } from '../../main/connections/dynamics/fetch-xml-paging.ts';
import {
  columnName,
  dateLiteral,
  guidLiteral,
  momentLiteral,
  numberLiteral,
  patternLiteral,
  textLiteral,
} from '../../main/connections/dynamics/odata-literal.ts';

describe('OData literals', () => {
  test('quotes inside a text are doubled', () => {
    expect(textLiteral("O'Brien's")).toBe("'O''Brien''s'");
  });

  test('wildcards in a pattern stand for themselves', () => {
    expect(patternLiteral("50% [off]_it's")).toBe("'50[%] [[]off][_]it''s'");
  });

  test('a GUID stands bare and in lower case', () => {
    expect(guidLiteral('A2F1C3D4-0000-4000-8000-00000000ABCD')).toBe('a2f1c3d4-0000-4000-8000-00000000abcd');
  });

  test('a moment is written in UTC to the second', () => {
    expect(momentLiteral(Date.parse('2026-05-28T05:03:51.999-05:00'))).toBe('2026-05-28T10:03:51Z');
  });

  test.each([
    ['a name with an operator', () => columnName('lastname eq 1')],
    ['a name with a quote', () => columnName("lastname'")],
    ['a GUID with more behind it', () => guidLiteral('a2f1c3d4-0000-4000-8000-00000000abcd or true')],
    ['a date with a time', () => dateLiteral('2026-01-01T00:00:00Z')],
    ['a day that does not exist', () => dateLiteral('2026-13-01')],
    ['no number', () => numberLiteral(Number.NaN)],
  ])('refuses %s', (_, write) => {
    expect(write).toThrow(RangeError);
  });
});

describe('pages of FetchXML', () => {
  const view = '<fetch version="1.0" mapping=\'logical\' page="9" count="50"><entity name="lead"/></fetch>';

  test('the page of the view itself is replaced', () => {
    expect(fetchXmlPage(view, 1, 5_000, null)).toBe(
      '<fetch version="1.0" mapping=\'logical\' page="1" count="5000"><entity name="lead"/></fetch>',
    );
  });

  test('the cookie goes in as an attribute', () => {
    expect(fetchXmlPage(view, 2, 5_000, '<cookie page="1"><leadid last="{A}" /></cookie>')).toContain(
      'paging-cookie="&lt;cookie page=&quot;1&quot;&gt;&lt;leadid last=&quot;{A}&quot; /&gt;&lt;/cookie&gt;" page="2"',
    );
  });

  test('the cookie of an answer is decoded twice', () => {
    const cookie = '<cookie page="1"><leadid last="{A&B}" /></cookie>';
    const annotation = `<cookie pagenumber="2" pagingcookie="${encodeURIComponent(encodeURIComponent(cookie))}" istracking="False" />`;
    expect(pagingCookie(annotation)).toBe(cookie);
  });

  test('a query that asks for its first rows only is not paged', () => {
    expect([isLimitedToTop('<fetch top="50"><entity name="lead"/></fetch>'), isLimitedToTop(view)]).toEqual([true, false]);
  });

  test('what is no FetchXML is refused', () => {
    expect(() => fetchXmlPage('<html></html>', 1, 5_000, null)).toThrow(RangeError);
  });
});
