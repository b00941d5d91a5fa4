import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { Activity, Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { LeadferryApi } from '../../shared/ipc.ts';
import { type Screen, screenNames, screenTitles } from '../../shared/screens.ts';
import { Banners } from './Banners.tsx';
import { AppContext, type LastTargets, type OpenScreen } from './context.ts';
import { FirstStart } from './first-start/FirstStart.tsx';
import { Navigation } from './Navigation.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { screenComponents } from './screens.ts';
import type { StateStore } from './state-store.ts';

const useStyles = makeStyles({
  app: {
    display: 'grid',
    gridTemplateColumns: '232px minmax(0, 1fr)',
    height: '100vh',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
  content: { display: 'flex', flexDirection: 'column', minHeight: 0, outlineStyle: 'none' },
  // In sight only while the keyboard is on it.
  skip: {
    position: 'absolute',
    top: '12px',
    left: '12px',
    zIndex: 2,
    padding: '8px 16px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    ':not(:focus)': { clipPath: 'inset(50%)', width: '1px', height: '1px', padding: 0, overflow: 'hidden' },
  },
  screen: { flexGrow: 1, minHeight: 0 },
  loading: { height: '100%' },
});

const startScreens: readonly Screen[] = ['overview', 'connection'];
const startScreen = (store: StateStore): Screen => (store.snapshot().connected ? 'overview' : 'connection');

/** The window was opened for a screen: by the menu, or by a notification. */
const askedFor = (): Screen | undefined => screenNames.find((name) => location.hash === `#${name}`);

export function App({ api, store }: { readonly api: LeadferryApi; readonly store: StateStore }) {
  const styles = useStyles();
  const [screen, setScreen] = useState<Screen>(() => askedFor() ?? startScreen(store));
  const [visited, setVisited] = useState<ReadonlySet<Screen>>(new Set([screen]));
  const [targets, setTargets] = useState<LastTargets>({});
  const [unsaved, setUnsaved] = useState<AppContext['unsaved']>(new Map());
  const mainRef = useRef<HTMLElement>(null);
  const mode = useSyncExternalStore(store.subscribe, () => store.snapshot().mode);
  const [shownMode, setShownMode] = useState(mode);
  // Other accounts are another beginning, unless somebody has gone on already.
  if (mode !== shownMode) {
    const start = startScreens.includes(screen) ? startScreen(store) : screen;
    setShownMode(mode);
    setScreen(start);
    setVisited((before) => new Set([...before, start]));
  }
  const noteUnsaved = useCallback<AppContext['noteUnsaved']>((form, noted) => {
    setUnsaved((before) => {
      if (before.get(form)?.key === noted?.key) return before;
      const others = [...before].filter(([name]) => name !== form);
      return new Map(noted === null ? others : [...others, [form, noted]]);
    });
  }, []);
  const app = useMemo(() => {
    const open: OpenScreen = (name, target) => {
      setScreen(name);
      setVisited((before) => new Set([...before, name]));
      if (target !== undefined) setTargets((before) => ({ ...before, [name]: { turn: (before[name]?.turn ?? 0) + 1, target } }));
    };
    return { api, store, open, targets, unsaved, noteUnsaved };
  }, [api, store, targets, unsaved, noteUnsaved]);

  useEffect(() => api.on.openScreen((asked) => app.open(asked)), [api, app]);

  useEffect(() => {
    document.title = `${screenTitles[screen]} – Leadferry`;
  }, [screen]);

  return (
    <AppContext value={app}>
      <div className={styles.app}>
        <button type="button" className={styles.skip} onClick={() => mainRef.current?.focus()}>
          Skip to the content
        </button>
        <Navigation current={screen} />
        <main ref={mainRef} tabIndex={-1} className={styles.content}>
          <Banners />
          <FirstStart current={screen} />
          <div className={styles.screen}>
            {screenNames
              .filter((name) => visited.has(name))
              .map((name) => {
                const Visited = screenComponents[name];
                // A screen that was left keeps what was typed in it.
                return (
                  <Activity key={name} mode={name === screen ? 'visible' : 'hidden'}>
                    <ScreenBoundary screen={name} api={api}>
                      <Suspense fallback={<Spinner className={styles.loading} aria-label="Loading" delay={300} />}>
                        <Visited />
                      </Suspense>
                    </ScreenBoundary>
                  </Activity>
                );
              })}
          </div>
        </main>
      </div>
    </AppContext>
  );
}
