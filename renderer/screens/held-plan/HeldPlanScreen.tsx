import { Button, makeStyles, Spinner } from '@fluentui/react-components';
import { useApi, useAppState, useOpenScreen } from '../../app/context.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { PlanEffects } from '../../components/PlanEffects.tsx';
import { PlannedLines } from '../../components/PlannedLines.tsx';
import { Section } from '../../components/Section.tsx';
import { HeldPlanDecision } from './HeldPlanDecision.tsx';

const useStyles = makeStyles({ loading: { minHeight: '240px' } });

/** What a run that a guard holds would do, and the two answers to it. */
export function HeldPlanScreen() {
  const styles = useStyles();
  const api = useApi();
  const { attention, mode } = useAppState();
  const held = attention.find(({ about }) => about === 'heldPlan');
  const { answer, reload } = useAnswer(api.call.getHeldPlan, `${mode} ${held?.message} ${held?.advice}`);
  return (
    <Page title="Held run" lead="A safety limit held this run before anything was written. Look at what it would do, then decide.">
      {answer.kind === 'loading' && <Spinner className={styles.loading} label="Reading the plan" delay={300} />}
      {answer.kind === 'failed' && <ErrorMessage error={answer.error} action={<Button onClick={() => void reload()}>Try again</Button>} />}
      {answer.kind === 'loaded' && answer.value === null && <NothingHeld />}
      {answer.kind === 'loaded' && answer.value !== null && (
        <>
          <HeldPlanDecision plan={answer.value} />
          <PlanEffects effects={answer.value.effects} nothing="It would write nothing." />
          <PlannedLines
            label="What the held run would write"
            lead={answer.value.further === 0 ? 'Everything that it would write.' : 'What the limit is about comes first.'}
            lines={answer.value.lines}
            further={answer.value.further}
          />
        </>
      )}
    </Page>
  );
}

function NothingHeld() {
  const open = useOpenScreen();
  return (
    <Section
      title="No run is held"
      lead="Runs are held when they would change, empty or opt out more than the safety limits under Sync Settings allow."
      aside={<Button onClick={() => open('syncSettings')}>Go to Sync Settings</Button>}
    />
  );
}
