import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { navigationScreens, type Screen, screenTitles } from '../../shared/screens.ts';
import { Ferry } from '../components/Ferry.tsx';
import { useIsUnsaved, useOpenScreen } from './context.ts';
import { StatusCard } from './StatusCard.tsx';
import { loadScreen, navigationIcons } from './screens.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexDirection: 'column', gap: '20px', padding: '20px 12px 12px', minHeight: 0 },
  brand: { display: 'flex', alignItems: 'center', gap: '10px', paddingInline: '10px' },
  name: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px', flexGrow: 1 },
  item: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    width: '100%',
    height: '38px',
    padding: '0 12px',
    border: 'none',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: { fontSize: '20px', display: 'flex' },
  current: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: tokens.shadow2,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1 },
  },
  unsaved: { color: tokens.colorPaletteDarkOrangeForeground1 },
  currentIcon: { color: tokens.colorBrandForeground1 },
});

/** The way between the screens, with what the app is doing now below it. */
export function Navigation({ current }: { readonly current: Screen }) {
  const styles = useStyles();
  const open = useOpenScreen();
  return (
    <nav className={styles.bar} aria-label="Screens">
      <div className={styles.brand}>
        <Ferry />
        <Text className={styles.name}>Leadferry</Text>
      </div>
      <ul className={styles.list}>
        {navigationScreens.map((name) => {
          const selected = name === current;
          const Icon = navigationIcons[name][selected ? 'filled' : 'regular'];
          return (
            <li key={name}>
              <button
                type="button"
                className={mergeClasses(styles.item, selected && styles.current)}
                aria-current={selected ? 'page' : undefined}
                onClick={() => open(name)}
                onPointerEnter={() => void loadScreen[name]()}
              >
                <span className={mergeClasses(styles.icon, selected && styles.currentIcon)}>
                  <Icon />
                </span>
                {screenTitles[name]}
                <Unsaved screen={name} />
              </button>
            </li>
          );
        })}
      </ul>
      <StatusCard />
    </nav>
  );
}

function Unsaved({ screen }: { readonly screen: Screen }) {
  const styles = useStyles();
  return useIsUnsaved(screen) ? (
    <span className={styles.unsaved} role="img" aria-label="Not saved" title="Not saved">
      •
    </span>
  ) : null;
}
