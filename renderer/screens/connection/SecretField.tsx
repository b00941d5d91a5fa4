import { Field, Input } from '@fluentui/react-components';
import type { SecretState } from '../../../shared/app-state.ts';

interface SecretFieldProps {
  readonly label: string;
  readonly state: SecretState;
  readonly readOnly: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A secret goes in here and never comes out: what is stored is only said to be there. */
export function SecretField({ label, state, readOnly, value, onChange }: SecretFieldProps) {
  const unreadable = state === 'unreadable' && value === '';
  return (
    <Field
      label={label}
      required
      {...(unreadable && {
        validationState: 'warning' as const,
        validationMessage: 'Your system’s keychain cannot be read: it is locked or not running.',
      })}
    >
      <Input
        type="password"
        autoComplete="off"
        value={value}
        readOnly={readOnly}
        placeholder={readOnly ? 'Part of the sample data' : state === 'stored' ? 'Stored in the keychain' : ''}
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}
