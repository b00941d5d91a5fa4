import { describe, expect, it } from 'vitest';
import { id, origin, root, sampleLead, testEnvironment, textLike } from './demo-dynamics-environment.ts';

interface Part {
  readonly line: string;
  readonly headers?: readonly string[];
  readonly body?: unknown;
  readonly contentId?: string;
}

const lead = (number: number) => `leads(${id(number)})`;

const partLines = ({ line, headers = [], body, contentId }: Part) => [
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
  '',
  `${line} HTTP/1.1`,
  ...headers,
  ...(body === undefined ? ['', ''] : ['Content-Type: application/json; type=entry', '', JSON.stringify(body)]),
];

function multipart(items: readonly (Part | readonly Part[])[], lineEnd = '\r\n'): string {
  const lines = items.flatMap((item, index) => {
    if ('line' in item) return ['--batch_x', ...partLines(item)];
    const set = `changeset_${index}`;
    return [
      '--batch_x',
      `Content-Type: multipart/mixed; boundary=${set}`,
      '',
      ...item.flatMap((part) => [`--${set}`, ...partLines(part)]),
      `--${set}--`,
    ];
  });
  return [...lines, '--batch_x--', ''].join(lineEnd);
}

function batch(environment: ReturnType<typeof testEnvironment>, body: string, headers: Record<string, string> = {}) {
  return environment.send('POST', '$batch', { body, headers: { 'content-type': 'multipart/mixed; boundary=batch_x', ...headers } });
}

/** Statuses of the parts, in order. */
const statuses = (body: string) => [...body.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));

const continueOnError = { prefer: 'odata.continue-on-error' };
const leads = [sampleLead(1), sampleLead(2)];

describe('$batch', () => {
  it('carries out its requests in order, with relative and absolute addresses', async () => {
    const environment = testEnvironment({ leads });
    const answer = await batch(
      environment,
      multipart([
        { line: `PATCH ${root}${lead(1)}`, headers: ['If-Match: *'], body: { lastname: 'One' } },
        { line: `GET /api/data/v9.2/${lead(1)}?$select=lastname` },
        { line: `GET ${lead(2)}?$select=lastname` },
      ]),
    );
    expect([answer.status, answer.headers['content-type'], statuses(answer.body)]).toEqual([
      200,
      textLike(/^multipart\/mixed; boundary=batchresponse_/),
      [204, 200, 200],
    ]);
    expect(answer.body).toContain('"lastname":"One"');
    expect(answer.body.replaceAll('\r\n', '')).not.toContain('\n');
  });

  const failing = [
    { line: `PATCH ${lead(1)}`, headers: ['If-Match: *'], body: { lastname: 'One' } },
    { line: `PATCH ${lead(9)}`, headers: ['If-Match: *'], body: { lastname: 'Nobody' } },
    { line: `PATCH ${lead(2)}`, headers: ['If-Match: *'], body: { lastname: 'Two' } },
  ];

  it('stops at the first failure and takes over its status', async () => {
    const environment = testEnvironment({ leads });
    const answer = await batch(environment, multipart(failing));
    expect([answer.status, statuses(answer.body), await environment.column('leads?$select=lastname', 'lastname')]).toEqual([
      404,
      [204, 404],
      ['One', 'Lead 2'],
    ]);
  });

  it('goes on after a failure where the caller prefers it', async () => {
    const environment = testEnvironment({ leads });
    const answer = await batch(environment, multipart(failing), continueOnError);
    expect([answer.status, statuses(answer.body), await environment.column('leads?$select=lastname', 'lastname')]).toEqual([
      200,
      [204, 404, 204],
      ['One', 'Two'],
    ]);
  });

  it('takes back a change set of which one request fails, and answers it once', async () => {
    const environment = testEnvironment({ leads });
    const [first, second] = failing.map((part, index) => ({ ...part, contentId: String(index + 1) }));
    if (first === undefined || second === undefined) throw new Error('Two requests expected');
    const answer = await batch(environment, multipart([[first, second], { line: `GET ${lead(1)}?$select=lastname` }]), continueOnError);
    expect([statuses(answer.body), await environment.column('leads?$select=lastname', 'lastname')]).toEqual([
      [404, 200],
      ['Lead 1', 'Lead 2'],
    ]);
  });

  it('lets a change set refer to what it created', async () => {
    const environment = testEnvironment();
    const answer = await batch(
      environment,
      multipart([
        [
          { line: 'POST contacts', body: { contactid: id(11), lastname: 'New' }, contentId: '1' },
          { line: 'POST leads', body: { lastname: 'Lead', 'parentcontactid@odata.bind': '$1' }, contentId: '2' },
          { line: 'PATCH $1', body: { firstname: 'Kari' }, contentId: '3' },
        ],
      ]),
    );
    expect([statuses(answer.body), answer.body.match(/^Content-ID: \d/gm)]).toEqual([
      [204, 204, 204],
      ['Content-ID: 1', 'Content-ID: 2', 'Content-ID: 3'],
    ]);
    expect(await environment.column('leads?$select=_parentcontactid_value', '_parentcontactid_value')).toEqual([id(11)]);
    expect(await environment.column('contacts?$select=fullname', 'fullname')).toEqual(['Kari New']);
  });

  it.each([
    ['line ends that are not CRLF', multipart([{ line: `GET ${lead(1)}` }], '\n')],
    ['a body that was cut off', multipart([{ line: `GET ${lead(1)}` }]).slice(0, -12)],
    ['more than 1,000 requests', multipart(Array.from({ length: 1_001 }, () => ({ line: `GET ${lead(1)}` })))],
    ['a read in a change set', multipart([[{ line: `GET ${lead(1)}`, contentId: '1' }]])],
    ['a change set without Content-ID', multipart([[{ line: `DELETE ${lead(1)}` }]])],
  ])('refuses %s', async (_, body) => {
    expect((await batch(testEnvironment({ leads }), body)).status).toBe(400);
  });

  it('does not nest', async () => {
    const answer = await batch(testEnvironment(), multipart([{ line: `POST ${origin}/api/data/v9.2/$batch`, body: {} }]));
    expect([answer.status, statuses(answer.body)]).toEqual([404, [404]]);
  });
});
