import { Caption1, Combobox, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import type { EnvironmentChoice } from '../../../shared/connection.ts';
import type { Action } from '../../app/use-action.ts';

const useStyles = makeStyles({
  box: { minWidth: 0 },
  input: { minWidth: 0, width: '100%' },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  address: { color: tokens.colorNeutralForeground3 },
});

interface EnvironmentFieldProps {
  readonly value: string;
  /** What was found for the account; not asked for yet where nobody is signed in. */
  readonly found: Action<EnvironmentChoice[]>['state'];
  readonly onOpen: () => void;
  readonly onChange: (environmentUrl: string) => void;
}

/** The environment: chosen from those of the account, or typed. */
export function EnvironmentField({ value, found, onOpen, onChange }: EnvironmentFieldProps) {
  const styles = useStyles();
  const environments = found.kind === 'done' ? found.value : [];
  return (
    <Field label="Environment" required {...messageOf(found, environments, value)}>
      <Combobox
        className={styles.box}
        input={{ className: styles.input }}
        freeform
        value={value}
        selectedOptions={[value]}
        placeholder="https://your-company.crm.dynamics.com"
        {...(found.kind === 'pending' && { expandIcon: <Spinner size="extra-tiny" aria-label="Looking for environments" /> })}
        onOpenChange={(_event, { open }) => {
          if (open) onOpen();
        }}
        onChange={(event) => onChange(event.target.value)}
        onOptionSelect={(_event, { optionValue }) => {
          if (optionValue !== undefined) onChange(optionValue);
        }}
      >
        {environments.map(({ name, url }) => (
          <Option key={url} value={url} text={url}>
            <span className={styles.option}>
              {name}
              <Caption1 className={styles.address}>{url}</Caption1>
            </span>
          </Option>
        ))}
        {environments.length === 0 && (
          <Option disabled text="">
            {found.kind === 'pending' ? 'Looking for your environments…' : 'No environment is listed. Type its address.'}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}

function messageOf(found: EnvironmentFieldProps['found'], environments: readonly EnvironmentChoice[], value: string) {
  const chosen = environments.find(({ url }) => url === value)?.name;
  switch (found.kind) {
    case 'ready':
      return { hint: 'Sign in to choose from your environments, or type the address that Dynamics 365 has in your browser.' };
    case 'pending':
      return { hint: 'Looking for your environments…' };
    case 'failed':
      return {
        validationState: 'warning' as const,
        validationMessage: `Your environments could not be listed: ${found.error.message} Type the address.`,
      };
    case 'done':
      if (chosen !== undefined) return { hint: chosen };
      return {
        hint:
          environments.length === 0
            ? 'This account has no environment that is listed: it may be disabled there, or kept out by a security group. Type the address, or use another account.'
            : `${environments.length === 1 ? 'One environment' : `${environments.length} environments`} found. Choose one, or type its address.`,
      };
  }
}
