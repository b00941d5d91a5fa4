import type { HttpResponse } from '../../../connections/http/transport.ts';
import type { DataverseError } from '../dataverse-error.ts';

const jsonType = 'application/json; odata.metadata=minimal';

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers: { 'content-type': jsonType, 'odata-version': '4.0', ...headers }, body: JSON.stringify(body) };
}

export const noContent = (headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status: 204,
  headers: { 'odata-version': '4.0', ...headers },
  body: '',
});

export const notModified = (): HttpResponse => ({ status: 304, headers: {}, body: '' });

export const plainText = (body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
  body,
});

export const refusal = (error: DataverseError): HttpResponse =>
  json(error.status, { error: { code: error.code, message: error.message } }, error.headers);
