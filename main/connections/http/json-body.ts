import type { HttpResponse } from './transport.ts';

const parsedBodies = new WeakMap<object, { readonly json: unknown }>();

/**
 * The JSON of an answer, parsed once however often it is asked for: pages of thousands of rows are judged and then read.
 * @returns undefined where the body is not JSON.
 */
export function jsonBody(answer: Pick<HttpResponse, 'body'>): unknown {
  const known = parsedBodies.get(answer);
  if (known !== undefined) return known.json;
  const json = parseJson(answer.body);
  parsedBodies.set(answer, { json });
  return json;
}

/** The body begins like JSON and is none: it was cut off on the way. */
export function isCutJson(answer: Pick<HttpResponse, 'body'>): boolean {
  return /^\s*[{[]/.test(answer.body) && jsonBody(answer) === undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
