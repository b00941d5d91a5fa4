import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';

const useStyles = makeStyles({ input: { minWidth: 0, width: '100%' } });

interface NumberSettingProps {
  readonly label: string;
  readonly hint: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number that is saved when the field is left, or by Enter. Give the value as the key too, so that a change from elsewhere is shown. */
export function NumberSetting({ label, hint, unit, value, min, max, whole = false, onChange }: NumberSettingProps) {
  const styles = useStyles();
  const [text, setText] = useState(String(value));
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const usable = number >= min && number <= max && (!whole || Number.isInteger(number));
  const save = () => {
    if (usable && number !== value) onChange(number);
  };
  return (
    <Field
      label={label}
      hint={hint}
      {...(!usable && {
        validationState: 'error' as const,
        validationMessage: `Enter a ${whole ? 'whole ' : ''}number from ${min} ${max === Number.MAX_SAFE_INTEGER ? 'on' : `to ${max.toLocaleString('en')}`}.`,
      })}
    >
      <Input
        input={{ className: styles.input }}
        inputMode="decimal"
        value={text}
        contentAfter={unit}
        onChange={(_event, data) => setText(data.value)}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save();
        }}
      />
    </Field>
  );
}
