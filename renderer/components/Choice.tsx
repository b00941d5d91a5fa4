import { Dropdown, makeStyles, mergeClasses, Option } from '@fluentui/react-components';

const useStyles = makeStyles({ choice: { minWidth: 0 } });

interface ChoiceProps<Value extends string> {
  /** For screen readers; not needed within a Field. */
  readonly label?: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly className?: string | undefined;
  readonly onChoose: (value: Value) => void;
}

/** One of a few. */
export function Choice<Value extends string>({ label, options, value, className, onChoose, ...field }: ChoiceProps<Value>) {
  const styles = useStyles();
  return (
    <Dropdown
      // A Field hands its label and message to its child as further props.
      {...field}
      {...(label !== undefined && { 'aria-label': label })}
      className={mergeClasses(styles.choice, className)}
      value={options.find(([name]) => name === value)?.[1] ?? value}
      selectedOptions={[value]}
      onOptionSelect={(_event, { optionValue }) => {
        const chosen = options.find(([name]) => name === optionValue);
        if (chosen !== undefined) onChoose(chosen[0]);
      }}
    >
      {options.map(([name, words]) => (
        <Option key={name} value={name}>
          {words}
        </Option>
      ))}
    </Dropdown>
  );
}
