import { useCallback, useEffect, useRef, useState } from 'react';
import type { IpcError, LeadferryApi } from '../../../shared/ipc.ts';
import type { PeoplePage, PeopleQuery, PersonRow } from '../../../shared/people.ts';
import { useApi } from '../../app/context.ts';

export interface ListedPeople {
  readonly rows: readonly PersonRow[];
  /** Where the next page begins; null where everybody who fits is in `rows`, or nothing was read yet. */
  readonly next: PeoplePage['next'];
  readonly loading: boolean;
  readonly error: IpcError | null;
  /** Which question this answers: while another one is asked, the earlier answer is shown, but has no further pages. */
  readonly text: string;
  readonly who: PeopleQuery['who'] | null;
}

const nobodyYet: ListedPeople = { rows: [], next: null, loading: true, error: null, text: '', who: null };

/**
 * Everybody who fits, page by page. When `version` is another one, as much as is shown is read again; what was shown stays until it is
 * there, so that nothing jumps.
 */
export function usePeople(
  text: string,
  who: PeopleQuery['who'],
  version: string,
): { readonly people: ListedPeople; readonly loadMore: () => void; readonly reload: () => Promise<void> } {
  const api = useApi();
  const [people, setPeople] = useState<ListedPeople>(nobodyYet);
  const shown = useRef(0);
  const turn = useRef(0);

  const load = useCallback(
    async (before: readonly PersonRow[], after: PeoplePage['next'], atLeast: number) => {
      turn.current += 1;
      const own = turn.current;
      const loaded = await readPages(api, { text, who, after }, before, atLeast);
      if (own !== turn.current) return;
      shown.current = loaded.rows.length;
      setPeople(loaded);
    },
    [api, text, who],
  );
  const reload = useCallback(() => load([], null, shown.current), [load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks for the same people again
  useEffect(() => {
    void reload();
    return () => {
      turn.current += 1;
    };
  }, [reload, version]);

  const loadMore = () => {
    const current = people.text === text && people.who === who;
    if (!current || people.loading || people.error !== null || people.next === null) return;
    setPeople({ ...people, loading: true });
    void load(people.rows, people.next, 0);
  };
  return { people, loadMore, reload };
}

/** Adds pages behind `rows` until there are `atLeast`, or no more. */
async function readPages(api: LeadferryApi, query: PeopleQuery, rows: readonly PersonRow[], atLeast: number): Promise<ListedPeople> {
  const page = await api.call.getPeople(query);
  const { text, who } = query;
  if (!page.ok) return { rows, next: query.after, loading: false, error: page.error, text, who };
  const all = [...rows, ...page.value.rows];
  const { next } = page.value;
  return next === null || all.length >= atLeast
    ? { rows: all, next, loading: false, error: null, text, who }
    : readPages(api, { ...query, after: next }, all, atLeast);
}
