import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { momentInWords, progressSentence } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { ProgressOf } from '../../components/ProgressOf.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  progress: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: '34px', justifyContent: 'center' },
  words: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
});

interface View {
  readonly badge: 'Waiting' | 'Running' | 'Interrupted' | 'Finished';
  readonly colour: 'informative' | 'brand' | 'warning' | 'success';
  readonly words: string;
  /** Null where no bar is shown. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
}

export function InitialSyncState({ state }: { readonly state: AppState }) {
  const styles = useStyles();
  const now = useNow(30_000);
  const { badge, colour, words, progress } = viewOf(state, now);
  return (
    <Section
      title="Initial Sync"
      lead="Runs once: every lead and contact that meets your Data Configuration goes to ActiveCampaign."
      aside={
        <Badge appearance="tint" size="large" color={colour}>
          {badge}
        </Badge>
      }
    >
      <div className={styles.progress}>
        {progress !== null && <ProgressOf label="Initial Sync" done={progress.done} total={progress.total} />}
        <Text className={styles.words}>{words}</Text>
      </div>
    </Section>
  );
}

function viewOf({ initialSync, run, settings, connected }: AppState, now: number): View {
  if (initialSync.state === 'finished') {
    return { badge: 'Finished', colour: 'success', words: `Finished ${momentInWords(initialSync.finishedAt, now)}.`, progress: null };
  }
  if (run?.kind === 'initial') {
    const known = run.total !== null && run.total > 0;
    return {
      badge: 'Running',
      colour: 'brand',
      words: known ? `${progressSentence(run)} · ${run.activity}` : run.activity,
      progress: run,
    };
  }
  if (initialSync.state === 'begun') {
    return {
      badge: 'Interrupted',
      colour: 'warning',
      words: 'The next sync goes on where it stopped.',
      progress: initialSync.total === null ? null : initialSync,
    };
  }
  const words = !connected
    ? 'It starts once both accounts are connected.'
    : settings.syncSettings.globalSync
      ? 'It starts with the next sync.'
      : 'It starts once Global Sync is switched on.';
  return { badge: 'Waiting', colour: 'informative', words, progress: null };
}
