import { emailKey } from '../../shared/email.ts';
import type { PersonRow } from '../../shared/people.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { createFieldWords } from './field-words.ts';
import { personRow } from './people.ts';

const rowsShown = 20;

/** Who is known under this address on either side, and is neither linked nor held, nor out since a change of the settings. */
export function listStrangers(store: SyncStore, settings: Settings, address: string): PersonRow[] {
  const email = emailKey(address);
  if (email === null) return [];
  const words = createFieldWords(store, settings);
  const person = store.people.byEmail(email);
  const subjects = [
    ...store.records.byEmail(email, rowsShown).map(({ entity, id }) => `${entity}:${id}`),
    ...(person === null ? [] : [`person:${person.id}`]),
  ];
  return subjects
    .map((subject) => personRow(store, words, subject))
    .filter(({ linked, problem, newcomer }) => !linked && problem === null && newcomer === null);
}
