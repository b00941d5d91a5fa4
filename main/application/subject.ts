import { emailKey } from '../../shared/email.ts';
import type { Entity } from '../../shared/entity.ts';
import { activeCampaignId, dynamicsId } from '../../shared/ids.ts';
import { membershipOf } from '../../shared/tags.ts';
import type { Link, ObservedPerson, ObservedRecord } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { Subject } from '../sync/decide.ts';
import { emailColumn } from '../sync/mapping/field-map.ts';

/** Both sides of somebody, as far as they are known. */
export interface KnownSubject {
  /** `person:16`, `lead:<guid>` or `contact:<guid>`. */
  readonly name: string;
  readonly link: Link | null;
  readonly person: ObservedPerson | null;
  readonly record: ObservedRecord | null;
}

/** @param name as problems name their subject. */
export function findSubject({ links, people, records }: SyncStore, name: string): KnownSubject {
  const [kind = '', id = ''] = name.split(':');
  if (kind === 'person') {
    const personId = activeCampaignId(id);
    const link = links.ofPerson(personId);
    const record = link === null ? null : records.byId(link.entity, link.dynamicsId);
    return { name, link, person: people.byId(personId), record };
  }
  const entity = kind === 'lead' ? 'lead' : 'contact';
  const link = links.ofRecord(entity, dynamicsId(id));
  const person = link === null || link.personId === null ? null : people.byId(link.personId);
  return { name, link, person, record: records.byId(entity, dynamicsId(id)) };
}

export const toDecideOn = ({ name, person, record }: KnownSubject): Subject => ({
  name,
  personId: person?.id ?? null,
  record: record === null ? null : { entity: record.entity, dynamicsId: record.id },
});

export function emailOf({ person, record }: Pick<KnownSubject, 'person' | 'record'>): string | null {
  const email = person?.email ?? record?.columns[emailColumn];
  return typeof email === 'string' && emailKey(email) !== null ? email : null;
}

/** What somebody is, or is about to become. */
export const entityOf = ({ record, link, person }: Pick<KnownSubject, 'record' | 'link' | 'person'>): Entity =>
  record?.entity ?? link?.entity ?? (person === null ? null : membershipOf(person.tags)) ?? 'lead';

/** First and last name of either side; empty where there are none. */
export function nameOf({ person, record }: Pick<KnownSubject, 'person' | 'record'>): string {
  const full = (first: unknown, last: unknown) => [first, last].filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
  return full(person?.values.firstName, person?.values.lastName) || full(record?.columns.firstname, record?.columns.lastname);
}
