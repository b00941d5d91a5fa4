import { Button, makeStyles, ProgressBar } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
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
      <ProgressBar
        thickness="large"
        aria-label="Progress of the preview"
        {...(progress === null || progress.total === null || progress.total === 0
          ? {}
          : { value: Math.min(1, progress.done / progress.total) })}
      />
    </Section>
  );
}

function wordsOf(progress: AppState['preview']): string {
  if (progress === null) return 'Connecting';
  const { activity, done, total } = progress;
  if (done === 0) return activity;
  return `${activity}: ${done.toLocaleString('en')}${total === null || total < done ? '' : ` of ${total.toLocaleString('en')}`}`;
}
