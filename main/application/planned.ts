import { type PlanEffect, type PlannedLine, planEffects } from '../../shared/planned.ts';
import { tagKeys, tagNames } from '../../shared/tags.ts';
import type { Service } from '../connections/errors.ts';
import type { Link } from '../store/observed.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { emailColumn } from '../sync/mapping/field-map.ts';
import { type FieldChange, type Operation, operationSchema } from '../sync/plan/operations.ts';
import type { FieldWords } from './field-words.ts';

/** An operation of the uncommitted plan, with what people are told of it. */
export interface Planned {
  readonly operation: Operation;
  readonly link: Link;
  readonly lines: readonly PlannedLine[];
}

const page = 500;

/** The uncommitted plan, in the order in which it was made. Read page by page, letting others work in between. */
export async function* plannedOperations(
  store: SyncStore,
  words: FieldWords,
  /** Name of a list; its id where it is not known. */
  listName: (id: string) => string = (id) => id,
): AsyncGenerator<Planned> {
  for (let after = 0; ; ) {
    const entries = store.outbox.planned(after, page);
    const last = entries.at(-1);
    if (last === undefined) return;
    for (const { link: id, payload } of entries) {
      const link = store.links.byId(id);
      if (link === null) continue;
      const operation = operationSchema.parse(JSON.parse(payload));
      yield { operation, link, lines: linesOf(store, words, operation, link, listName) };
    }
    after = last.id;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

export const noEffects = (): Record<PlanEffect, number> =>
  Object.fromEntries(planEffects.map((effect) => [effect, 0])) as Record<PlanEffect, number>;

export function countEffects(effects: Record<PlanEffect, number>, { operation, link }: Planned): void {
  const effect = effectOf(operation, link);
  if (effect === null) return;
  effects[effect] += 1;
  if (operation.kind === 'updateRecord' || operation.kind === 'writePerson') effects.emptied += operation.changes.filter(empties).length;
}

const empties = ({ old, new: value }: FieldChange): boolean => value === null && old !== null;

/** Null for what only the app's own memory is about. */
function effectOf(operation: Operation, link: Link): PlanEffect | null {
  switch (operation.kind) {
    case 'createRecord':
      return 'createdInDynamics';
    case 'updateRecord':
      return operation.optOut ? 'optedOut' : 'updatedInDynamics';
    case 'writePerson':
      return link.personId === null ? 'createdInActiveCampaign' : 'updatedInActiveCampaign';
    case 'optOutPerson':
      return 'optedOut';
    case 'endLink':
      return 'unlinked';
    case 'moveLink':
    case 'forgetLink':
    case 'settle':
      return null;
  }
}

function linesOf(
  store: SyncStore,
  words: FieldWords,
  operation: Operation,
  link: Link,
  listName: (id: string) => string,
): readonly PlannedLine[] {
  const effect = effectOf(operation, link);
  if (effect === null) return [];
  const { entity } = link;
  const about = { email: emailOf(store, operation, link), entity, effect };
  const change = (service: Service, { field, old, new: value, rule }: FieldChange): PlannedLine => ({
    ...about,
    service,
    field: words.label(service, entity, field),
    old: words.text(service, entity, field, old),
    new: words.text(service, entity, field, value),
    because: rule,
  });
  const membership = (field: string, old: string | null, value: string | null): PlannedLine => ({
    ...about,
    service: 'activeCampaign',
    field,
    old,
    new: value,
    because: 'takes-part',
  });
  switch (operation.kind) {
    case 'createRecord':
    case 'updateRecord':
      return operation.changes.map((one) => change('dynamics', one));
    case 'writePerson': {
      const { changes, addTags, removeTags, joinList } = operation;
      const tags = (keys: typeof addTags) =>
        keys.length === 0
          ? null
          : tagKeys
              .filter((key) => keys.includes(key))
              .map((key) => tagNames[key])
              .join(', ');
      return [
        ...changes.map((one) => change('activeCampaign', one)),
        ...(addTags.length + removeTags.length === 0 ? [] : [membership('Tags', tags(removeTags), tags(addTags))]),
        ...(joinList === null ? [] : [membership('List', null, listName(joinList))]),
      ];
    }
    case 'optOutPerson': {
      const lists = operation.lists.length === 1 ? 'one list' : `${operation.lists.length} lists`;
      const from = { ...about, service: 'activeCampaign', field: 'Subscription' } as const;
      return [{ ...from, old: `On ${lists}`, new: 'Unsubscribed', because: 'opted-out-in-dynamics' }];
    }
    case 'endLink':
      return [{ ...about, service: null, field: 'Sync', old: 'In sync', new: 'Not in sync', because: operation.because }];
    case 'moveLink':
    case 'forgetLink':
    case 'settle':
      return [];
  }
}

function emailOf(store: SyncStore, operation: Operation, link: Link): string | null {
  if ('email' in operation) return operation.email;
  const known = link.personId === null ? null : store.people.emailOf(link.personId);
  if (known !== null) return known;
  const email = store.records.byId(link.entity, link.dynamicsId)?.columns[emailColumn];
  return typeof email === 'string' ? email : null;
}
