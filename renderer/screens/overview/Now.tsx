import { makeStyles, ProgressBar, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { momentInWords, nextRunSentence, progressSentence, runHeadline } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  // As high with a run as without, so that nothing moves when one begins.
  now: { display: 'flex', flexDirection: 'column', gap: '6px', minHeight: '84px' },
  headline: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  linked: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end' },
  count: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontVariantNumeric: 'tabular-nums' },
  bar: { marginBlock: '6px' },
});

interface NowProps {
  readonly state: AppState;
  /** Null until it was asked for. */
  readonly linked: number | null;
}

/** The run that is under way, with rate and time left; else the next one. */
export function Now({ state, linked }: NowProps) {
  const styles = useStyles();
  const now = useNow(15_000);
  const { run, lastRun } = state;
  return (
    <Section
      title={run === null ? 'Next sync' : 'Now'}
      aside={
        linked !== null && (
          <div className={styles.linked}>
            <span className={styles.count}>{linked.toLocaleString('en')}</span>
            <Text className={styles.quiet}>people in sync</Text>
          </div>
        )
      }
    >
      <div className={styles.now}>
        <Subtitle1 as="h3" className={styles.headline}>
          {run === null ? nextRunSentence(state, now) || 'No sync is scheduled.' : runHeadline(run)}
        </Subtitle1>
        {run !== null && (
          <>
            <ProgressBar
              className={styles.bar}
              thickness="large"
              aria-label="Progress of the run"
              {...(run.total === null || run.total === 0 ? {} : { value: run.done / run.total })}
            />
            <Text className={styles.quiet}>{runWords(run)}</Text>
          </>
        )}
        {run === null && lastRun !== null && (
          <Text className={styles.quiet}>
            Last sync {momentInWords(lastRun.finishedAt, now)}: {lastRun.summary}
          </Text>
        )}
      </div>
    </Section>
  );
}

/** "1,204 of 3,500 people, about 2 minutes left · 42 a second · Writing" */
function runWords(run: NonNullable<AppState['run']>): string {
  const known = run.total !== null && run.total > 0;
  return [
    progressSentence(run),
    ...(run.perSecond === null ? [] : [`${rounded(run.perSecond)} a second`]),
    ...(known ? [run.activity] : []),
  ].join(' · ');
}

const rounded = (rate: number): string => (rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en'));
