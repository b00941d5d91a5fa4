import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useApi, useAppState } from '../../app/context.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { PersonListRow, personRowHeight } from './PersonListRow.tsx';

const useStyles = makeStyles({
  found: { alignSelf: 'start', width: '100%', color: tokens.colorNeutralForeground1 },
  words: { padding: '16px 20px 8px', display: 'block', color: tokens.colorNeutralForeground2 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { height: `${personRowHeight}px` },
});

interface StrangersProps {
  /** A whole address. */
  readonly email: string;
  readonly onSelect: (subject: string) => void;
}

/** Who has an address that is in no list: known on one side or both, and outside of the sync. */
export function Strangers({ email, onSelect }: StrangersProps) {
  const styles = useStyles();
  const api = useApi();
  const { lastRun } = useAppState();
  const ask = useCallback(() => api.call.getStrangers(email), [api, email]);
  const { answer, reload } = useAnswer(ask, lastRun?.number);
  if (answer.kind === 'loading') return <Spinner aria-label="Loading" delay={300} />;
  if (answer.kind === 'failed')
    return <ErrorMessage error={answer.error} action={<Button onClick={() => void reload()}>Try again</Button>} />;
  if (answer.value.length === 0) return <Text>Neither side knew “{email}” when it was last read.</Text>;
  return (
    <div className={styles.found}>
      <Text className={styles.words}>“{email}” is neither in sync nor held. Open it to see why.</Text>
      <ul className={styles.list} aria-label="Not in sync">
        {answer.value.map((row) => (
          <li key={row.subject} className={styles.item}>
            <PersonListRow row={row} onSelect={() => onSelect(row.subject)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
