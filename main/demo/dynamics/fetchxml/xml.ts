import { invalidArgument } from '../dataverse-error.ts';

/** As much XML as FetchXML and its paging cookies need: elements, attributes and text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ''] ?? whole;
  });

export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: OpenElement[];
  text: string;
}

/** @throws DataverseError when the text is not one well-formed element. */
export function parseXml(source: string): XmlElement {
  const invalid = () => invalidArgument('Invalid XML.');
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const piece = /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;
  let position = 0;
  for (const match of source.matchAll(piece)) {
    position = match.index + match[0].length;
    const [, closing, opening, attributes = '', selfClosing, text] = match;
    const parent = open.at(-1);
    if (parent === undefined) throw invalid();
    if (text !== undefined) parent.text += unescaped(text);
    else if (closing !== undefined) {
      if (open.pop()?.name !== closing || open.length === 0) throw invalid();
    } else if (opening !== undefined) {
      const element = { name: opening, attributes: parseAttributes(attributes), children: [], text: '' };
      parent.children.push(element);
      if (selfClosing === '') open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (position !== source.length || open.length !== 1 || only === undefined || others.length > 0) throw invalid();
  return only;
}

function parseAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of source.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[name] = unescaped(double ?? single ?? '');
  }
  return attributes;
}
