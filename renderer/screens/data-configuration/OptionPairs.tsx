import { Dialog, DialogTrigger, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { WarningFilled } from '@fluentui/react-icons';
import type { ColumnChoice, FieldChoice } from '../../../shared/field-choices.ts';
import { type OptionCorrection, pairOptions } from '../../../shared/option-pairs.ts';
import { OptionPairsDialog } from './OptionPairsDialog.tsx';

const useStyles = makeStyles({
  line: { gridColumn: '1 / -1', display: 'flex', alignItems: 'center', gap: '6px', paddingInline: '12px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  icon: { display: 'flex' },
});

interface OptionPairsProps {
  readonly column: ColumnChoice;
  readonly field: FieldChoice;
  readonly corrections: readonly OptionCorrection[];
  readonly onChange: (corrections: readonly OptionCorrection[]) => void;
}

/** How many options of a mapping have a counterpart, and the way to pair the others. Nothing for a mapping without options. */
export function OptionPairs(props: OptionPairsProps) {
  const styles = useStyles();
  const { column, field, corrections } = props;
  if (column.options.length === 0) return null;
  const pairs = pairOptions(column.options, offeredBy(column, field), corrections);
  const missing = pairs.filter(({ activeCampaign }) => activeCampaign === null).length;
  const way = missing === 0 ? 'Look' : 'Pair or create';
  return (
    <div className={mergeClasses(styles.line, missing > 0 ? styles.warning : styles.quiet)}>
      {missing > 0 && (
        <span className={styles.icon}>
          <WarningFilled aria-hidden="true" />
        </span>
      )}
      <Text size={200}>
        {missing === 0 ? `All ${pairs.length} options are paired.` : `${missing} of ${pairs.length} options have none in ActiveCampaign.`}
      </Text>
      <Dialog>
        <DialogTrigger disableButtonEnhancement>
          <Link as="button" aria-label={`${way}: options of ${column.label}`}>
            {way}
          </Link>
        </DialogTrigger>
        <OptionPairsDialog {...props} pairs={pairs} />
      </Dialog>
    </div>
  );
}

/** Text and hidden fields, to which two options are mapped, take any word. */
const offeredBy = ({ kind }: ColumnChoice, { options }: FieldChoice): readonly string[] | null => (kind === 'twoOptions' ? null : options);
