import type { HttpRequest, HttpResponse } from '../../../connections/http/transport.ts';
import { refusal } from '../answers/response.ts';
import { badRequest, DataverseError } from '../dataverse-error.ts';
import type { Call, Environment } from '../requests/call.ts';
import { type BatchRequest, parseBatch } from './parse-batch.ts';
import { type BatchAnswer, writeBatch } from './write-batch.ts';

/** Carries out one request of the batch. Answers refusals; throws nothing but bugs. */
export type RunRequest = (request: HttpRequest) => HttpResponse;

/**
 * `POST $batch`: the requests in order. At the first failure the batch ends and takes over its status, unless the caller prefers
 * `odata.continue-on-error`.
 */
export function runBatch(call: Call, environment: Environment, run: RunRequest): HttpResponse {
  const items = parseBatch(call.body ?? '', call.headers['content-type']);
  const answers: BatchAnswer[] = [];
  let status = 200;
  for (const item of items) {
    const answer = item.kind === 'request' ? single(item.request, call, run) : changeSet(item.requests, call, environment, run);
    answers.push(answer);
    if (answer.kind === 'answer' && answer.response.status >= 400 && !call.preferences.continueOnError) {
      status = answer.response.status;
      break;
    }
  }
  const boundary = `batchresponse_${environment.random.uuid()}`;
  return {
    status,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, 'odata-version': '4.0' },
    body: writeBatch(answers, boundary, () => environment.random.uuid()),
  };
}

function single(request: BatchRequest, call: Call, run: RunRequest): BatchAnswer {
  return { kind: 'answer', response: run(requestOf(request, call, new Map())) };
}

/** Ends a change set whose request was refused; carries the one answer that stands for the whole set. */
class ChangeSetRefused extends Error {
  readonly response: HttpResponse;
  constructor(response: HttpResponse) {
    super('A request of the change set was refused');
    this.response = response;
  }
}

function changeSet(requests: readonly BatchRequest[], call: Call, environment: Environment, run: RunRequest): BatchAnswer {
  const created = new Map<string, string>();
  try {
    const answers = environment.database.atomically(() =>
      requests.map((request) => {
        const response = run(requestOf(request, call, created));
        if (response.status >= 400) throw new ChangeSetRefused(response);
        const contentId = request.contentId ?? '';
        const entityId = response.headers['odata-entityid'];
        if (entityId !== undefined) created.set(contentId, entityId.slice(call.root.length));
        return { contentId, response };
      }),
    );
    return { kind: 'changeSet', answers };
  } catch (error) {
    if (error instanceof ChangeSetRefused) return { kind: 'answer', response: error.response };
    if (error instanceof DataverseError) return { kind: 'answer', response: refusal(error) };
    throw error;
  }
}

/** The request with an absolute address; `$1` stands for what the request with that Content-ID created. */
function requestOf(request: BatchRequest, call: Call, created: ReadonlyMap<string, string>): HttpRequest {
  const named = (contentId: string) => {
    const entity = created.get(contentId);
    if (entity === undefined) throw badRequest(`Content-ID reference '$${contentId}' is not known.`);
    return entity;
  };
  const target = request.target.replace(/^\/?\$(\d+)/, (_, contentId: string) => named(contentId));
  const body = request.body.replace(/"\$(\d+)"/g, (_, contentId: string) => JSON.stringify(`/${named(contentId)}`));
  return {
    method: request.method,
    url: absolute(target, call.root),
    headers: request.headers,
    ...(body === '' ? {} : { body }),
  };
}

function absolute(target: string, root: string): string {
  if (/^https?:\/\//i.test(target)) return target;
  if (!target.startsWith('/')) return `${root}${target}`;
  return `${new URL(root).origin}${target}`;
}
