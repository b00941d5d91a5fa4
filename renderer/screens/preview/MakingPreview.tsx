import { Button, makeStyles } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { ProgressOf } from '../../components/ProgressOf.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({ words: { fontVariantNumeric: 'tabular-nums' } });

/** How far the preview is, and the way to end it. */
export function MakingPreview({ progress, onEnd }: { readonly progress: AppState['preview']; readonly onEnd: () => void }) {
  const styles = useStyles();
  return (
    <Section
      title="Reading both sides"
      lead={
        <span className={styles.words} role="status">
          {wordsOf(progress)}
        </span>
      }
      aside={<Button onClick={onEnd}>Cancel</Button>}
    >
      <ProgressOf label="Progress of the preview" done={progress?.done ?? 0} total={progress?.total ?? null} />
    </Section>
  );
}

function wordsOf(progress: AppState['preview']): string {
  if (progress === null) return 'Connecting';
  const { activity, done, total } = progress;
  if (done === 0) return activity;
  return `${activity}: ${done.toLocaleString('en')}${total === null || total < done ? '' : ` of ${total.toLocaleString('en')}`}`;
}
