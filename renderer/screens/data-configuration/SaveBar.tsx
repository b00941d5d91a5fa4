import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';

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
});

interface SaveBarProps {
  readonly changed: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly problemCount: number;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Always there, so that nothing moves when the first change is made. */
export function SaveBar({ changed, saving, saved, problemCount, onSave, onDiscard }: SaveBarProps) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <Text role="status" className={styles.words}>
        {wordsOf(changed, saved, problemCount)}
      </Text>
      <Button disabled={!changed || saving} onClick={onDiscard}>
        Discard
      </Button>
      <Button appearance="primary" disabled={!changed || saving} onClick={onSave}>
        Save
      </Button>
    </div>
  );
}

function wordsOf(changed: boolean, saved: boolean, problemCount: number): string {
  if (problemCount > 0) return problemCount === 1 ? 'One thing needs fixing first.' : `${problemCount} things need fixing first.`;
  if (changed) return 'Not saved yet. What you save counts from the next sync on.';
  return saved ? 'Saved. It counts from the next sync on.' : 'No changes.';
}
