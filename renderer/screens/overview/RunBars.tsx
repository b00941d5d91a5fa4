import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { FinishedRun } from '../../../shared/overview.ts';

const barHeight = 40;

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: '72px repeat(14, minmax(0, 1fr))', columnGap: '6px', alignItems: 'end' },
  title: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  aboveTimes: { paddingBottom: '18px' },
  column: { display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'flex-end', gap: '2px', minWidth: 0 },
  count: { fontSize: tokens.fontSizeBase100, lineHeight: tokens.lineHeightBase100, fontVariantNumeric: 'tabular-nums', minHeight: '14px' },
  nothing: { color: tokens.colorNeutralForeground4 },
  bar: { width: '100%', maxWidth: '36px', borderRadius: '3px 3px 0 0' },
  base: { width: '100%', height: '1px', backgroundColor: tokens.colorNeutralStroke2 },
  time: {
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
});

interface RunBarsProps {
  readonly title: string;
  readonly colour: string;
  /** Oldest first. */
  readonly runs: readonly FinishedRun[];
  readonly count: (run: FinishedRun) => number;
  /** Writes below the bars when each run ended. */
  readonly times?: boolean;
}

/** One number of the last runs, as bars on a scale of its own: the Initial Sync does not flatten what is held. */
export function RunBars({ title, colour, runs, count, times = false }: RunBarsProps) {
  const styles = useStyles();
  const most = Math.max(1, ...runs.map(count));
  const sameDay = new Set(runs.map(({ finishedAt }) => new Date(finishedAt).toDateString())).size === 1;
  return (
    <div className={styles.row}>
      <span className={mergeClasses(styles.title, times && styles.aboveTimes)}>{title}</span>
      {runs.map((run) => {
        const value = count(run);
        const height = value === 0 ? 0 : Math.max(3, Math.round((value / most) * barHeight));
        return (
          <div key={run.number} className={styles.column}>
            <span className={mergeClasses(styles.count, value === 0 && styles.nothing)}>{shortNumber(value)}</span>
            <div className={styles.bar} style={{ height, backgroundColor: colour }} />
            <div className={styles.base} />
            {times && <span className={styles.time}>{sameDay ? clock.format(run.finishedAt) : day.format(run.finishedAt)}</span>}
          </div>
        );
      })}
    </div>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const shortNumber = (value: number): string => compact.format(value);
