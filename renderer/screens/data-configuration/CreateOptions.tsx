import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { use, useState } from 'react';
import type { FieldChoice } from '../../../shared/field-choices.ts';
import type { PairedOption } from '../../../shared/option-pairs.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { CreatedOptionsContext } from './created-options.ts';

interface CreateOptionsProps {
  readonly field: FieldChoice;
  /** Options of Dynamics without one in ActiveCampaign. */
  readonly missing: readonly PairedOption[];
}

/** Creates in ActiveCampaign what is missing there, after asking: it is the only change that this screen makes to an account. */
export function CreateOptions({ field, missing }: CreateOptionsProps) {
  const api = useApi();
  const replaceOptions = use(CreatedOptionsContext);
  const action = useAction<string[]>();
  const [asked, setAsked] = useState(false);
  const values = missing
    .filter(({ label, corrected }) => !corrected && label.trim() !== '' && !label.includes('||'))
    .map(({ label }) => label.trim());
  const create = async (): Promise<void> => {
    await action.run(async () => {
      const result = await api.call.createFieldOptions({ field: field.name, values });
      if (result.ok) replaceOptions(field.name, result.value);
      return result;
    });
    setAsked(false);
  };
  const pending = action.state.kind === 'pending';
  return (
    <>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
      {values.length > 0 && !asked && (
        <div>
          <Button onClick={() => setAsked(true)}>
            {values.length === 1 ? 'Create it' : `Create the ${values.length}`} in ActiveCampaign
          </Button>
        </div>
      )}
      {values.length > 0 && asked && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>This changes your ActiveCampaign account.</MessageBarTitle> The field “{field.label}” gets{' '}
            {values.length === 1 ? 'one more option' : `${values.length} more options`}: {values.join(', ')}.
          </MessageBarBody>
          <MessageBarActions>
            <Button appearance="primary" disabledFocusable={pending} onClick={() => void create()}>
              Create
            </Button>
            {/* Gets the keyboard, and comes into sight with it; whoever presses Enter twice has changed nothing. */}
            <Button ref={focusWhenShown} disabledFocusable={pending} onClick={() => setAsked(false)}>
              Not now
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {action.state.kind === 'done' && values.length === 0 && (
        <MessageBar ref={focusWhenShown} tabIndex={-1} intent="success">
          <MessageBarBody>Created in ActiveCampaign. Whoever was held for it is looked at again by the next run.</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

const focusWhenShown = (button: HTMLElement | null): void => button?.focus();
