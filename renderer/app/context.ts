import { createContext, useContext, useSyncExternalStore } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { LeadferryApi } from '../../shared/ipc.ts';
import type { Screen } from './screens.ts';
import type { StateStore } from './state-store.ts';

interface AppContext {
  readonly api: LeadferryApi;
  readonly store: StateStore;
  readonly open: (screen: Screen) => void;
}

export const AppContext = createContext<AppContext | null>(null);

function useApp(): AppContext {
  const app = useContext(AppContext);
  if (app === null) throw new Error('a screen is shown outside of the app');
  return app;
}

export const useApi = (): LeadferryApi => useApp().api;
export const useOpenScreen = (): ((screen: Screen) => void) => useApp().open;

export function useAppState(): AppState {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
