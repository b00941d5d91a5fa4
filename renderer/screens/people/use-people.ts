import { useCallback, useEffect, useRef, useState } from 'react';
import type { IpcError } from '../../../shared/ipc.ts';
import type { PeoplePage, PeopleQuery, PersonRow } from '../../../shared/people.ts';
import { useApi } from '../../app/context.ts';

export interface ListedPeople {
  readonly rows: readonly PersonRow[];
  /** Everybody who fits is in `rows`. */
  readonly complete: boolean;
  readonly loading: boolean;
  readonly error: IpcError | null;
}

const nobodyYet: ListedPeople = { rows: [], complete: false, loading: true, error: null };

/** Long enough that a word is typed, short enough that nobody waits. */
const typingPauseMs = 150;

/**
 * Everybody who fits, page by page. When `version` is another one, as much as is shown is read again; what was shown stays until it is
 * there, so that nothing jumps.
 */
export function usePeople(
  email: string,
  who: PeopleQuery['who'],
  version: string,
): { readonly people: ListedPeople; readonly loadMore: () => void; readonly reload: () => void } {
  const api = useApi();
  const [people, setPeople] = useState<ListedPeople>(nobodyYet);
  const next = useRef<PeoplePage['next']>(null);
  const turn = useRef(0);

  /** Adds pages behind `rows` until there are `atLeast`. */
  const load = useCallback(
    async (rows: readonly PersonRow[], after: PeoplePage['next'], atLeast: number) => {
      turn.current += 1;
      const own = turn.current;
      setPeople((before) => ({ ...before, loading: true, error: null }));
      for (let [loaded, from] = [rows, after]; ; ) {
        const page = await api.call.getPeople({ email, who, after: from });
        if (own !== turn.current) return;
        if (!page.ok) return setPeople((before) => ({ ...before, loading: false, error: page.error }));
        loaded = [...loaded, ...page.value.rows];
        from = page.value.next;
        if (from !== null && loaded.length < atLeast) continue;
        next.current = from;
        return setPeople({ rows: loaded, complete: from === null, loading: false, error: null });
      }
    },
    [api, email, who],
  );

  const shown = useRef(0);
  useEffect(() => {
    shown.current = people.rows.length;
  }, [people]);
  const reload = useCallback(() => void load([], null, shown.current), [load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks for the same people again
  useEffect(() => {
    const timer = setTimeout(reload, typingPauseMs);
    return () => {
      clearTimeout(timer);
      turn.current += 1;
    };
  }, [reload, version]);

  const loadMore = () => {
    if (!people.loading && next.current !== null) void load(people.rows, next.current, 0);
  };
  return { people, loadMore, reload };
}
