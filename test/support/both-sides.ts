import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import type { Entity } from '../../shared/entity.ts';
import type { RequestLog } from '../sample-services/request-log.ts';
import type { RunningServices } from './running-services.ts';

/** The membership tags of the person under this address, in alphabetical order. */
export function membership({ office }: Pick<RunningServices, 'office'>, email: string): readonly string[] | undefined {
  return office.personByEmail(email)?.tags.filter((tag) => tag.startsWith('D365: '));
}

/** The columns of the one row under this address; null where there is none. @throws Error where there are several. */
export function rowByEmail({ sales }: Pick<RunningServices, 'sales'>, entity: Entity, email: string): SampleRow['columns'] | null {
  const rows = [...sales.rows(entity)].filter(({ columns }) => String(columns.emailaddress1 ?? '').toLowerCase() === email);
  if (rows.length > 1) throw new Error(`${rows.length} ${entity}s have the address ${email}`);
  return rows[0]?.columns ?? null;
}

/** Every JSON object that was sent, in order; those inside a multipart batch one by one. */
export function bodies({ requests }: RequestLog): unknown[] {
  return requests.flatMap(({ body = '' }) => {
    if (body.startsWith('{')) return [JSON.parse(body) as unknown];
    return body
      .split(/\r?\n/)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as unknown);
  });
}

/** Everybody on both sides without what differs from run to run (ids that services hand out, times), in a fixed order. */
export function everybody({ office, sales }: Pick<RunningServices, 'office' | 'sales'>): unknown {
  const people = office.people().map(({ email, firstName, lastName, phone, fields, tags, lists }) => ({
    email: email.toLowerCase(),
    firstName,
    lastName,
    phone,
    fields,
    tags,
    lists,
  }));
  const rows = (['lead', 'contact'] as const).flatMap((entity) =>
    [...sales.rows(entity)].map(({ columns: { emailaddress1, firstname, lastname, telephone1, donotbulkemail, subject } }) => ({
      entity,
      email: String(emailaddress1 ?? '').toLowerCase(),
      firstname,
      lastname,
      telephone1,
      donotbulkemail,
      subject,
    })),
  );
  const inOrder = (list: readonly object[]) => list.map((entry) => JSON.stringify(entry)).toSorted();
  return { people: inOrder(people), rows: inOrder(rows) };
}

/** Who is linked with whom and what both are remembered to hold, by address in the place of ids, in a fixed order. */
export function everyLink({ office, sales }: Pick<RunningServices, 'office' | 'sales'>, { links }: SyncStore): unknown {
  const all = links.page(0, Number.MAX_SAFE_INTEGER).map(({ entity, dynamicsId, personId, state, origin, agreed }) => {
    const row = sales.row(entity, dynamicsId)?.columns;
    const person = personId === null ? null : office.person(Number(personId));
    return { entity, row: row?.emailaddress1, lastname: row?.lastname, person: person?.email.toLowerCase(), state, origin, agreed };
  });
  return all
    .map((link) => JSON.stringify({ ...link, agreed: Object.entries(link.agreed).toSorted(([a], [b]) => (a < b ? -1 : 1)) }))
    .toSorted();
}
