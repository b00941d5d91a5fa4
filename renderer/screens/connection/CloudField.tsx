import { Field } from '@fluentui/react-components';
import type { Cloud } from '../../../shared/cloud.ts';
import { Choice } from '../../components/Choice.tsx';

const names: readonly (readonly [Cloud, string])[] = [
  ['commercial', 'Commercial (most organisations)'],
  ['gcc', 'US Government (GCC)'],
  ['gccHigh', 'US Government (GCC High)'],
  ['dod', 'US Department of Defense'],
  ['china', 'China (21Vianet)'],
];

/** Which cloud of Microsoft the account is in; the address of an environment tells it once there is one. */
export function CloudField({ value, onChange }: { readonly value: Cloud; readonly onChange: (cloud: Cloud) => void }) {
  return (
    <Field label="Microsoft cloud">
      <Choice options={names} value={value} onChoose={onChange} />
    </Field>
  );
}
