/** One answer inside a `$batch` answer. */
export interface BatchAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The boundary that a content type names; null where it is no multipart. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/mixed\b/i.test(contentType.trim())) return null;
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/**
 * The answers of a multipart `$batch`, in order. There can be fewer than requests: processing stopped, or the body was cut; a part that was
 * cut off is left out, since its status alone would not say what was answered.
 */
export function parseBatch(body: string, boundary: string): readonly BatchAnswer[] {
  const delimiter = `--${boundary}`;
  // A leading line end makes the first delimiter look like all others.
  const pieces = `\r\n${body}`.split(new RegExp(`\\r?\\n${escapeForPattern(delimiter)}(?=--|[ \\t]*\\r?\\n)`));
  // Before the first delimiter is the preamble; what follows the last one is the epilogue, or a part that was cut off.
  return pieces.slice(1, -1).flatMap((piece) => {
    const answer = parsePart(piece);
    return answer === null ? [] : [answer];
  });
}

function parsePart(piece: string): BatchAnswer | null {
  const withoutFraming = splitHead(piece.replace(/^[ \t]*\r?\n/, ''));
  if (withoutFraming === null) return null;
  const http = splitHead(withoutFraming.rest.replace(/^(\r?\n)+/, '')) ?? { head: withoutFraming.rest, rest: '' };
  const [statusLine = '', ...headerLines] = http.head.split(/\r?\n/);
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(statusLine)?.[1];
  if (status === undefined) return null;
  const headers = headerLines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  return { status: Number(status), headers: Object.fromEntries(headers), body: http.rest.trim() };
}

function splitHead(text: string): { readonly head: string; readonly rest: string } | null {
  const blank = /\r?\n\r?\n/.exec(text);
  return blank === null ? null : { head: text.slice(0, blank.index), rest: text.slice(blank.index + blank[0].length) };
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
