import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PersonView } from '../../../shared/people.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useNow } from '../../app/use-now.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', alignItems: 'center', gap: '8px' },
  action: { flexShrink: 0, whiteSpace: 'nowrap' },
  words: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
});

interface PersonProblemsProps {
  readonly person: PersonView;
  readonly onChanged: () => Promise<void>;
}

/** Why the person, or a field, is held; what to do about it; when it is tried again. */
export function PersonProblems({ person: { subject, problems, triedAtNextRun }, onChanged }: PersonProblemsProps) {
  const styles = useStyles();
  const api = useApi();
  const now = useNow(60_000);
  const action = useAction();
  const pending = action.state.kind === 'pending';
  const dismissed = problems.every((problem) => problem.dismissed);
  const act = (call: 'tryAgain' | 'dismiss') =>
    void action
      .run(() => api.call[call](subject))
      .then((done) => {
        if (done) void onChanged();
      });

  return (
    <Section title={problems.some(({ field }) => field === null) ? 'Why this person does not sync' : 'What does not sync'}>
      <ul className={styles.list}>
        {problems.map(({ field, message, advice, since }) => (
          <li key={field} className={styles.item}>
            <Text weight="semibold">{message}</Text>
            <Text>{advice}</Text>
            <Text size={200} className={styles.quiet}>
              First seen {momentInWords(since, now)}
            </Text>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Text className={styles.words} role="status">
          {triedAtNextRun
            ? 'It is tried again at the next run.'
            : dismissed
              ? 'Dismissed: it is not told and not tried any more until something changes.'
              : 'It is looked at again once somebody changes either side or the settings.'}
        </Text>
        {!triedAtNextRun && (
          <Button className={styles.action} disabled={pending} onClick={() => act('tryAgain')}>
            Try again at the next run
          </Button>
        )}
        {!dismissed && (
          <Button className={styles.action} disabled={pending} onClick={() => act('dismiss')}>
            Dismiss
          </Button>
        )}
      </div>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </Section>
  );
}
