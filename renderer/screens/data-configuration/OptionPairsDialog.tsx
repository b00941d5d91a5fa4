import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Input,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ColumnChoice, FieldChoice } from '../../../shared/field-choices.ts';
import { type OptionCorrection, type OptionValue, optionKey, type PairedOption } from '../../../shared/option-pairs.ts';
import { Choice } from '../../components/Choice.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { CreateOptions } from './CreateOptions.tsx';

const useStyles = makeStyles({
  // It scrolls as a whole: nothing in it gives way to what comes after it.
  content: { display: 'flex', flexDirection: 'column', gap: '16px', maxHeight: '60vh', '> *': { flexShrink: 0 } },
  option: { lineHeight: '32px' },
  words: { color: tokens.colorNeutralForeground2 },
  control: { width: '100%' },
});

interface OptionPairsDialogProps {
  readonly column: ColumnChoice;
  readonly field: FieldChoice;
  readonly pairs: readonly PairedOption[];
  readonly corrections: readonly OptionCorrection[];
  readonly onChange: (corrections: readonly OptionCorrection[]) => void;
}

/** Each option of Dynamics, and the one of ActiveCampaign that it is paired with: by its label, or as somebody says here. */
export function OptionPairsDialog({ column, field, pairs, corrections, onChange }: OptionPairsDialogProps) {
  const styles = useStyles();
  const isText = column.kind === 'twoOptions';
  const pair = (value: OptionValue, text: string) =>
    onChange([
      ...corrections.filter(({ dynamics }) => dynamics !== value),
      ...(text.trim() === '' ? [] : [{ dynamics: value, activeCampaign: text }]),
    ]);
  const paired = new Set(pairs.map(({ activeCampaign }) => optionKey(activeCampaign ?? '')));
  const left = isText ? [] : field.options.filter((option) => !paired.has(optionKey(option)));

  return (
    <DialogSurface>
      <DialogBody>
        <DialogTitle>Options of {column.label}</DialogTitle>
        <DialogContent className={styles.content}>
          <Text className={styles.words}>
            {isText
              ? `Which word stands for each in “${field.label}” of ActiveCampaign. Without another one it is the label in Dynamics; “Yes” and “No” are always understood.`
              : `Options are paired by their label, whatever its case. A person with an option that has no counterpart is held for this field alone.`}
          </Text>
          <DataTable
            label={`Options of ${column.label}`}
            rows={pairs}
            rowKey={({ value }) => String(value)}
            columns={[
              {
                title: 'Dynamics',
                width: '42%',
                cell: ({ label, value }) => <span className={styles.option}>{label || `Option ${String(value)}`}</span>,
              },
              {
                title: `ActiveCampaign, ${field.label}`,
                cell: (option) =>
                  isText ? (
                    <Input
                      className={styles.control}
                      aria-label={`Word for ${option.label}`}
                      placeholder={option.label}
                      value={correctionOf(corrections, option)}
                      onChange={(_event, { value: text }) => pair(option.value, text)}
                    />
                  ) : (
                    <Choice
                      className={styles.control}
                      label={`Option for ${option.label}`}
                      options={[
                        [byLabel, byLabelWords(option, field)],
                        ...[...new Set([...field.options, correctionOf(corrections, option)])]
                          .filter((text) => text !== '')
                          .map((text) => [text, field.options.includes(text) ? text : `${text} (not there any more)`] as const),
                      ]}
                      value={correctionOf(corrections, option) || byLabel}
                      onChoose={(text) => pair(option.value, text === byLabel ? '' : text)}
                    />
                  ),
              },
            ]}
          />
          {left.length > 0 && <Text className={styles.words}>Only in ActiveCampaign: {left.join(', ')}.</Text>}
          {!isText && <CreateOptions field={field} missing={pairs.filter(({ activeCampaign }) => activeCampaign === null)} />}
        </DialogContent>
        <DialogActions>
          <DialogTrigger disableButtonEnhancement>
            <Button appearance="primary">Done</Button>
          </DialogTrigger>
        </DialogActions>
      </DialogBody>
    </DialogSurface>
  );
}

/** Not a text that an option could have. */
const byLabel = '||';

const correctionOf = (corrections: readonly OptionCorrection[], { value }: PairedOption): string =>
  corrections.find(({ dynamics }) => dynamics === value)?.activeCampaign ?? '';

function byLabelWords({ label }: PairedOption, { options }: FieldChoice): string {
  const found = options.find((option) => optionKey(option) === optionKey(label));
  return found === undefined ? 'None with this label' : `${found}, by its label`;
}
