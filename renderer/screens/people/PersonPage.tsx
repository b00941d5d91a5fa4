import { Badge, Button, makeStyles, Spinner } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef } from 'react';
import type { PersonView } from '../../../shared/people.ts';
import { useApi, useAppState, useOpenScreen } from '../../app/context.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useEscape } from '../../app/use-escape.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { ChooseMatch } from './ChooseMatch.tsx';
import { PersonFields } from './PersonFields.tsx';
import { PersonHistory } from './PersonHistory.tsx';
import { PersonMembership } from './PersonMembership.tsx';
import { PersonNewcomer } from './PersonNewcomer.tsx';
import { PersonProblems } from './PersonProblems.tsx';
import { SameEmail } from './SameEmail.tsx';
import { WhyNotInSync } from './WhyNotInSync.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', marginBottom: '-8px', marginLeft: '-12px' },
  log: { marginLeft: 'auto' },
  loading: { minHeight: '240px' },
});

interface PersonPageProps {
  readonly subject: string;
  readonly onSelect: (subject: string) => void;
  readonly onBack: () => void;
}

/** All that is known of one person. */
export function PersonPage({ subject, onSelect, onBack }: PersonPageProps) {
  const styles = useStyles();
  const api = useApi();
  const { lastRun } = useAppState();
  const ask = useCallback(() => api.call.getPerson(subject), [api, subject]);
  const { answer, reload } = useAnswer(ask, `${lastRun?.number} ${lastRun?.finishedAt}`);
  const barRef = useRef<HTMLDivElement>(null);
  useEscape(onBack);
  // The row that was pressed is out of sight now: the keyboard goes on at the way back.
  useEffect(() => barRef.current?.querySelector('button')?.focus(), []);
  const person = answer.kind === 'loaded' ? answer.value : null;
  return (
    <Page
      title={person === null ? 'Person' : person.name || (person.email ?? 'Somebody without a name')}
      lead={person === null ? '' : (person.email ?? 'No e-mail address')}
      above={
        <div ref={barRef} className={styles.bar}>
          <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={onBack}>
            All people
          </Button>
          {person !== null && <StateBadge person={person} />}
          {person !== null && <LogButton person={person} />}
        </div>
      }
    >
      {answer.kind === 'loading' && <Spinner className={styles.loading} aria-label="Loading" delay={300} />}
      {answer.kind === 'failed' && <ErrorMessage error={answer.error} action={<Button onClick={() => void reload()}>Try again</Button>} />}
      {person !== null && (
        <>
          {person.problems.length > 0 && <PersonProblems person={person} onChanged={reload} />}
          {person.problems.length === 0 && <PersonNewcomer person={person} onChanged={reload} />}
          <ChooseMatch subject={subject} version={`${lastRun?.number} ${lastRun?.finishedAt}`} onChosen={reload} />
          {person.whyNot.length > 0 && <WhyNotInSync reasons={person.whyNot} />}
          <PersonFields person={person} onChanged={reload} />
          <PersonMembership person={person} />
          {person.sameEmail.length > 0 && <SameEmail person={person} onSelect={onSelect} />}
          <PersonHistory history={person.history} />
        </>
      )}
    </Page>
  );
}

function StateBadge({ person: { linked, problems } }: { readonly person: PersonView }) {
  const held = problems.some(({ dismissed }) => !dismissed);
  return (
    <Badge appearance="tint" size="large" color={held ? 'severe' : linked ? 'success' : 'informative'}>
      {linked ? (held ? 'In sync, with something held' : 'In sync') : held ? 'Held' : 'Not in sync'}
    </Badge>
  );
}

function LogButton({ person: { email, activeCampaign, dynamics } }: { readonly person: PersonView }) {
  const styles = useStyles();
  const open = useOpenScreen();
  const name = email ?? activeCampaign?.id ?? dynamics?.id;
  return name === undefined ? null : (
    <Button className={styles.log} onClick={() => open('liveLog', { person: name })}>
      Show in the Live Log
    </Button>
  );
}
