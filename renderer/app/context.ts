import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { LeadferryApi } from '../../shared/ipc.ts';
import type { PeopleQuery } from '../../shared/people.ts';
import type { Screen } from '../../shared/screens.ts';
import type { StateStore } from './state-store.ts';

/** What a screen is to show when it is opened from another one. */
export interface Targets {
  readonly people: { readonly who: PeopleQuery['who'] };
  readonly liveLog: { readonly run?: number; readonly person?: string };
}

/** Opens a screen, at something in it where that is given. */
export type OpenScreen = <Name extends Screen>(screen: Name, target?: Name extends keyof Targets ? Targets[Name] : never) => void;

/** The last target of each screen. `turn` grows each time, so that the same target can be asked for twice. */
export type LastTargets = { readonly [Name in keyof Targets]?: { readonly turn: number; readonly target: Targets[Name] } };

export interface AppContext {
  readonly api: LeadferryApi;
  readonly store: StateStore;
  readonly open: OpenScreen;
  readonly targets: LastTargets;
  /** By form, what is typed in it and not saved. */
  readonly unsaved: ReadonlyMap<string, Unsaved>;
  /** Null where all is saved. */
  readonly noteUnsaved: (form: string, unsaved: Unsaved | null) => void;
}

type DraftScreen = 'connection' | 'dataConfiguration';

interface Unsaved {
  readonly screen: DraftScreen;
  /** The `draftKey` of then. */
  readonly key: string;
}

/** What the forms of a screen are about: once it is another one, they begin anew, and what was typed in them is gone. */
export function draftKey(screen: DraftScreen, { mode, connected, settings }: AppState): string {
  // Other accounts have other fields.
  const accounts = [connected, settings.activeCampaign.apiUrl, settings.dynamics.environmentUrl];
  return [mode, ...(screen === 'dataConfiguration' ? accounts : [])].join(' ');
}

export const AppContext = createContext<AppContext | null>(null);

function useApp(): AppContext {
  const app = useContext(AppContext);
  if (app === null) throw new Error('a screen is shown outside of the app');
  return app;
}

export const useApi = (): LeadferryApi => useApp().api;
export const useOpenScreen = (): OpenScreen => useApp().open;
export const useTarget = <Name extends keyof Targets>(screen: Name): LastTargets[Name] => useApp().targets[screen];

/** Whether something that was changed on a screen is not saved. */
export function useIsUnsaved(screen: Screen): boolean {
  const state = useAppState();
  return [...useApp().unsaved.values()].some((unsaved) => unsaved.screen === screen && unsaved.key === draftKey(unsaved.screen, state));
}

/** To be called by each form that is saved as a whole: what is typed in it stays while another screen is shown. */
export function useNoteUnsaved(form: string, screen: DraftScreen, unsaved: boolean): void {
  const { noteUnsaved } = useApp();
  const key = draftKey(screen, useAppState());
  useEffect(() => noteUnsaved(form, unsaved ? { screen, key } : null), [noteUnsaved, form, screen, key, unsaved]);
}

export function useAppState(): AppState {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
