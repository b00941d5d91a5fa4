import { Button, makeStyles } from '@fluentui/react-components';
import type { PersonField, Side } from '../../../shared/people.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { serviceNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({ choices: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

interface ConflictChoiceProps {
  readonly subject: string;
  readonly field: PersonField;
  readonly onDecided: () => Promise<void>;
}

/** Both sides were changed: a person says which value is right. */
export function ConflictChoice({ subject, field, onDecided }: ConflictChoiceProps) {
  const styles = useStyles();
  const api = useApi();
  const action = useAction();
  const { key, activeCampaign, dynamics } = field;
  const decide = (winner: Side) =>
    void action
      .run(() => api.call.decideConflict({ subject, field: key, winner, between: { activeCampaign, dynamics } }))
      .then((decided) => {
        if (decided) void onDecided();
      });
  return (
    <Section
      title={`Which ${field.activeCampaignField} is right?`}
      lead="Both sides were changed. The next run follows your answer; where the other value is changed once more before that, you are asked again."
    >
      <div className={styles.choices}>
        {(['activeCampaign', 'dynamics'] as const).map((side) => (
          <Button key={side} disabled={action.state.kind === 'pending'} onClick={() => decide(side)}>
            {answerName(field, side)}
          </Button>
        ))}
      </div>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </Section>
  );
}

/** A field that may not flow this way is left as it is on both sides. */
function answerName(field: PersonField, side: Side): string {
  if (field.conflict?.[side] === false) return 'Leave both as they are';
  const value = field[side];
  return value === null ? `Leave it empty, as in ${serviceNames[side]}` : `“${value}”, as in ${serviceNames[side]}`;
}
