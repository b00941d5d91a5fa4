import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PersonView } from '../../../shared/people.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useNow } from '../../app/use-now.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', alignItems: 'center', gap: '8px' },
  words: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  action: { flexShrink: 0, whiteSpace: 'nowrap' },
});

interface PersonNewcomerProps {
  readonly person: PersonView;
  readonly onChanged: () => Promise<void>;
}

/** Somebody whom a change of the settings lets in, who waits for an answer or was left out; and the way to bring this one in. */
export function PersonNewcomer({ person: { subject, newcomer }, onChanged }: PersonNewcomerProps) {
  const styles = useStyles();
  const api = useApi();
  const now = useNow(60_000);
  const action = useAction();
  if (newcomer === null) return null;
  const bringIn = () =>
    void action
      .run(() => api.call.tryAgain(subject))
      .then((done) => {
        if (done) void onChanged();
      });
  return (
    <Section title="Why this person does not sync">
      <Text weight="semibold">
        {newcomer.state === 'waiting'
          ? `Meets who is to be synced only since a change of the settings, noticed ${momentInWords(newcomer.since, now)}, and waits for your answer on Overview.`
          : `Left out ${momentInWords(newcomer.since, now)}, with all who met the criteria then.`}
      </Text>
      <div className={styles.actions}>
        <Text className={styles.words}>
          Comes in with the two tags in ActiveCampaign, after a time without meeting the criteria, or when you say so.
        </Text>
        <Button className={styles.action} disabled={action.state.kind === 'pending'} onClick={bringIn}>
          Bring in at the next run
        </Button>
      </div>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </Section>
  );
}
