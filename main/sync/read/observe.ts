import { emailKey } from '../../../shared/email.ts';
import { dynamicsId } from '../../../shared/ids.ts';
import { type TagKey, tagKeys } from '../../../shared/tags.ts';
import type { Person } from '../../connections/activecampaign/types.ts';
import type { ColumnValue, Row } from '../../connections/dynamics/types.ts';
import type { ObservedPerson, ObservedRecord } from '../../store/observed.ts';
import type { RecordKeys } from '../../store/records.ts';
import { emailColumn } from '../mapping/field-map.ts';

/** Ids of the four membership tags in this account. */
export type TagIds = Readonly<Record<TagKey, string>>;

/** Keeps of a person what the engine works with. @param fields names of the mapped fields. */
export function observePerson(person: Person, fields: readonly string[], tagIds: TagIds): ObservedPerson {
  const tagLinks: Partial<Record<TagKey, string>> = {};
  for (const key of tagKeys) {
    const link = person.tags.find((tag) => tag.tagId === tagIds[key]);
    if (link !== undefined) tagLinks[key] = link.linkId;
  }
  return {
    id: person.id,
    email: person.email,
    tags: { lead: 'lead' in tagLinks, contact: 'contact' in tagLinks, pulled: 'pulled' in tagLinks, pushed: 'pushed' in tagLinks },
    tagLinks,
    values: Object.fromEntries(fields.map((field) => [field, fieldValue(person, field)])),
    lists: [...person.lists].sort((a, b) => (a.listId < b.listId ? -1 : 1)),
    updatedAt: person.updatedAt,
    bounced: person.bounced,
    gone: false,
  };
}

/** A person's value of a field as a mapping names it. */
export function fieldValue(person: Person, name: string): string {
  switch (name) {
    case 'firstName':
    case 'lastName':
    case 'phone':
      return person[name];
    default:
      return person.fields[name.slice('field:'.length)] ?? '';
  }
}

/** Columns that say something about a row without being something to compare. */
const bookkeeping = new Set(['createdon', 'modifiedon']);

/** The columns of a row that was read before, as criteria judge them: with the stamps that are kept apart. */
export function judgedColumns({ columns, createdAt, modifiedAt }: ObservedRecord): Row['columns'] {
  const stamp = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());
  return { ...columns, createdon: stamp(createdAt), modifiedon: stamp(modifiedAt) };
}

const text = (value: ColumnValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const time = (value: ColumnValue | undefined): number | null => {
  const parsed = Date.parse(text(value) ?? '');
  return Number.isNaN(parsed) ? null : parsed;
};

const qualified = 1;

/** Keeps of a row what the engine works with. @param columns the selected ones; one that is missing in the answer is empty. */
export function observeRow(row: Row, columns: readonly string[], meetsCriteria: (columns: Row['columns']) => boolean): ObservedRecord {
  const kept = Object.fromEntries(columns.filter((name) => !bookkeeping.has(name)).map((name) => [name, row.columns[name] ?? null]));
  return {
    entity: row.entity,
    id: row.id,
    etag: row.etag,
    columns: kept,
    modifiedAt: time(row.columns.modifiedon),
    createdAt: time(row.columns.createdon),
    succeededBy: successor(row),
    meetsCriteria: meetsCriteria(row.columns),
    gone: false,
  };
}

/** The winner of a merge, or the contact that a lead became when it was qualified. */
function successor({ entity, columns }: Row): ObservedRecord['succeededBy'] {
  const winner = text(columns._masterid_value);
  if (columns.merged === true && winner !== null) return { entity, id: dynamicsId(winner) };
  const contact = text(columns._parentcontactid_value);
  return entity === 'lead' && columns.statecode === qualified && contact !== null ? { entity: 'contact', id: dynamicsId(contact) } : null;
}

export function keysOf(record: ObservedRecord): RecordKeys {
  return {
    emailKey: emailKey(text(record.columns[emailColumn])),
    closed: record.columns.statecode !== 0,
  };
}
