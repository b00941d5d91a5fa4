import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { momentInWords, nextRunSentence, progressSentence, runHeadline } from '../../../shared/status.ts';
import { useOpenScreen } from '../../app/context.ts';
import { useNow } from '../../app/use-now.ts';
import { ProgressOf } from '../../components/ProgressOf.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  words: { fontVariantNumeric: 'tabular-nums' },
  paused: { display: 'block' },
  quiet: { color: tokens.colorNeutralForeground2 },
  linked: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end' },
  count: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    minHeight: tokens.lineHeightHero700,
    fontVariantNumeric: 'tabular-nums',
  },
  // There without a run as well, so that nothing moves when one begins.
  bar: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start' },
  progress: { width: '100%', minHeight: '4px' },
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
  const open = useOpenScreen();
  const { run, lastRun, settings } = state;
  return (
    <Section
      title={run === null ? nextRunSentence(state, now) || 'No sync is scheduled' : runHeadline(run)}
      lead={
        <span className={styles.words}>
          {run !== null
            ? runWords(run)
            : lastRun === null
              ? 'Nothing has been synced yet.'
              : `Last sync ${momentInWords(lastRun.finishedAt, now)}: ${lastRun.summary}`}
          {/* The status card says it only where nothing needs a person. */}
          {run === null && !settings.syncSettings.globalSync && (
            <span className={styles.paused}>Global Sync is off: nothing goes to ActiveCampaign.</span>
          )}
        </span>
      }
      aside={
        <div className={styles.linked}>
          <span className={styles.count}>{linked?.toLocaleString('en')}</span>
          <Text className={styles.quiet}>{linked === 1 ? 'person' : 'people'} in sync</Text>
        </div>
      }
    >
      <div className={styles.bar}>
        <div className={styles.progress}>
          {run !== null && <ProgressOf label="Progress of the run" done={run.done} total={run.total} />}
        </div>
        <Button disabledFocusable={run !== null} onClick={() => open('preview')}>
          Preview the next run
        </Button>
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
