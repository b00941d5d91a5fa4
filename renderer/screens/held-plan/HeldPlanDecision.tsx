import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { HeldPlanView } from '../../../shared/held-plan.ts';
import { momentInWords } from '../../../shared/status.ts';
import { useApi, useAppState } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useNow } from '../../app/use-now.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  choices: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '12px 20px', alignItems: 'center' },
  button: { minWidth: '120px' },
  meaning: { color: tokens.colorNeutralForeground2 },
});

/** Why the plan is held, and the two answers with what each of them means. */
export function HeldPlanDecision({ plan }: { readonly plan: HeldPlanView }) {
  const styles = useStyles();
  const api = useApi();
  const now = useNow(30_000);
  const [nextRun] = useAppState().schedule.nextRunsAt;
  const release = useAction();
  const drop = useAction();
  const pending = release.state.kind === 'pending' || drop.state.kind === 'pending';
  const next = nextRun === undefined ? 'The next run' : `The next run, ${momentInWords(nextRun, now)},`;

  return (
    <Section
      title={`Run ${plan.run} is held`}
      lead={`${plan.message}. Held ${momentInWords(plan.heldAt, now)}; nothing of it was written.`}
      aside={
        <Badge appearance="tint" size="large" color={plan.released ? 'success' : 'severe'}>
          {plan.released ? 'Let go' : 'Held'}
        </Badge>
      }
    >
      <div className={styles.choices}>
        <Button
          className={styles.button}
          appearance="primary"
          disabled={pending || plan.released}
          onClick={() => void release.run(() => api.call.releaseHeldPlan(plan.run))}
        >
          Let it go
        </Button>
        <Text className={styles.meaning}>
          {plan.released
            ? `${next} carries out exactly this plan, unless the settings are changed before.`
            : `All of it is as you want it: ${lowerFirst(next)} carries it out.`}
        </Text>
        <Button className={styles.button} disabled={pending} onClick={() => void drop.run(() => api.call.dropHeldPlan(plan.run))}>
          Drop it
        </Button>
        <Text className={styles.meaning}>
          Something went wrong on one side: nothing is written, and the next run compares both sides anew. What is still so by then is held
          again, so put it right first, or raise the limit under Sync Settings.
        </Text>
      </div>
      {release.state.kind === 'failed' && <ErrorMessage error={release.state.error} />}
      {drop.state.kind === 'failed' && <ErrorMessage error={drop.state.error} />}
    </Section>
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
