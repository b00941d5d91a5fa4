import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    bottom: '16px',
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '12px 16px 12px 24px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
    zIndex: 1,
  },
  words: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  action: { flexShrink: 0 },
});

/** What stands in the way of saving. */
export type Obstacle = { readonly kind: 'file' } | { readonly kind: 'problems'; readonly count: number };

interface SaveBarProps {
  readonly changed: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly obstacle: Obstacle | null;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Goes to the first thing that is to be fixed. */
  readonly onShowProblem: () => void;
  /** Goes to what the changes mean. */
  readonly onShowMeaning: () => void;
}

/** Always there, so that nothing moves when the first change is made. */
export function SaveBar({ changed, saving, saved, obstacle, onSave, onDiscard, onShowProblem, onShowMeaning }: SaveBarProps) {
  const styles = useStyles();
  const wordsId = useId();
  const blocked = !changed || saving || obstacle !== null;
  return (
    <section className={styles.bar} aria-label="Save">
      <Text id={wordsId} role="status" className={styles.words}>
        {wordsOf(changed, saved, obstacle)}
      </Text>
      {obstacle?.kind === 'problems' ? (
        <Button className={styles.action} appearance="subtle" onClick={onShowProblem}>
          Show
        </Button>
      ) : (
        <Button className={styles.action} appearance="subtle" disabledFocusable={!changed} onClick={onShowMeaning}>
          What it means
        </Button>
      )}
      <Button className={styles.action} disabled={!changed || saving} onClick={onDiscard}>
        Discard
      </Button>
      <Button className={styles.action} appearance="primary" disabledFocusable={blocked} aria-describedby={wordsId} onClick={onSave}>
        Save
      </Button>
    </section>
  );
}

function wordsOf(changed: boolean, saved: boolean, obstacle: Obstacle | null): string {
  if (changed && obstacle?.kind === 'file') return 'Cannot be saved until config.json is corrected.';
  if (obstacle?.kind === 'problems') {
    return obstacle.count === 1 ? 'One thing needs fixing first.' : `${obstacle.count} things need fixing first.`;
  }
  if (changed) return 'Not saved yet. What you save counts from the next sync on.';
  return saved ? 'Saved. It counts from the next sync on.' : 'No changes.';
}
