import { Button, makeStyles, mergeClasses, Skeleton, SkeletonItem, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import type { CriteriaPreview as Preview } from '../../../shared/criteria-preview.ts';
import type { SettledAnswer } from '../../app/use-settled-answer.ts';
import { ServiceWords } from '../../components/ServiceWords.tsx';

const rowHeight = 24;
const rowsShown = 5;

const placeholders = Array.from({ length: rowsShown }, (_, row) => row);

const useStyles = makeStyles({
  box: {
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    // Room for five people, so that nothing moves while others are asked for.
    minHeight: `${24 + 32 + 8 + rowsShown * rowHeight}px`,
  },
  head: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px' },
  count: { flexGrow: 1, fontVariantNumeric: 'tabular-nums' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  person: { display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)', gap: '12px', lineHeight: `${rowHeight}px` },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  faint: { color: tokens.colorNeutralForeground3 },
  earlier: { opacity: 0.5 },
  placeholder: { display: 'flex', flexDirection: 'column', gap: '12px', paddingTop: '6px' },
});

interface CriteriaPreviewProps {
  readonly people: 'leads' | 'contacts';
  /** False while the criteria are unfinished. */
  readonly asked: boolean;
  readonly preview: SettledAnswer<Preview>;
}

/** How many meet the criteria now, and five of them. */
export function CriteriaPreview({ people, asked, preview }: CriteriaPreviewProps) {
  const styles = useStyles();
  const { value, current, error, askAgain } = preview;
  if (!asked) {
    return (
      <div className={styles.box}>
        <div className={styles.head}>
          <Text role="status" className={styles.faint}>
            Finish the choice above to see who meets it.
          </Text>
        </div>
      </div>
    );
  }
  if (error !== null) {
    return (
      <div className={styles.box}>
        <div className={styles.head}>
          <Text role="status" className={styles.count}>
            Who meets it cannot be told now.
          </Text>
          <Button size="small" onClick={askAgain}>
            Try again
          </Button>
        </div>
        <Text>
          {error.message} {error.advice}
        </Text>
        {error.serviceMessage !== undefined && <ServiceWords words={error.serviceMessage} />}
      </div>
    );
  }
  if (value === null || value.kind === 'refused') {
    return (
      <div className={styles.box}>
        <div className={styles.head}>
          <Text role="status" className={styles.faint}>
            {value === null || !current ? 'Asking Dynamics who meets it' : 'A sync could not judge this. Correct what is named above.'}
          </Text>
        </div>
        {!current && <Placeholder />}
      </div>
    );
  }
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <Text role="status" weight="semibold" className={styles.count}>
          {current ? countSentence(value, people) : 'Asking Dynamics who meets it'}
        </Text>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwiseRegular />}
          aria-label="Count again"
          disabledFocusable={!current}
          onClick={askAgain}
        />
      </div>
      <ul className={mergeClasses(styles.list, !current && styles.earlier)} aria-label="Some of them" aria-busy={!current}>
        {value.people.map(({ id, name, email }) => (
          <li key={id} className={styles.person}>
            <span className={mergeClasses(styles.name, name === '' && styles.faint)}>{name === '' ? 'No name' : name}</span>
            <span className={mergeClasses(styles.name, styles.faint)}>{email ?? 'No e-mail address: is held until there is one'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Placeholder() {
  const styles = useStyles();
  return (
    <Skeleton className={styles.placeholder} aria-hidden="true">
      {placeholders.map((row) => (
        <SkeletonItem key={row} size={12} />
      ))}
    </Skeleton>
  );
}

function countSentence({ count, exact }: Extract<Preview, { kind: 'counted' }>, people: 'leads' | 'contacts'): string {
  const number = count.toLocaleString('en');
  if (!exact) return `More than ${number} ${people} meet it now`;
  if (count === 0) return `None of the ${people} meets it now`;
  return count === 1 ? `One of the ${people} meets it now` : `${number} ${people} meet it now`;
}
