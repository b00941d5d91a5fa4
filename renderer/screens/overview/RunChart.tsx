import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { FinishedRun } from '../../../shared/overview.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useOpenScreen } from '../../app/context.ts';
import { outcomeNames } from './outcome-names.ts';
import { niceScale, scaled } from './scale.ts';

/** In pixels. */
const plotHeight = 120;

const useStyles = makeStyles({
  chart: { display: 'flex', flexDirection: 'column', gap: '10px' },
  legend: { display: 'flex', gap: '18px', listStyle: 'none', margin: 0, padding: 0, fontSize: tokens.fontSizeBase200 },
  key: { display: 'flex', alignItems: 'center', gap: '6px', color: tokens.colorNeutralForeground2 },
  swatch: { width: '10px', height: '10px', borderRadius: '2px' },
  plot: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: '8px' },
  axis: { position: 'relative', height: `${plotHeight}px`, minWidth: '32px' },
  tick: {
    position: 'absolute',
    right: 0,
    transform: 'translateY(50%)',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    fontVariantNumeric: 'tabular-nums',
  },
  area: { position: 'relative', height: `${plotHeight}px` },
  line: { position: 'absolute', left: 0, right: 0, height: '1px', backgroundColor: tokens.colorNeutralStroke3 },
  base: { backgroundColor: tokens.colorNeutralStroke1 },
  columns: { position: 'absolute', inset: 0, display: 'grid', gridTemplateColumns: 'repeat(14, minmax(0, 1fr))' },
  column: {
    position: 'relative',
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'flex-end',
    gap: '2px',
    height: '100%',
    padding: 0,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    font: 'inherit',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  bar: { width: '22%', maxWidth: '12px', borderRadius: '2px 2px 0 0' },
  times: { gridColumn: 2, display: 'grid', gridTemplateColumns: 'repeat(14, minmax(0, 1fr))', paddingTop: '4px' },
  time: {
    textAlign: 'center',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
  },
  // Always there, so that nothing moves when a run is pointed at.
  told: { minHeight: '20px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
});

const series = [
  ['created', 'Created', tokens.colorBrandForeground1],
  ['updated', 'Updated', tokens.colorPaletteLavenderBorderActive],
  ['held', 'Held', tokens.colorPaletteDarkOrangeBackground3],
] as const satisfies readonly (readonly [keyof FinishedRun, string, string])[];

interface RunChartProps {
  /** Oldest first; at most 14. */
  readonly runs: readonly FinishedRun[];
  readonly now: number;
}

/**
 * What each of the last runs created, updated and held. On a scale by powers, since one Initial Sync would press every ordinary run flat.
 * A run that is pointed at, or that the keyboard is on, is told in words below.
 */
export function RunChart({ runs, now }: RunChartProps) {
  const styles = useStyles();
  const open = useOpenScreen();
  const [pointedAt, setPointedAt] = useState<FinishedRun | null>(null);
  const ticks = niceScale(Math.max(0, ...runs.flatMap(({ created, updated, held }) => [created, updated, held])));
  const most = ticks.at(-1) ?? 1;
  const height = (value: number): number => Math.round(scaled(value, most) * plotHeight);
  const sameDay = new Set(runs.map(({ finishedAt }) => new Date(finishedAt).toDateString())).size === 1;
  return (
    <div className={styles.chart}>
      <ul className={styles.legend} aria-label="Colours">
        {series.map(([name, title, backgroundColor]) => (
          <li key={name} className={styles.key}>
            <span className={styles.swatch} style={{ backgroundColor }} />
            {title}
          </li>
        ))}
      </ul>
      <div className={styles.plot}>
        <div className={styles.axis} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick} className={styles.tick} style={{ bottom: height(tick) }}>
              {compact.format(tick)}
            </span>
          ))}
        </div>
        <div className={styles.area}>
          {ticks.map((tick) => (
            <div key={tick} className={mergeClasses(styles.line, tick === 0 && styles.base)} style={{ bottom: height(tick) }} />
          ))}
          <div className={styles.columns}>
            {runs.map((run) => (
              <button
                key={run.number}
                type="button"
                className={styles.column}
                aria-label={`${wordsOf(run, now)} Show its log.`}
                onClick={() => open('liveLog', { run: run.number })}
                onPointerEnter={() => setPointedAt(run)}
                onPointerLeave={() => setPointedAt(null)}
                onFocus={() => setPointedAt(run)}
                onBlur={() => setPointedAt(null)}
              >
                {series.map(([name, , backgroundColor]) => (
                  <span
                    key={name}
                    className={styles.bar}
                    style={{ height: run[name] === 0 ? 0 : Math.max(3, height(run[name])), backgroundColor }}
                  />
                ))}
              </button>
            ))}
          </div>
        </div>
        <div className={styles.times} aria-hidden="true">
          {runs.map(({ number, finishedAt }) => (
            <span key={number} className={styles.time}>
              {(sameDay ? clock : day).format(finishedAt)}
            </span>
          ))}
        </div>
      </div>
      <div className={styles.told} aria-hidden="true">
        {pointedAt === null ? '' : wordsOf(pointedAt, now)}
      </div>
    </div>
  );
}

const wordsOf = ({ number, finishedAt, created, updated, held, outcome }: FinishedRun, now: number): string =>
  `Run ${number}, ${momentInWords(finishedAt, now)}: ${words(created)} created, ${words(updated)} updated, ${words(held)} held. ${outcomeNames[outcome]}.`;

const words = (count: number): string => count.toLocaleString('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
