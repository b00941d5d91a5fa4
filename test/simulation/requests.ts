import { z } from 'zod';
import type { HttpRequest } from '../../main/connections/http/transport.ts';
import { parseBatch } from '../../main/demo/dynamics/batch/parse-batch.ts';

/** What a request asks a service to change, read from the wire: what the promises about writes are judged by. */
export type AskedWrite =
  | {
      readonly kind: 'changePerson';
      readonly id: number | null;
      readonly email: string | null;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'giveTag'; readonly id: number; readonly tag: number }
  | { readonly kind: 'takeTag'; readonly link: number }
  | { readonly kind: 'setList'; readonly id: number; readonly list: number; readonly status: number }
  | {
      readonly kind: 'importPerson';
      readonly email: string;
      readonly values: Readonly<Record<string, string>>;
      readonly subscribe: readonly number[];
    }
  | {
      readonly kind: 'createRow' | 'updateRow';
      readonly table: 'lead' | 'contact';
      readonly id: string;
      readonly columns: Readonly<Record<string, string | number | boolean | null>>;
    }
  | { readonly kind: 'other'; readonly line: string };

const number = z.coerce.number();
const contact = z.object({
  contact: z.object({
    email: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    phone: z.string().optional(),
    fieldValues: z.array(z.object({ field: z.string(), value: z.string() })).optional(),
  }),
});
const tagLink = z.object({ contactTag: z.object({ contact: number, tag: number }) });
const listLink = z.object({ contactList: z.object({ contact: number, list: number, status: number }) });
const imported = z.object({
  contacts: z.array(
    z.object({
      email: z.string(),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
      phone: z.string().optional(),
      fields: z.array(z.object({ id: number, value: z.string() })).optional(),
      subscribe: z.array(z.object({ listid: number })).optional(),
    }),
  ),
});
const columns = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const defined = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** @returns nothing for a request that only reads. */
export function writesOf(request: HttpRequest): readonly AskedWrite[] {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/$batch')) return batchWrites(request);
  if (request.method === 'GET') return [];
  const path = pathname.replace('/api/3/', '');
  const body: unknown = request.body === undefined ? undefined : JSON.parse(request.body);
  const id = /^contacts\/(\d+)$/.exec(path)?.[1];
  if (path === 'contact/sync' || id !== undefined) {
    const { email, fieldValues = [], ...own } = contact.parse(body).contact;
    const values = { ...defined(own), ...Object.fromEntries(fieldValues.map(({ field, value }) => [`field:${field}`, value])) };
    return id === undefined
      ? [{ kind: 'changePerson', id: null, email: email ?? null, values }]
      : [{ kind: 'changePerson', id: Number(id), email: null, values: { ...values, ...defined({ email }) } }];
  }
  if (path === 'contactTags') {
    const { contact: person, tag } = tagLink.parse(body).contactTag;
    return [{ kind: 'giveTag', id: person, tag }];
  }
  if (path.startsWith('contactTags/')) return [{ kind: 'takeTag', link: Number(path.split('/')[1]) }];
  if (path === 'contactLists') {
    const { contact: person, list, status } = listLink.parse(body).contactList;
    return [{ kind: 'setList', id: person, list, status }];
  }
  if (path === 'import/bulk_import') {
    return imported.parse(body).contacts.map(({ email, first_name, last_name, phone, fields = [], subscribe = [] }) => ({
      kind: 'importPerson',
      email,
      values: {
        ...defined({ firstName: first_name, lastName: last_name, phone }),
        ...Object.fromEntries(fields.map((field) => [`field:${field.id}`, field.value])),
      },
      subscribe: subscribe.map(({ listid }) => listid),
    }));
  }
  return [{ kind: 'other', line: `${request.method} ${path}` }];
}

function batchWrites(request: HttpRequest): readonly AskedWrite[] {
  return parseBatch(request.body ?? '', request.headers['content-type']).flatMap((item): AskedWrite[] => {
    if (item.kind === 'changeSet') return [{ kind: 'other', line: 'a change set' }];
    const { method, target, headers, body } = item.request;
    if (method === 'GET') return [];
    const row = /(lead|contact)s\(([0-9a-f-]+)\)/.exec(target);
    const table = row?.[1] === 'lead' ? 'lead' : 'contact';
    return [
      {
        kind: headers['if-none-match'] === '*' ? 'createRow' : 'updateRow',
        table,
        id: row?.[2] ?? '',
        columns: columns.parse(JSON.parse(body)),
      },
    ];
  });
}
