import { STATUS_CODES } from 'node:http';
import type { HttpResponse } from '../../../connections/http/transport.ts';

export type BatchAnswer =
  | { readonly kind: 'answer'; readonly response: HttpResponse }
  | { readonly kind: 'changeSet'; readonly answers: readonly { readonly contentId: string; readonly response: HttpResponse }[] };

/** The multipart body of a `$batch` answer, in the order of its requests. `changeSetId` names the boundary of each change set. */
export function writeBatch(answers: readonly BatchAnswer[], boundary: string, changeSetId: () => string): string {
  const lines: string[] = [];
  for (const answer of answers) {
    lines.push(`--${boundary}`);
    if (answer.kind === 'answer') {
      lines.push(...part(answer.response, null));
      continue;
    }
    const inner = `changesetresponse_${changeSetId()}`;
    lines.push(`Content-Type: multipart/mixed; boundary=${inner}`, '');
    for (const { contentId, response } of answer.answers) lines.push(`--${inner}`, ...part(response, contentId));
    lines.push(`--${inner}--`);
  }
  lines.push(`--${boundary}--`, '');
  return lines.join('\r\n');
}

function part(response: HttpResponse, contentId: string | null): string[] {
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === null ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
    '',
    response.body,
  ];
}
