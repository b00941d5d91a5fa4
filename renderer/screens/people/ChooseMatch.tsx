import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { MatchAnswer, MatchView } from '../../../shared/match.ts';
import type { ConflictWinner } from '../../../shared/settings.ts';
import { useApi, useAppState } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { entityNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';
import { MatchCandidate } from './MatchCandidate.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  end: { display: 'flex', alignItems: 'center', gap: '16px' },
  words: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  none: { flexShrink: 0, whiteSpace: 'nowrap' },
});

interface ChooseMatchProps {
  /** As the list names the person or the row. */
  readonly subject: string;
  /** Another value asks anew whether there is a question. */
  readonly version: string;
  readonly onChosen: () => Promise<void>;
}

/** Whom somebody is in Dynamics, where the program cannot tell: nothing is shown where it can. */
export function ChooseMatch({ subject, version, onChosen }: ChooseMatchProps) {
  const api = useApi();
  const ask = useCallback(() => api.call.getMatch(subject), [api, subject]);
  const { answer, reload } = useAnswer(ask, version);
  if (answer.kind === 'failed') return <ErrorMessage error={answer.error} />;
  if (answer.kind === 'loading' || answer.value === null) return null;
  return (
    <Candidates
      subject={subject}
      match={answer.value}
      onChosen={async () => {
        await Promise.all([reload(), onChosen()]);
      }}
    />
  );
}

function Candidates({ subject, match, onChosen }: { readonly match: MatchView } & Omit<ChooseMatchProps, 'version'>) {
  const styles = useStyles();
  const api = useApi();
  const { settings } = useAppState();
  const action = useAction();
  const ask = useCallback(() => api.call.getCandidateDetails(subject), [api, subject]);
  const details = useAnswer(ask, match.candidates.map(({ id }) => id).join());
  const { question, candidates, chosen, creates } = match;
  const winner = settings.dataConfiguration[candidates[0]?.entity ?? 'lead'].conflictWinner;
  const choose = (row: MatchAnswer['row']) =>
    void action
      .run(() => api.call.chooseMatch({ subject: match.subject, row, among: candidates.map(({ id }) => id) }))
      // Also after a refusal: what is shown is not what there is.
      .then(onChosen);

  return (
    <Section title={question === 'wrong-tags' ? 'The Lead tag is wrong' : 'Who is this in Dynamics?'} lead={leadOf(match)}>
      <ul className={styles.list} aria-label="Who it could be">
        {candidates.map((candidate) => (
          <MatchCandidate
            key={candidate.id}
            candidate={candidate}
            details={
              details.answer.kind === 'loaded'
                ? details.answer.value.find(({ id }) => id === candidate.id)
                : details.answer.kind === 'loading'
                  ? null
                  : undefined
            }
            answer={question === 'wrong-tags' ? 'Change the tag to Contact' : 'This is the same person'}
            chosen={chosen === candidate.id}
            disabled={action.state.kind === 'pending'}
            onChoose={() => choose({ entity: candidate.entity, id: candidate.id })}
          />
        ))}
      </ul>
      <div className={styles.end}>
        <Text className={styles.words} role="status">
          {chosen === null ? firstContact(winner) : answered(chosen, creates)}
        </Text>
        {creates !== null && chosen !== 'nobody' && (
          <Button className={styles.none} disabled={action.state.kind === 'pending'} onClick={() => choose(null)}>
            None of these: create a new {entityNames[creates].toLowerCase()}
          </Button>
        )}
      </div>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </Section>
  );
}

function leadOf({ question, person: { name, email, phone }, candidates }: MatchView): string {
  const who = [name, email, phone].filter((part) => part !== '').join(', ');
  return question === 'wrong-tags'
    ? `In ActiveCampaign this is ${who}, with the tags of a lead. Dynamics has no such lead, but this contact.`
    : candidates.length === 1
      ? `In ActiveCampaign this is ${who}. Of those whom Dynamics has under this e-mail address, one is left.`
      : `In ActiveCampaign this is ${who}. Dynamics has ${candidates.length} under this e-mail address, and only you can tell which is meant.`;
}

const whoWins: Readonly<Record<ConflictWinner, string>> = {
  dynamics: 'Dynamics wins',
  activeCampaign: 'ActiveCampaign wins',
  newest: 'the newer one wins',
  ask: 'you are asked',
};

const firstContact = (winner: ConflictWinner): string =>
  `Once you have chosen, the next run links them. Empty fields are filled from the other side; where both have a value, ${whoWins[winner]}, as the Data Configuration says.`;

const answered = (chosen: string, creates: Entity | null): string =>
  chosen === 'nobody' && creates !== null
    ? `The next run creates a new ${entityNames[creates].toLowerCase()}. Until then you can answer otherwise.`
    : 'The next run links them. Until then you can answer otherwise.';
