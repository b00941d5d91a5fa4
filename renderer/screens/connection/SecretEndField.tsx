import { Field, Input } from '@fluentui/react-components';
import { secretEnd } from '../../../shared/client-secret-end.ts';
import { connectionLabels } from '../../../shared/connection-labels.ts';
import { useNow } from '../../app/use-now.ts';

const minuteMs = 60_000;

/** The day on which the client secret ends, for a warning in time. */
export function SecretEndField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const now = useNow(minuteMs);
  const end = value === '' ? null : secretEnd(value, now);
  return (
    <Field
      label={connectionLabels['dynamics.clientSecretEndsOn']}
      {...(end === null || end.state === 'fine'
        ? { hint: end?.message ?? 'Microsoft Entra shows the day beside the secret. Leadferry warns you 30 and 7 days before.' }
        : { validationState: 'warning' as const, validationMessage: end.message })}
    >
      <Input type="date" value={value} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  );
}
