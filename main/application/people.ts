import type { PeoplePage, PeopleQuery, PersonRow } from '../../shared/people.ts';
import type { Settings } from '../../shared/settings.ts';
import { withoutCase } from '../store/roster.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { createFieldWords, type FieldWords } from './field-words.ts';
import { emailOf, entityOf, findSubject, nameOf } from './subject.ts';

const pageSize = 60;

/** One page of everybody who is linked, held, or out since a change of the settings. */
export function listPeople(store: SyncStore, settings: Settings, { text, who, after }: PeopleQuery): PeoplePage {
  const words = createFieldWords(store, settings);
  const positions = store.roster.page({ text: withoutCase(text), who }, after, pageSize + 1);
  const shown = positions.slice(0, pageSize);
  return {
    rows: shown.map(({ subject }) => personRow(store, words, subject)),
    next: positions.length > pageSize ? (shown.at(-1) ?? null) : null,
  };
}

export function personRow(store: SyncStore, words: FieldWords, subject: string): PersonRow {
  const known = findSubject(store, subject);
  const problems = store.problems.ofSubject(subject);
  const { record, link } = known;
  const first = problems.find(({ field }) => field === '') ?? problems[0];
  return {
    subject,
    email: emailOf(known),
    name: nameOf(known),
    entity: record?.entity ?? link?.entity ?? null,
    linked: link !== null,
    newcomer: record === null || link !== null ? null : (store.newcomers.of(record.entity, record.id)?.state ?? null),
    problem:
      first === undefined
        ? null
        : {
            message: words.problem(entityOf(known), first),
            fields: problems.filter(({ field }) => field !== '').length,
            dismissed: first.dismissed,
          },
  };
}
