import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useApi, useAppState } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';

/** People with the tags of a lead who are contacts in Dynamics, and the way to put them all right. */
export function RepairTags({ onRepaired }: { readonly onRepaired: () => void }) {
  const api = useApi();
  const { lastRun, attention } = useAppState();
  const told = attention.find(({ about }) => about === 'wrongTags')?.message;
  const { answer, reload } = useAnswer(api.call.getWrongTags, `${lastRun?.number} ${lastRun?.finishedAt} ${told}`);
  const action = useAction<number>();
  if (answer.kind !== 'loaded') return null;
  const { waiting, repaired } = answer.value;
  const repair = () => void action.run(api.call.repairTags).then(reload).then(onRepaired);
  return (
    <>
      {waiting > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{told ?? 'People carry the Lead tag, and are contacts in Dynamics.'}</MessageBarTitle>
            The help article of ActiveCampaign’s own integration names that tag by mistake. Repaired, they carry the Contact tag and are
            linked with their contact by the next run; until then they do not sync.
          </MessageBarBody>
          <MessageBarActions>
            <Button appearance="primary" disabled={action.state.kind === 'pending'} onClick={repair}>
              {waiting === 1 ? 'Repair' : `Repair all ${waiting.toLocaleString('en')}`}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {waiting === 0 && repaired > 0 && (
        <MessageBar intent="info">
          <MessageBarBody>
            {repaired === 1 ? 'The tag of one person is' : `The tags of ${repaired.toLocaleString('en')} people are`} changed by the next
            run.
          </MessageBarBody>
        </MessageBar>
      )}
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </>
  );
}
