import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CircleSmallRegular, DismissCircleFilled, InfoRegular, WarningFilled } from '@fluentui/react-icons';
import type { LogLevel, LogLine } from '../../../shared/log-line.ts';
import { clockTime } from './clock-time.ts';

/** In pixels. */
export const rowHeight = 30;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '20px max-content minmax(0, 1fr) minmax(0, max-content)',
    columnGap: '10px',
    alignItems: 'center',
    height: '100%',
    paddingInline: '16px',
    cursor: 'default',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  selected: { backgroundColor: tokens.colorNeutralBackground1Selected },
  icon: { display: 'flex', fontSize: '16px' },
  time: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums', fontSize: tokens.fontSizeBase200 },
  message: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  person: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  debug: { color: tokens.colorNeutralForeground4 },
  info: { color: tokens.colorBrandForeground1 },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
  error: { color: tokens.colorPaletteRedForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const levels = {
  debug: { icon: CircleSmallRegular, word: 'Detail' },
  info: { icon: InfoRegular, word: 'Information' },
  warn: { icon: WarningFilled, word: 'Warning' },
  error: { icon: DismissCircleFilled, word: 'Error' },
} as const satisfies Record<LogLevel, unknown>;

interface LogRowProps {
  readonly line: LogLine;
  readonly selected: boolean;
  readonly position: number;
  readonly count: number;
  readonly onSelect: () => void;
}

export function LogRow({ line, selected, position, count, onSelect }: LogRowProps) {
  const styles = useStyles();
  const { icon: Icon, word } = levels[line.level];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and moves the selection by the arrow keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same; the list names the selected line by aria-activedescendant
    <div
      id={`line-${line.id}`}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={count}
      className={mergeClasses(styles.row, selected && styles.selected)}
      onClick={onSelect}
    >
      <span className={mergeClasses(styles.icon, styles[line.level])} role="img" aria-label={word}>
        <Icon />
      </span>
      <span className={styles.time}>{clockTime(line.time)}</span>
      <span className={mergeClasses(styles.message, line.level === 'debug' && styles.quiet)}>{line.message}</span>
      <span className={styles.person}>{line.person?.email}</span>
    </div>
  );
}
