import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, QuestionCircleRegular, SubtractCircleRegular, WarningFilled } from '@fluentui/react-icons';
import type { KeyboardEvent } from 'react';
import type { PersonRow } from '../../../shared/people.ts';
import { entityNames } from '../../components/names.ts';

/** In pixels. */
export const personRowHeight = 54;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 5fr) 64px minmax(0, 4fr)',
    columnGap: '12px',
    alignItems: 'center',
    width: '100%',
    height: '100%',
    paddingInline: '20px',
    border: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  who: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  icon: { display: 'flex', fontSize: '18px' },
  fine: { color: tokens.colorPaletteGreenForeground1 },
  held: { color: tokens.colorPaletteDarkOrangeForeground1 },
  dismissed: { color: tokens.colorNeutralForeground3 },
  outside: { color: tokens.colorNeutralForeground3 },
  waiting: { color: tokens.colorBrandForeground1 },
  leftOut: { color: tokens.colorNeutralForeground3 },
});

const states = {
  fine: { icon: CheckmarkCircleFilled, word: 'In sync' },
  held: { icon: WarningFilled, word: 'Held' },
  dismissed: { icon: SubtractCircleRegular, word: 'Dismissed' },
  outside: { icon: CircleRegular, word: 'Not in sync' },
  waiting: { icon: QuestionCircleRegular, word: 'Waits for your answer' },
  leftOut: { icon: SubtractCircleRegular, word: 'Left out' },
} as const;

function stateOf({ problem, newcomer, linked }: PersonRow): keyof typeof states {
  if (problem !== null) return problem.dismissed ? 'dismissed' : 'held';
  return newcomer ?? (linked ? 'fine' : 'outside');
}

export function PersonListRow({ row, onSelect }: { readonly row: PersonRow; readonly onSelect: () => void }) {
  const styles = useStyles();
  const state = stateOf(row);
  const { icon: Icon, word } = states[state];
  return (
    <button type="button" className={styles.row} onClick={onSelect} onKeyDown={moveFocus}>
      <span className={mergeClasses(styles.icon, styles[state])} role="img" aria-label={word}>
        <Icon />
      </span>
      <span className={styles.who}>
        <span className={styles.line}>{row.name || (row.email ?? 'No name')}</span>
        <span className={mergeClasses(styles.line, styles.quiet)}>{row.email ?? 'No e-mail'}</span>
      </span>
      <span className={styles.quiet}>{row.entity === null ? '' : entityNames[row.entity]}</span>
      <span className={mergeClasses(styles.line, styles.quiet)}>{row.problem?.message ?? word}</span>
    </button>
  );
}

/** The arrow keys go from one person of the list to the next. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])].sort((a, b) => topOf(a) - topOf(b));
  const target = rows[rows.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}

const topOf = (element: Element): number => element.getBoundingClientRect().top;
