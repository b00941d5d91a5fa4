/** One request inside a `$batch`. */
export interface BatchPart {
  readonly method: 'GET' | 'PATCH';
  /** Relative to the service root, percent-encoded: `leads(…)?$select=…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/**
 * The body of a multipart `$batch` (PowerApps docs: execute-batch-operations-using-web-api): CRLF line ends, one part a request, in order,
 * no change set, since each row stands for itself.
 * @param root Path of the service root, such as "/api/data/v9.2/".
 * @param boundary Must not occur in any part; a GUID with a prefix will do.
 */
export function writeBatch(parts: readonly BatchPart[], root: string, boundary: string): string {
  const lines: string[] = [];
  for (const part of parts) {
    lines.push(
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `${part.method} ${root}${part.path} HTTP/1.1`,
      ...Object.entries(part.headers).map(([name, value]) => `${name}: ${value}`),
    );
    if (part.body === undefined) lines.push('', '');
    else lines.push('Content-Type: application/json; type=entry', '', JSON.stringify(part.body));
  }
  lines.push(`--${boundary}--`, '');
  return lines.join('\r\n');
}
