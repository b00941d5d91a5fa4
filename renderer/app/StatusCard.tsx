import { Caption1, makeStyles, mergeClasses, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { type Status, statusOf } from '../../shared/status.ts';
import { useAppState } from './context.ts';
import { useNow } from './use-now.ts';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    boxSizing: 'border-box',
    // As high as it gets, so that nothing moves when a run begins.
    minHeight: '92px',
    padding: '12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  headline: { display: 'flex', alignItems: 'center', gap: '8px' },
  dot: { width: '8px', height: '8px', borderRadius: tokens.borderRadiusCircular, flexShrink: 0 },
  detail: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  progress: { marginTop: 'auto' },
});

const useDotStyles = makeStyles({
  idle: { backgroundColor: tokens.colorPaletteGreenBackground3 },
  syncing: { backgroundColor: tokens.colorBrandForeground1 },
  paused: { backgroundColor: tokens.colorNeutralForeground3 },
  attention: { backgroundColor: tokens.colorPaletteDarkOrangeBackground3 },
  offline: { backgroundColor: tokens.colorPaletteRedBackground3 },
} satisfies Record<Status['indicator'], unknown>);

/** What the app is doing now and when it syncs next; on every screen. */
export function StatusCard() {
  const styles = useStyles();
  const dots = useDotStyles();
  const state = useAppState();
  const now = useNow(15_000);
  const { indicator, headline, detail } = statusOf(state, now);
  const { run } = state;
  return (
    <div className={styles.card}>
      <div className={styles.headline}>
        <span className={mergeClasses(styles.dot, dots[indicator])} />
        <Text weight="semibold" size={200} role="status">
          {headline}
        </Text>
      </div>
      <Caption1 className={styles.detail}>{detail}</Caption1>
      {run !== null && (
        <ProgressBar
          className={styles.progress}
          aria-label="Progress of the sync"
          {...(run.total === null || run.total === 0 ? {} : { value: run.done / run.total })}
        />
      )}
    </div>
  );
}
