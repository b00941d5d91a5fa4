import type { AppState } from '../../shared/app-state.ts';
import type { IpcError, LeadferryApi } from '../../shared/ipc.ts';

/** The app's state as the main process last told it. */
export interface StateStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => AppState;
}

/** Reads the state and follows it from then on. */
export async function connectStateStore(
  api: LeadferryApi,
): Promise<{ readonly ok: true; readonly value: StateStore } | { readonly ok: false; readonly error: IpcError }> {
  const listeners = new Set<() => void>();
  let newer: AppState | null = null;
  api.on.state((state) => {
    newer = state;
    for (const listener of listeners) listener();
  });
  const first = await api.call.getState();
  if (!first.ok) return first;
  return {
    ok: true,
    value: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: () => newer ?? first.value,
    },
  };
}
