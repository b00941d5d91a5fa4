import { Caption1, Caption1Strong, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { nextRunSentence, type Status, statusOf } from '../../shared/status.ts';
import { ProgressOf } from '../components/ProgressOf.tsx';
import { ServiceWords } from '../components/ServiceWords.tsx';
import { useAppState, useOpenScreen } from './context.ts';
import { firstStartStep, isFirstStart } from './first-start/FirstStart.tsx';
import { useNow } from './use-now.ts';
import { waysOut } from './ways-out.ts';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    boxSizing: 'border-box',
    // Room for a run, so that nothing moves when one begins. What needs attention makes it grow into the empty part above.
    minHeight: '92px',
    maxHeight: '50vh',
    overflowY: 'auto',
    flexShrink: 0,
    padding: '12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  headline: { display: 'flex', alignItems: 'center', gap: '8px' },
  dot: { width: '8px', height: '8px', borderRadius: tokens.borderRadiusCircular, flexShrink: 0 },
  detail: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  progress: { marginTop: 'auto', flexShrink: 0 },
  problem: { display: 'flex', flexDirection: 'column', gap: '2px', paddingTop: '6px' },
  way: { alignSelf: 'flex-start', fontSize: tokens.fontSizeBase200 },
});

const useDotStyles = makeStyles({
  idle: { backgroundColor: tokens.colorPaletteGreenBackground3 },
  syncing: { backgroundColor: tokens.colorBrandForeground1 },
  paused: { backgroundColor: tokens.colorNeutralForeground3 },
  attention: { backgroundColor: tokens.colorPaletteDarkOrangeBackground3 },
  offline: { backgroundColor: tokens.colorPaletteRedBackground3 },
} satisfies Record<Status['indicator'], unknown>);

/** What the app is doing now, when it syncs next and what needs a person; on every screen. */
export function StatusCard() {
  const styles = useStyles();
  const dots = useDotStyles();
  const state = useAppState();
  const open = useOpenScreen();
  const now = useNow(15_000);
  const { indicator, headline, detail } = statusOf(state, now);
  const { run, attention } = state;
  return (
    <div className={styles.card}>
      <div className={styles.headline}>
        <span className={mergeClasses(styles.dot, dots[indicator])} />
        <Text weight="semibold" size={200} role="status">
          {headline}
        </Text>
      </div>
      {/* Problems are listed whole below: what the tray says of them would be said twice. */}
      <Caption1 className={styles.detail}>{run === null && attention.length > 0 ? nextRunSentence(state, now) : detail}</Caption1>
      {isFirstStart(state) && (
        <Link as="button" className={styles.way} onClick={() => open(firstStartStep(state))}>
          {state.connected ? 'Go on with the setup' : 'Set up'}
        </Link>
      )}
      {attention.map(({ about, message, advice, serviceMessage }) => (
        <div key={message} className={styles.problem}>
          <Caption1Strong>{message}</Caption1Strong>
          <Caption1 className={styles.detail}>{advice}</Caption1>
          {serviceMessage !== undefined && <ServiceWords words={serviceMessage} />}
          <Link as="button" className={styles.way} onClick={() => waysOut[about].go(open)}>
            {waysOut[about].name}
          </Link>
        </div>
      ))}
      {run !== null && (
        <ProgressOf label="Progress of the sync" done={run.done} total={run.total} thickness="medium" className={styles.progress} />
      )}
    </div>
  );
}
